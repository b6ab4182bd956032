import type { FastifyRequest } from 'fastify'
import { after, isPast } from '../../src/clock.ts'
import { idToText } from '../../src/ids.ts'
import { REFRESH_COOKIE } from '../../src/sessions/schemas.ts'
import { readRefreshToken } from '../../src/tokens/refresh-token.ts'

/**
 * The session whose token a request brings in a header, by our signature or MAC alone: nothing is asked of the database,
 * and so it may have been ended, but not by time. A refresh token in a body is not read yet when this is asked.
 *
 * @returns its id; undefined when the request brings no token that we made
 */
export function presentedSession(request: FastifyRequest): string | undefined {
  const { server, headers } = request
  const bearer = server.readBearer(request)
  const now = server.context.clock()
  if (bearer?.expiresAt && !isPast(bearer.expiresAt, now)) return bearer.sid
  const { [REFRESH_COOKIE]: cookie = '' } = server.parseCookie(headers.cookie ?? '')
  const token = readRefreshToken(server.context.keys, cookie)
  if (!token || isPast(after(token.issuedAt, server.context.config.SESSION_IDLE_TTL), now)) return undefined
  return idToText(token.sessionId)
}
