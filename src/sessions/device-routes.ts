import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from '@sinclair/typebox'
import { AccountId } from '../accounts/schemas.ts'
import { idFromText } from '../ids.ts'
import { ok, told } from '../schemas.ts'
import { accountId } from '../scope.ts'
import { endSession, endSessions, listSessions } from './devices.ts'
import * as schemas from './schemas.ts'

const ENDED = { message: 'The session was ended.' }
const ALL_ENDED = { message: 'The sessions were ended.' }

/** The devices that are signed in. By bearer alone: what has no use for a cookie does not look at it, or clear it. */
export const deviceRoutes: FastifyPluginAsyncTypebox = async app => {
  app.get(
    '/:id/sessions',
    {
      config: { errors: ['forbidden', 'account_not_found'] },
      schema: {
        operationId: 'listSessions',
        tags: ['Sessions'],
        summary: 'The live sessions of an account, most recently used first',
        description: 'Your own; anybody’s as Admin.',
        params: AccountId,
        response: { 200: ok(Type.Array(schemas.SessionView), 'All of them: an account has a limited number.') }
      }
    },
    async request => {
      const sessions = await listSessions(app.context, accountId(request, request.params.id))
      return sessions.map(session => schemas.presentSession(session, request.membership.member?.sessionId))
    }
  )

  app.delete(
    '/:id/sessions/:sessionId',
    {
      config: {
        limits: ['changes', 'changes-account'],
        errors: ['forbidden', 'account_not_found', 'session_not_found']
      },
      schema: {
        operationId: 'endSession',
        tags: ['Sessions'],
        summary: 'End a session',
        description:
          'Its access token is refused from the next request on, and its refresh token is worth nothing; that goes for ' +
          'the session that asks, too. A member whose session an Admin ends is told by mail. Cookies are not touched: ' +
          'to sign out, use `revokeToken`.',
        params: schemas.SessionId,
        response: { 200: told('The session has ended.', ENDED) }
      }
    },
    async request => {
      const id = accountId(request, request.params.id)
      await endSession(app.context, request.membership, id, idFromText(request.params.sessionId))
      return ENDED
    }
  )

  app.delete(
    '/:id/sessions',
    {
      config: { limits: ['changes', 'changes-account'], errors: ['forbidden', 'account_not_found'] },
      schema: {
        operationId: 'endSessions',
        tags: ['Sessions'],
        summary: 'End every session of an account, or every other one',
        description:
          'With `except=current` the session that asks goes on; of somebody else’s account an Admin ends all. The ' +
          'member is told by mail when an Admin does it.',
        params: AccountId,
        querystring: schemas.EndSessionsQuery,
        response: { 200: told('They have ended, if there were any.', ALL_ENDED) }
      }
    },
    async request => {
      const id = accountId(request, request.params.id)
      const except = request.query.except && request.membership.member?.sessionId
      await endSessions(app.context, request.membership, id, except)
      return ALL_ENDED
    }
  )
}
