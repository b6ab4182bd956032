import { type Static, Type } from '@sinclair/typebox'
import { Body, ConfirmPassword, Email, FreeText, NewPassword, Secret } from '../schemas.ts'

export const Register = Body(
  'Register',
  {
    title: FreeText,
    firstName: FreeText,
    lastName: FreeText,
    email: Email,
    password: NewPassword,
    confirmPassword: ConfirmPassword,
    acceptTerms: Type.Literal(true)
  },
  { 'x-password-policy': true }
)
export type Register = Static<typeof Register>

export const VerifyEmail = Body('VerifyEmail', { token: Secret })
