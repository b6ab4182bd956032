import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from '@sinclair/typebox'
import type { FastifyReply } from 'fastify'
import { Problem } from '../errors.ts'
import { WITH_PASSWORD } from '../limits/policy.ts'
import { LINK_HEADER, linkTo } from '../paging.ts'
import { ETag, etagOf, IfMatch } from '../preconditions.ts'
import { dropBlanks, ok, readNothingAsEmpty, told } from '../schemas.ts'
import { accountId, isSelf } from '../scope.ts'
import { create, remove } from './accounts.ts'
import { list } from './list.ts'
import * as queries from './queries.ts'
import * as schemas from './schemas.ts'
import type { Account } from './table.ts'
import { update } from './update.ts'

const DELETED = { message: 'The account was deleted.' }

/** Accounts: one's own, or any as Admin. */
export const accountRoutes: FastifyPluginAsyncTypebox = async app => {
  app.get(
    '/',
    {
      config: { role: 'Admin' },
      preValidation: async request => dropBlanks(request.query, schemas.ListQuery),
      schema: {
        operationId: 'listAccounts',
        tags: ['Accounts'],
        summary: 'List accounts; the Link header leads to the next page',
        description:
          'In the order in which they were made; with `q` by address, then by last name. Follow the `Link` header rather ' +
          'than making cursors: one belongs to the list that it came from.',
        querystring: schemas.ListQuery,
        response: {
          200: ok(Type.Array(schemas.AccountView), 'A page of accounts.', LINK_HEADER)
        }
      }
    },
    async (request, reply) => {
      const { rows, next } = await list(app.context, request.query)
      if (next) reply.header('Link', linkTo(request.query, next))
      return rows.map(schemas.presentAccount)
    }
  )

  app.get(
    '/:id',
    {
      config: { errors: ['forbidden', 'account_not_found'] },
      schema: {
        operationId: 'getAccount',
        tags: ['Accounts'],
        summary: 'One account',
        params: schemas.AccountId,
        response: { 200: ok(schemas.AccountView, 'The account.', { ETag }) }
      }
    },
    async (request, reply) => {
      const id = accountId(request, request.params.id)
      // The guard has read one's own row already.
      const account = isSelf(request.membership, id)
        ? request.membership.member?.account
        : await queries.findById(app.db, id)
      if (!account) throw new Problem('account_not_found')
      return answer(reply, account)
    }
  )

  app.post(
    '/',
    {
      config: {
        role: 'Admin',
        limits: WITH_PASSWORD,
        errors: ['reauthentication_required', 'email_taken', 'busy']
      },
      schema: {
        operationId: 'createAccount',
        tags: ['Accounts'],
        summary: 'Create a verified account',
        description:
          'With the role Admin it needs `currentPassword`, or a sign-in within the server’s `REAUTH_WINDOW` (5 minutes ' +
          'unless configured) as for `updateAccount`.',
        body: schemas.CreateAccountRequest,
        response: { 200: ok(schemas.AccountView, 'The new account.', { ETag }) }
      }
    },
    async (request, reply) => answer(reply, await create(app.context, request.membership, request.body))
  )

  app.put(
    '/:id',
    {
      config: {
        limits: [...WITH_PASSWORD, 'wishes', 'recipient-address', 'recipient', 'mails'],
        errors: [
          'forbidden',
          'account_not_found',
          'reauthentication_required',
          'email_taken',
          'last_admin',
          'precondition_failed',
          'busy'
        ]
      },
      preValidation: async request => dropBlanks(request.body, schemas.UpdateAccountRequest),
      schema: {
        operationId: 'updateAccount',
        tags: ['Accounts'],
        summary: 'Update an account; a member’s own new address takes effect once confirmed',
        description:
          'An Admin’s change of another member’s address takes effect at once, and both addresses are told. A new ' +
          'password, a new address and a lower role end the other sessions of the account, all of them when an Admin ' +
          'sets it; a new password or address ends every link under way, too.\n\n' +
          'A change of password, e-mail address or role needs `currentPassword`, the password of who asks, or a ' +
          'sign-in of this session within the server’s `REAUTH_WINDOW` (5 minutes unless configured), from the same ' +
          'network and with the same user agent; values that are as they were need nothing. Where the window is over, ' +
          'a PUT of `currentPassword` alone opens it again.',
        params: schemas.AccountId,
        headers: IfMatch,
        body: schemas.UpdateAccountRequest,
        response: { 200: ok(schemas.AccountView, 'The account, as it is now.', { ETag }) }
      }
    },
    async (request, reply) => {
      const id = accountId(request, request.params.id)
      const { membership, body, headers } = request
      return answer(reply, await update(app.context, membership, id, body, headers['if-match']))
    }
  )

  app.delete(
    '/:id',
    {
      config: {
        limits: WITH_PASSWORD,
        errors: [
          'forbidden',
          'account_not_found',
          'reauthentication_required',
          'last_admin',
          'precondition_failed',
          'busy'
        ]
      },
      preValidation: readNothingAsEmpty,
      schema: {
        operationId: 'deleteAccount',
        tags: ['Accounts'],
        summary: 'Delete an account',
        description:
          'With `currentPassword` in the body, the password of who asks; or without a body, within the server’s ' +
          '`REAUTH_WINDOW` (5 minutes unless configured) after the password was entered in this session, from the same ' +
          'network and with the same user agent.',
        params: schemas.AccountId,
        headers: IfMatch,
        body: schemas.DeleteAccountRequest,
        response: { 200: told('It is deleted, with its sessions.', DELETED) }
      }
    },
    async request => {
      const id = accountId(request, request.params.id)
      const { membership, body, headers } = request
      await remove(app.context, membership, id, body, headers['if-match'])
      return DELETED
    }
  )
}

function answer(reply: FastifyReply, account: Account): schemas.AccountView {
  reply.header('ETag', etagOf(account))
  return schemas.presentAccount(account)
}
