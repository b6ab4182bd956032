import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { TOKEN_OR_CODE, told } from '../schemas.ts'
import { register, verifyEmail } from './registration.ts'
import { resendVerification } from './resend.ts'
import * as schemas from './schemas.ts'
import { undoEmailChange } from './undo-email-change.ts'

const REGISTERED = { message: 'Almost done: check your e-mail and confirm your address.' }
const RESENT = { message: 'If this address waits for its confirmation, we have sent another mail.' }
const UNDONE = { message: 'Your old address is back. We have sent it a link to choose a new password.' }
const VERIFIED = {
  now: { message: 'Your address is verified; you can sign in now.' },
  before: { message: 'Your address is verified already; you can sign in.' }
}

/** Signing up, and proving an address. */
export const registrationRoutes: FastifyPluginAsyncTypebox = async app => {
  app.post(
    '/register',
    {
      config: {
        public: true,
        blursTiming: true,
        limits: ['registrations', 'hashes', 'recipient-address', 'recipient', 'mails'],
        errors: ['busy']
      },
      schema: {
        operationId: 'register',
        tags: ['Registration'],
        summary: 'Sign up; the answer is the same for a new and for a taken address',
        description:
          'The mail tells: a new address gets a link and a code, a taken one is told so. Registering an unverified ' +
          'address again sends another link, which brings the password and names of that attempt.',
        body: schemas.RegisterRequest,
        response: { 200: told('Whether or not the address is taken.', REGISTERED) }
      }
    },
    async request => {
      await register(app.context, request.membership, request.body)
      return REGISTERED
    }
  )

  app.post(
    '/verify-email',
    {
      config: {
        public: true,
        blursTiming: true,
        limits: ['links', 'codes'],
        errors: ['token_invalid', 'token_expired', 'email_taken']
      },
      schema: {
        operationId: 'verifyEmail',
        tags: ['Registration'],
        summary: 'Verify an address, after registering or changing it',
        description:
          `${TOKEN_OR_CODE} The link that verified an address may be opened again: as long as nothing else changed, the ` +
          'answer is the same 200, with another message. A changed address ends every session but the one that asked ' +
          'for it.',
        body: schemas.VerifyEmailRequest,
        response: { 200: told('The address is verified, now or before.', VERIFIED.now) }
      }
    },
    async request => {
      const verified = await verifyEmail(app.context, request.membership, request.body)
      return VERIFIED[verified]
    }
  )

  app.post(
    '/resend-verification',
    {
      config: { public: true, blursTiming: true, limits: ['resets', 'recipient-address', 'recipient', 'mails'] },
      schema: {
        operationId: 'resendVerification',
        tags: ['Registration'],
        summary: 'Ask for the verification mail again; the answer is the same for every address',
        description:
          'For an address that was registered or is to become the new one of an account, and waits for its ' +
          'confirmation. Where several people registered one address, the mail leads to a new password instead.',
        body: schemas.ResendVerificationRequest,
        response: { 200: told('Whether or not the address waits.', RESENT) }
      }
    },
    async request => {
      await resendVerification(app.context, request.membership, request.body.email)
      return RESENT
    }
  )

  app.post(
    '/undo-email-change',
    {
      config: { public: true, limits: ['links'], errors: ['token_invalid', 'token_expired', 'email_taken'] },
      schema: {
        operationId: 'undoEmailChange',
        tags: ['Registration'],
        summary: 'Undo the change of an address',
        description:
          'By the token of the link that the old address got, for 72 hours. Ends every session and every other link, but ' +
          'those that undo earlier changes; the password no longer counts, and a link to choose a new one goes to the ' +
          'restored address.',
        body: schemas.UndoEmailChangeRequest,
        response: { 200: told('The old address is the account’s again.', UNDONE) }
      }
    },
    async request => {
      await undoEmailChange(app.context, request.membership, request.body.token)
      return UNDONE
    }
  )
}
