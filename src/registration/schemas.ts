import { type Static, Type } from '@sinclair/typebox'
import { Body, ConfirmPassword, Email, NewPassword, Proof, person, provenBy, Secret } from '../schemas.ts'

export const RegisterRequest = Body(
  'RegisterRequest',
  {
    ...person,
    password: NewPassword,
    confirmPassword: ConfirmPassword,
    acceptTerms: Type.Literal(true, { examples: [true] })
  },
  { 'x-password-policy': true }
)
export type RegisterRequest = Static<typeof RegisterRequest>

export const VerifyEmailRequest = Body('VerifyEmailRequest', Proof, {
  'x-token-or-code': true,
  'x-examples': provenBy()
})
export const ResendVerificationRequest = Body('ResendVerificationRequest', { email: Email })
export const UndoEmailChangeRequest = Body('UndoEmailChangeRequest', { token: Secret })
