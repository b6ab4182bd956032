import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from '@sinclair/typebox'
import { AccountId } from '../accounts/schemas.ts'
import { LINK_HEADER, linkTo } from '../paging.ts'
import { dropBlanks, ok } from '../schemas.ts'
import { accountId } from '../scope.ts'
import { presentEvent } from './present.ts'
import * as schemas from './schemas.ts'
import { list, listOfAccount } from './trail.ts'

const PAGE = { 200: ok(Type.Array(schemas.EventView), 'A page of events.', LINK_HEADER) }

/** What happened to an account. */
export const accountEventRoutes: FastifyPluginAsyncTypebox = async app => {
  app.get(
    '/:id/events',
    {
      config: { errors: ['forbidden', 'account_not_found'] },
      preValidation: async request => dropBlanks(request.query, schemas.AccountEventsQuery),
      schema: {
        operationId: 'listAccountEvents',
        tags: ['Audit'],
        summary: 'What happened to an account, newest first; the Link header leads to the next page',
        description:
          'Your own account; any as Admin. Sign-ins with a wrong password are among them, with where they came from. What ' +
          'an Admin did shows his id and what changed; where from, by which session and request only Admins see.',
        params: AccountId,
        querystring: schemas.AccountEventsQuery,
        response: PAGE
      }
    },
    async (request, reply) => {
      const id = accountId(request, request.params.id)
      const { rows, next } = await listOfAccount(app.context, request.membership, id, request.query)
      if (next) reply.header('Link', linkTo(request.query, next))
      return rows.map(row => presentEvent(row, request.membership.member))
    }
  )
}

/** What happened at all. */
export const eventRoutes: FastifyPluginAsyncTypebox = async app => {
  app.get(
    '/events',
    {
      config: { role: 'Admin' },
      preValidation: async request => dropBlanks(request.query, schemas.EventsQuery),
      schema: {
        operationId: 'listEvents',
        tags: ['Audit'],
        summary: 'What happened, newest first; the Link header leads to the next page',
        description:
          'The whole audit trail, deleted accounts included, for as long as it is kept: a year. Filters go together. ' +
          'Follow the `Link` header rather than making cursors: one belongs to the list that it came from.',
        querystring: schemas.EventsQuery,
        response: PAGE
      }
    },
    async (request, reply) => {
      const { rows, next } = await list(app.context, request.query)
      if (next) reply.header('Link', linkTo(request.query, next))
      return rows.map(row => presentEvent(row, request.membership.member))
    }
  )
}
