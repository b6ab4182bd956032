import type { Context } from '../context.ts'
import { Problem } from '../errors.ts'
import { idFromText } from '../ids.ts'
import { mayActOn, type Scope } from '../scope.ts'
import { findByToken } from './find-by-token.ts'
import * as queries from './queries.ts'
import { revoke } from './sessions.ts'
import type { Transport } from './table.ts'

/** What came as an access token: the session it names, whether we made it, and then until when it counts. */
export interface Bearer {
  sid: string
  isAuthentic: boolean
  expiresAt?: Date
}

/**
 * Logout by refresh token and, where there is one, bearer. A bearer of one session and a cookie of
 * another end the bearer's only: the existing client sends whatever cookie it has after a 401, and
 * another tab may have signed in meanwhile. Whatever became of the session, the answer is the same
 * (RFC 7009 §2.2).
 *
 * @param bearer what came as one: its session, and whether it is authentic. An expired one may end what it belonged
 *   to; one that is not authentic any more (a retired key) ends nothing, and spares the cookie of another session
 * @returns whether the presented cookie belonged to what ended, and is to be cleared
 */
export async function logOut(
  ctx: Context,
  scope: Scope,
  presented: { text: string; transport: Transport } | undefined,
  bearer: Bearer | undefined
): Promise<{ clearCookie: boolean }> {
  const held = presented && (await findByToken(ctx, presented.text, presented.transport))
  const bearerSession = bearer && idFromText(bearer.sid)
  // A token in the body was named on purpose; a cookie comes along by itself.
  const isNamed = presented?.transport === 'body'
  if (bearerSession && !isNamed && !held?.id.equals(bearerSession)) {
    const live = bearer.isAuthentic ? await queries.findFresh(ctx.db, bearerSession) : undefined
    if (live) await revoke(ctx, scope, live.session)
    return { clearCookie: !held }
  }
  if (held) await revoke(ctx, scope, held)
  return { clearCookie: true }
}

/**
 * Ends the session of somebody's refresh token, by bearer.
 *
 * @param cookie the refresh token in the request's cookie, if it has one
 * @returns whether the cookie is to be cleared: it belonged to what ended, or to nothing that lives. An Admin who ends
 *   somebody else's session keeps his own
 * @throws Problem forbidden (403) when it is another member's, unless an Admin asks; session_revoked (401) as
 *   `requireLive`
 */
export async function revokeToken(
  ctx: Context,
  scope: Scope,
  text: string,
  cookie: string | undefined
): Promise<{ clearCookie: boolean }> {
  const held = await findByToken(ctx, text)
  if (held) {
    if (!mayActOn(scope, held.account_id)) throw new Problem('forbidden')
    await revoke(ctx, scope, held)
  }
  // Asked last: a cookie of the session that has just ended is one of no live session.
  return { clearCookie: cookie !== undefined && !(await findByToken(ctx, cookie, 'cookie')) }
}
