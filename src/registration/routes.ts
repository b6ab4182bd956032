import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Message, ok, TOKEN_OR_CODE } from '../schemas.ts'
import { register, verifyEmail } from './registration.ts'
import { resendVerification } from './resend.ts'
import * as schemas from './schemas.ts'

const MESSAGES = {
  now: 'Your address is verified; you can sign in now.',
  before: 'Your address is verified already; you can sign in.'
}

/** Signing up, and proving an address. */
export const registrationRoutes: FastifyPluginAsyncTypebox = async app => {
  app.post(
    '/register',
    {
      config: { public: true, errors: ['busy'] },
      schema: {
        operationId: 'register',
        tags: ['Registration'],
        summary: 'Sign up; the answer is the same for a new and for a taken address',
        description:
          'The mail tells: a new address gets a link and a code, a taken one is told so. Registering an unverified address again ' +
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
      config: { public: true, errors: ['token_invalid', 'token_expired', 'email_taken'] },
      schema: {
        operationId: 'verifyEmail',
        tags: ['Registration'],
        summary: 'Verify an address, after registering or changing it',
        description:
          `${TOKEN_OR_CODE} The link that verified an address may be opened again: as long as nothing else changed, the ` +
          'answer is the same 200, with another message.',
        body: schemas.VerifyEmailRequest,
        response: { 200: ok(Message, 'The address is verified, now or before.') }
      }
    },
    async request => {
      const verified = await verifyEmail(app.context, request.membership, request.body)
      return { message: MESSAGES[verified] }
    }
  )

  app.post(
    '/resend-verification',
    {
      config: { public: true },
      schema: {
        operationId: 'resendVerification',
        tags: ['Registration'],
        summary: 'Ask for the verification mail again; the answer is the same for every address',
        description:
          'For an address that was registered or is to become the new one of an account, and waits for its ' +
          'confirmation. Where several people registered one address, the mail leads to a new password instead.',
        body: schemas.ResendVerificationRequest,
        response: { 200: ok(Message, 'Whether or not the address waits.') }
      }
    },
    async request => {
      await resendVerification(app.context, request.membership, request.body.email)
      return { message: 'If this address waits for its confirmation, we have sent another mail.' }
    }
  )
}
