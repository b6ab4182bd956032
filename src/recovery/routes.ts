import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { TOKEN_OR_CODE, told } from '../schemas.ts'
import { forgotPassword, resetPassword, validateResetToken } from './recovery.ts'
import * as schemas from './schemas.ts'

const REQUESTED = { message: 'If an account with this address exists, we have sent it a reset link.' }
const VALID = { message: 'The token is valid.' }
const RESET = { message: 'Your password was reset; you can sign in now.' }

/** A forgotten password, and a new one by mail. */
export const recoveryRoutes: FastifyPluginAsyncTypebox = async app => {
  app.post(
    '/forgot-password',
    {
      config: { public: true, blursTiming: true, limits: ['resets', 'recipient-address', 'recipient', 'mails'] },
      schema: {
        operationId: 'forgotPassword',
        tags: ['Recovery'],
        summary: 'Ask for a reset link and code; the answer is the same for a known and for an unknown address',
        body: schemas.ForgotPasswordRequest,
        response: { 200: told('Whether or not there is such an account.', REQUESTED) }
      }
    },
    async request => {
      await forgotPassword(app.context, request.membership, request.body.email)
      return REQUESTED
    }
  )

  app.post(
    '/validate-reset-token',
    {
      config: {
        public: true,
        blursTiming: true,
        limits: ['links', 'codes'],
        errors: ['token_invalid', 'token_expired']
      },
      schema: {
        operationId: 'validateResetToken',
        tags: ['Recovery'],
        summary: 'Check whether a reset link or code is still valid',
        description: `Changes nothing: \`resetPassword\` uses it. ${TOKEN_OR_CODE}`,
        body: schemas.ValidateResetTokenRequest,
        response: { 200: told('It is.', VALID) }
      }
    },
    async request => {
      await validateResetToken(app.context, request.membership, request.body)
      return VALID
    }
  )

  app.post(
    '/reset-password',
    {
      config: {
        public: true,
        blursTiming: true,
        limits: ['links', 'codes'],
        errors: ['token_invalid', 'token_expired', 'busy']
      },
      schema: {
        operationId: 'resetPassword',
        tags: ['Recovery'],
        summary: 'Set a new password',
        description: `Ends every session and every other link, and verifies the address. ${TOKEN_OR_CODE}`,
        body: schemas.ResetPasswordRequest,
        response: { 200: told('The password was set.', RESET) }
      }
    },
    async request => {
      await resetPassword(app.context, request.membership, request.body)
      return RESET
    }
  )
}
