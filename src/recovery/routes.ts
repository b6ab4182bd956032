import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { problems } from '../problems.ts'
import { Message } from '../schemas.ts'
import { forgotPassword, resetPassword, validateResetToken } from './recovery.ts'
import * as schemas from './schemas.ts'

/** A forgotten password, and a new one by mail. */
export const recoveryRoutes: FastifyPluginAsyncTypebox = async app => {
  app.post(
    '/forgot-password',
    {
      config: { public: true },
      schema: {
        operationId: 'forgotPassword',
        tags: ['Recovery'],
        summary: 'Ask for a reset link; the answer is the same for a known and for an unknown address',
        body: schemas.ForgotPassword,
        response: { 200: Message, ...problems('public') }
      }
    },
    async request => {
      await forgotPassword(app.context, request.membership, request.body.email)
      return { message: 'If there is such an account, a mail with a link is on its way.' }
    }
  )

  app.post(
    '/validate-reset-token',
    {
      config: { public: true },
      schema: {
        operationId: 'validateResetToken',
        tags: ['Recovery'],
        summary: 'Look whether a reset link can still be used',
        body: schemas.ValidateResetToken,
        response: { 200: Message, ...problems('public', 'token_invalid', 'token_expired') }
      }
    },
    async request => {
      await validateResetToken(app.context, request.body.token)
      return { message: 'The token is valid.' }
    }
  )

  app.post(
    '/reset-password',
    {
      config: { public: true },
      schema: {
        operationId: 'resetPassword',
        tags: ['Recovery'],
        summary: 'Set a new password; ends every session',
        body: schemas.ResetPassword,
        response: { 200: Message, ...problems('public', 'token_invalid', 'token_expired') }
      }
    },
    async request => {
      await resetPassword(app.context, request.membership, request.body)
      return { message: 'Your password was reset; you can sign in now.' }
    }
  )
}
