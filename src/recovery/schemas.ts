import { Body, ConfirmPassword, Email, NewPassword, Proof } from '../schemas.ts'

export const ForgotPasswordRequest = Body('ForgotPasswordRequest', { email: Email })
export const ValidateResetTokenRequest = Body('ValidateResetTokenRequest', Proof, { 'x-token-or-code': true })
export const ResetPasswordRequest = Body(
  'ResetPasswordRequest',
  { ...Proof, password: NewPassword, confirmPassword: ConfirmPassword },
  { 'x-token-or-code': true, 'x-password-policy': true }
)
