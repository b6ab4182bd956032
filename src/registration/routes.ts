import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Message, ok } from '../schemas.ts'
import { register, verifyEmail } from './registration.ts'
import * as schemas from './schemas.ts'

/** Signing up, and proving an address. */
export const registrationRoutes: FastifyPluginAsyncTypebox = async app => {
  app.post(
    '/register',
    {
      config: {
        public: true,
        limits: ['registrations', 'hashes', 'recipient-address', 'recipient', 'mails'],
        errors: ['busy']
      },
      schema: {
        operationId: 'register',
        tags: ['Registration'],
        summary: 'Sign up; the answer is the same for a new and for a taken address',
        description:
          'The mail tells: a new address gets a link, a taken one is told so. Registering an unverified address again ' +
          'sends another link, which brings the password and names of that attempt.',
        body: schemas.RegisterRequest,
        response: { 200: ok(Message, 'Whether or not the address is taken.') }
      }
    },
    async request => {
      await register(app.context, request.membership, request.body)
      return { message: 'Almost done: check your e-mail and confirm your address.' }
    }
  )

  app.post(
    '/verify-email',
    {
      config: { public: true, limits: ['links'], errors: ['token_invalid', 'token_expired', 'email_taken'] },
      schema: {
        operationId: 'verifyEmail',
        tags: ['Registration'],
        summary: 'Verify an address, after registering or changing it',
        body: schemas.VerifyEmailRequest,
        response: { 200: ok(Message, 'The address is verified.') }
      }
    },
    async request => {
      await verifyEmail(app.context, request.membership, request.body.token)
      return { message: 'Your address is verified; you can sign in now.' }
    }
  )
}
