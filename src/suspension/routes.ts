import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyReply } from 'fastify'
import { AccountId } from '../accounts/schemas.ts'
import { WITH_PASSWORD } from '../limits/policy.ts'
import { ETag, etagOf, IfMatch } from '../preconditions.ts'
import { ok, readNothingAsEmpty, told } from '../schemas.ts'
import { accountId } from '../scope.ts'
import * as schemas from './schemas.ts'
import { find, restore, type Suspension, suspend } from './suspension.ts'

const RESTORED = { message: 'The account is not suspended.' }

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
    async (request, reply) => answer(reply, await find(app.context, accountId(request, request.params.id)))
  )

  app.put(
    '/:id/suspension',
    {
      config: { role: 'Admin', limits: WITH_PASSWORD, errors: [...ERRORS, 'last_admin'] },
      schema: {
        operationId: 'suspendAccount',
        tags: ['Accounts'],
        summary: 'Suspend an account, or replace reason and end of its suspension',
        description:
          'Ends every session and every mailed link of the account at once; until the end of the suspension the ' +
          'member is answered as if the password were wrong. The member is told by mail that the account is ' +
          'suspended, and until when, but not why. It wants `currentPassword`, or a password entered lately, as ' +
          '`updateAccount` does.',
        params: AccountId,
        headers: IfMatch,
        body: schemas.SuspendRequest,
        response: { 200: ok(schemas.SuspensionView, 'The suspension, as it is now.', { ETag }) }
      }
    },
    async (request, reply) => {
      const id = accountId(request, request.params.id)
      const { membership, body, headers } = request
      return answer(reply, await suspend(app.context, membership, id, body, headers['if-match']))
    }
  )

  app.delete(
    '/:id/suspension',
    {
      config: { role: 'Admin', limits: WITH_PASSWORD, errors: [...ERRORS] },
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
        response: { 200: told('The account is not suspended, whether or not it was.', RESTORED) }
      }
    },
    async request => {
      const id = accountId(request, request.params.id)
      const { membership, body, headers } = request
      await restore(app.context, membership, id, body, headers['if-match'])
      return RESTORED
    }
  )
}

/** It is part of the account, so that an edit of either meets the other. */
function answer(reply: FastifyReply, { view, version }: Suspension): schemas.SuspensionView {
  reply.header('ETag', etagOf({ version }))
  return view
}
