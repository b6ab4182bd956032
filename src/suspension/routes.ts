import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyReply } from 'fastify'
import { AccountId } from '../accounts/schemas.ts'
import { Problem } from '../errors.ts'
import { type Id, idFromText } from '../ids.ts'
import { ETag, etagOf, IfMatch } from '../preconditions.ts'
import { Message, ok, readNothingAsEmpty } from '../schemas.ts'
import * as schemas from './schemas.ts'
import { find, restore, type Suspension, suspend } from './suspension.ts'

const LIMITS = ['changes', 'guesses', 'guesses-day', 'guesses-account'] as const
const ERRORS = ['account_not_found', 'reauthentication_required', 'precondition_failed', 'busy'] as const

/** The suspension of an account, for Admins. To change it wants the password, as for `updateAccount`. */
export const suspensionRoutes: FastifyPluginAsyncTypebox = async app => {
  app.get(
    '/:id/suspension',
    {
      config: { role: 'Admin', errors: ['account_not_found', 'not_suspended'] },
      schema: {
        operationId: 'getSuspension',
        tags: ['Accounts'],
        summary: 'The suspension of an account',
        params: AccountId,
        response: { 200: ok(schemas.SuspensionView, 'The suspension.', { ETag }) }
      }
    },
    async (request, reply) => answer(reply, await find(app.context, accountId(request.params.id)))
  )

  app.put(
    '/:id/suspension',
    {
      config: { role: 'Admin', limits: LIMITS, errors: [...ERRORS, 'last_admin'] },
      schema: {
        operationId: 'suspendAccount',
        tags: ['Accounts'],
        summary: 'Suspend an account, or replace reason and end of its suspension',
        description:
          'Ends every session and every mailed link of the account at once; until the end of the suspension the member ' +
          'is answered as if the password were wrong. The member is told by mail that, and until when, but not why. It wants ' +
          '`currentPassword`, or a password entered lately, as `updateAccount` does.',
        params: AccountId,
        headers: IfMatch,
        body: schemas.SuspendRequest,
        response: { 200: ok(schemas.SuspensionView, 'The suspension, as it is now.', { ETag }) }
      }
    },
    async (request, reply) => {
      const { membership, params, body, headers } = request
      return answer(reply, await suspend(app.context, membership, accountId(params.id), body, headers['if-match']))
    }
  )

  app.delete(
    '/:id/suspension',
    {
      config: { role: 'Admin', limits: LIMITS, errors: [...ERRORS] },
      preValidation: readNothingAsEmpty,
      schema: {
        operationId: 'restoreAccount',
        tags: ['Accounts'],
        summary: 'End the suspension of an account',
        description:
          'The member may sign in again; the sessions and links that it ended stay so. It wants `currentPassword`, or a ' +
          'password entered lately, as `updateAccount` does.',
        params: AccountId,
        headers: IfMatch,
        body: schemas.RestoreRequest,
        response: { 200: ok(Message, 'The account is not suspended, whether or not it was.') }
      }
    },
    async ({ membership, params, body, headers }) => {
      await restore(app.context, membership, accountId(params.id), body, headers['if-match'])
      return { message: 'The account is not suspended.' }
    }
  )
}

/** It is part of the account, so that an edit of either meets the other. */
function answer(reply: FastifyReply, { view, version }: Suspension): schemas.SuspensionView {
  reply.header('ETag', etagOf({ version }))
  return view
}

/** @throws Problem account_not_found (404) for a malformed id, as for a missing one: only Admins come so far */
function accountId(text: string): Id {
  const id = idFromText(text)
  if (!id) throw new Problem('account_not_found')
  return id
}
