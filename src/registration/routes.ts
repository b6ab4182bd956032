import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { problems } from '../problems.ts'
import { Message } from '../schemas.ts'
import { register, verifyEmail } from './registration.ts'
import * as schemas from './schemas.ts'

/** Signing up, and proving an address. */
export const registrationRoutes: FastifyPluginAsyncTypebox = async app => {
  app.post(
    '/register',
    {
      config: { public: true },
      schema: {
        operationId: 'register',
        tags: ['Registration'],
        summary: 'Sign up; the answer is the same for a new and for a taken address',
        body: schemas.Register,
        response: { 200: Message, ...problems('public') }
      }
    },
    async request => {
      await register(app.context, request.membership, request.body)
      return { message: 'Registration successful; look into your mail to verify your address.' }
    }
  )

  app.post(
    '/verify-email',
    {
      config: { public: true },
      schema: {
        operationId: 'verifyEmail',
        tags: ['Registration'],
        summary: 'Verify an address, after registering or changing it',
        body: schemas.VerifyEmail,
        response: { 200: Message, ...problems('public', 'token_invalid', 'token_expired', 'email_taken') }
      }
    },
    async request => {
      await verifyEmail(app.context, request.membership, request.body.token)
      return { message: 'Your address is verified; you can sign in now.' }
    }
  )
}
