import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { type TObject, Type } from '@sinclair/typebox'
import type { FastifyRequest } from 'fastify'
import { Problem } from '../errors.ts'
import { type Id, idFromText } from '../ids.ts'
import { Message, ok } from '../schemas.ts'
import { isSelf, mayActOn } from '../scope.ts'
import { create, remove } from './accounts.ts'
import { list } from './list.ts'
import * as queries from './queries.ts'
import * as schemas from './schemas.ts'
import { update } from './update.ts'

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
          200: ok(Type.Array(schemas.AccountView), 'A page of accounts.', {
            Link: Type.String({ description: '`<…>; rel="next"` (RFC 8288), relative; absent on the last page.' })
          })
        }
      }
    },
    async (request, reply) => {
      const { accounts, next } = await list(app.context, request.query)
      // Relative to the request (RFC 3986 §5): right behind any proxy and prefix.
      if (next)
        reply.header('Link', `<?${new URLSearchParams({ ...textOf(request.query), cursor: next })}>; rel="next"`)
      return accounts.map(schemas.presentAccount)
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
        response: { 200: ok(schemas.AccountView, 'The account.') }
      }
    },
    async request => {
      const id = accountId(request, request.params.id)
      // The guard has read one's own row already.
      const account = isSelf(request.membership, id)
        ? request.membership.member?.account
        : await queries.findById(app.db, id)
      if (!account) throw new Problem('account_not_found')
      return schemas.presentAccount(account)
    }
  )

  app.post(
    '/',
    {
      config: { role: 'Admin', errors: ['email_taken', 'busy'] },
      schema: {
        operationId: 'createAccount',
        tags: ['Accounts'],
        summary: 'Create a verified account',
        body: schemas.CreateAccountRequest,
        response: { 200: ok(schemas.AccountView, 'The new account.') }
      }
    },
    async request => schemas.presentAccount(await create(app.context, request.membership, request.body))
  )

  app.put(
    '/:id',
    {
      config: { limits: ['changes'], errors: ['forbidden', 'account_not_found', 'email_taken', 'last_admin', 'busy'] },
      preValidation: async request => dropBlanks(request.body, schemas.UpdateAccountRequest),
      schema: {
        operationId: 'updateAccount',
        tags: ['Accounts'],
        summary: 'Update an account; a member’s own new address takes effect once confirmed',
        description:
          'An Admin’s change of another member’s address takes effect at once, and both addresses are told. A new ' +
          'password ends the other sessions of the account and every link under way.',
        params: schemas.AccountId,
        body: schemas.UpdateAccountRequest,
        response: { 200: ok(schemas.AccountView, 'The account, as it is now.') }
      }
    },
    async request => {
      const id = accountId(request, request.params.id)
      return schemas.presentAccount(await update(app.context, request.membership, id, request.body))
    }
  )

  app.delete(
    '/:id',
    {
      config: { errors: ['forbidden', 'account_not_found', 'last_admin'] },
      schema: {
        operationId: 'deleteAccount',
        tags: ['Accounts'],
        summary: 'Delete an account',
        params: schemas.AccountId,
        response: { 200: ok(Message, 'It is deleted, with its sessions.') }
      }
    },
    async request => {
      await remove(app.context, request.membership, accountId(request, request.params.id))
      return { message: 'The account was deleted.' }
    }
  )
}

/**
 * The account that a path names, if the request may act on it: to a User a missing account, a
 * malformed id and somebody else's look the same.
 *
 * @throws Problem forbidden (403) as User; account_not_found (404) as Admin for a malformed id
 */
function accountId(request: FastifyRequest, text: string): Id {
  const id = idFromText(text)
  if (!mayActOn(request.membership, id)) throw new Problem('forbidden')
  if (!id) throw new Problem('account_not_found')
  return id
}

/**
 * What a form left blank counts as not given: the existing client sends its whole form, a search may have empty
 * boxes. Names that the schema does not know stay, and are refused.
 */
function dropBlanks(given: unknown, { properties }: TObject): void {
  if (typeof given !== 'object' || given === null) return
  for (const name of Object.keys(properties)) if (Reflect.get(given, name) === '') Reflect.deleteProperty(given, name)
}

function textOf(query: object): Record<string, string> {
  return Object.fromEntries(Object.entries(query).map(([name, value]) => [name, String(value)]))
}
