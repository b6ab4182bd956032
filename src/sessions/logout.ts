import type { Context } from '../context.ts'
import { Problem } from '../errors.ts'
import { idFromText } from '../ids.ts'
import { mayActOn, type Scope } from '../scope.ts'
import { isTokenOf, readRefreshToken } from '../tokens/refresh-token.ts'
import type { AccessClaims } from './access-token.ts'
import * as queries from './queries.ts'
import { revoke } from './sessions.ts'
import type { Transport } from './table.ts'

/**
 * Logout by refresh token and, where there is one, bearer. A bearer of one session and a cookie of
 * another end the bearer's only: the existing client sends whatever cookie it has after a 401, and
 * another tab may have signed in meanwhile. Whatever became of the session, the answer is calm
 * (RFC 7009 §2.2).
 *
 * @param bearer claims of an authentic access token, even an expired one: it may end what it belonged to
 * @returns whether the presented cookie belonged to what ended, and is to be cleared
 */
export async function logOut(
  ctx: Context,
  scope: Scope,
  presented: { text: string; transport: Transport } | undefined,
  bearer: AccessClaims | undefined
): Promise<{ clearCookie: boolean }> {
  const held = presented && (await findByToken(ctx, presented.text, presented.transport))
  const bearerSession = bearer && idFromText(bearer.sid)
  // A token in the body was named on purpose; a cookie comes along by itself.
  const named = held?.transport === 'body'
  if (bearerSession && !named && !held?.session_id.equals(bearerSession)) {
    const session = await queries.findFresh(ctx.db, bearerSession)
    if (session) await revoke(ctx, scope, session.session_id, session.id)
    return { clearCookie: !held }
  }
  if (held) await revoke(ctx, scope, held.session_id, held.id)
  return { clearCookie: true }
}

/**
 * Ends the session of somebody's refresh token, by bearer.
 *
 * @throws Problem forbidden (403) when it is another member's, unless an Admin asks
 */
export async function revokeToken(ctx: Context, scope: Scope, text: string): Promise<void> {
  const held = await findByToken(ctx, text)
  if (!held) return
  if (!mayActOn(scope, held.id)) throw new Problem('forbidden')
  await revoke(ctx, scope, held.session_id, held.id)
}

/** The live session that made a token of any age; undefined when it is not a token of one. */
async function findByToken(
  ctx: Context,
  text: string,
  transport?: Transport
): Promise<queries.LiveSession | undefined> {
  const token = readRefreshToken(ctx.keys, text)
  const session = token && (await queries.findFresh(ctx.db, token.sessionId)) // what was just begun elsewhere must end, too
  if (!session?.secret || (transport && session.transport !== transport)) return undefined
  return token && isTokenOf(token, session.secret) ? session : undefined
}
