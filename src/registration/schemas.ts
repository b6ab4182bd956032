import { type Static, Type } from '@sinclair/typebox'
import { Body, ConfirmPassword, Email, FreeText, NewPassword, Proof, Secret } from '../schemas.ts'

export const RegisterRequest = Body(
  'RegisterRequest',
  {
    title: FreeText,
    firstName: FreeText,
    lastName: FreeText,
    email: Email,
    password: NewPassword,
    confirmPassword: ConfirmPassword,
    acceptTerms: Type.Literal(true)
  },
  {
    'x-password-policy': true,
    examples: [
      {
        title: 'Ms',
        firstName: 'Ada',
        lastName: 'Lovelace',
        email: 'ada@example.com',
        password: 'correct horse battery',
        confirmPassword: 'correct horse battery',
        acceptTerms: true
      }
    ]
  }
)
export type RegisterRequest = Static<typeof RegisterRequest>

export const VerifyEmailRequest = Body('VerifyEmailRequest', Proof, { 'x-token-or-code': true })
export const ResendVerificationRequest = Body('ResendVerificationRequest', { email: Email })
export const UndoEmailChangeRequest = Body('UndoEmailChangeRequest', { token: Secret })
