import { Body, ConfirmPassword, Email, NewPassword, Secret } from '../schemas.ts'

export const ForgotPassword = Body('ForgotPassword', { email: Email })
export const ValidateResetToken = Body('ValidateResetToken', { token: Secret })
export const ResetPassword = Body('ResetPassword', {
  token: Secret,
  password: NewPassword,
  confirmPassword: ConfirmPassword
})
