import { EXAMPLE_PASSWORD } from '../examples.ts'
import { Body, ConfirmPassword, Email, NewPassword, Proof, provenBy } from '../schemas.ts'

export const ForgotPasswordRequest = Body('ForgotPasswordRequest', { email: Email })
export const ValidateResetTokenRequest = Body('ValidateResetTokenRequest', Proof, {
  'x-token-or-code': true,
  'x-examples': provenBy()
})
export const ResetPasswordRequest = Body(
  'ResetPasswordRequest',
  { ...Proof, password: NewPassword, confirmPassword: ConfirmPassword },
  {
    'x-token-or-code': true,
    'x-password-policy': true,
    'x-examples': provenBy({ password: EXAMPLE_PASSWORD, confirmPassword: EXAMPLE_PASSWORD })
  }
)
