import { Body, ConfirmPassword, Email, NewPassword, Secret } from '../schemas.ts'

export const ForgotPasswordRequest = Body('ForgotPasswordRequest', { email: Email })
export const ValidateResetTokenRequest = Body('ValidateResetTokenRequest', { token: Secret })
export const ResetPasswordRequest = Body(
  'ResetPasswordRequest',
  { token: Secret, password: NewPassword, confirmPassword: ConfirmPassword },
  { 'x-password-policy': true }
)
