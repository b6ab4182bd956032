import { isSuspended } from '../accounts/standing.ts'
import { after, isPast, SECOND } from '../clock.ts'
import type { Context } from '../context.ts'
import { Problem } from '../errors.ts'
import { idFromText, idToText } from '../ids.ts'
import type { Member } from '../scope.ts'
import type { AccessClaims } from './access-token.ts'
import * as queries from './queries.ts'
import { provesUse } from './rules.ts'

// Between the clocks of instances: a token that is used elsewhere at once must not be taken for a forgery.
const SKEW = 5 * SECOND

/**
 * The session and account behind the claims of an authentic access token, by one primary-key query:
 * role, suspension and revocation act on the next request.
 *
 * @throws Problem token_expired, token_invalid, session_revoked, session_expired (401)
 */
export async function authenticate(ctx: Context, claims: AccessClaims): Promise<queries.LiveSession> {
  const now = ctx.clock()
  if (isPast(new Date(claims.exp * SECOND), now)) throw new Problem('token_expired')
  const issuedAt = new Date(claims.iat * SECOND)
  const sessionId = idFromText(claims.sid)
  if (!sessionId || issuedAt > after(now, SKEW)) throw new Problem('token_invalid')
  // Missing: deleted with its account, or just begun, on a node that lags behind.
  const live = (await queries.find(ctx.db, sessionId)) ?? (await queries.findFresh(ctx.db, sessionId))
  if (!live) throw new Problem('session_revoked')
  const { account, session } = live
  if (session.revoked_at || isSuspended(account, now) || !account.verified_at) throw new Problem('session_revoked')
  if (idToText(account.id) !== claims.sub) throw new Problem('token_invalid')
  if (isPast(session.expires_at, now) || isPast(session.idle_expires_at, now)) throw new Problem('session_expired')
  const line = { generation: session.generation, used: session.used === 1 }
  if (provesUse(line, { generation: claims.gen, issuedAt }, now, ctx.config.REFRESH_GRACE)) {
    // Outside the request's way: it may be late or lost, the promise holds.
    queries.setUsed(ctx.db, sessionId, claims.gen).catch(() => {})
  }
  return live
}

/** Who is asking, for the scope of his request. */
export function memberOf({ account, session }: queries.LiveSession): Member {
  const { authenticated_at: at, authenticated_ip: ip, authenticated_agent: userAgent } = session
  const passwordEntry = at ? { at, ip, userAgent } : undefined
  return { accountId: account.id, sessionId: session.id, role: account.role, account, passwordEntry }
}
