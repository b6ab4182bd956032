import * as accounts from '../accounts/queries.ts'
import { isSuspended } from '../accounts/standing.ts'
import * as audit from '../audit/audit.ts'
import type { Context } from '../context.ts'
import { Problem } from '../errors.ts'
import { faultKind } from '../mysql/faults.ts'
import { transact } from '../mysql/transact.ts'
import * as oneTime from '../one-time/one-time.ts'
import * as outbox from '../outbox/outbox.ts'
import type { Scope } from '../scope.ts'
import { isTokenOf, makeRefreshToken, type RefreshToken, readRefreshToken } from '../tokens/refresh-token.ts'
import * as endings from './ending-queries.ts'
import { type Grant, grant, idleExpiry } from './grant.ts'
import * as mails from './mails.ts'
import * as queries from './queries.ts'
import { judge, type Line, MAX_REISSUES, type Verdict } from './rules.ts'
import type { Session, Transport } from './table.ts'

const REREADS = 3 // after another request was faster; then 503, and the client asks again

/** What following a verdict came to: a grant, or undefined when another request was faster. */
type Outcome = Grant | undefined

interface Exchange {
  token: RefreshToken
  text: string
  live: queries.LiveSession
  secret: Buffer
}

/**
 * Exchanges a refresh token by the rules in rules.ts. The loser of a race, and a refused refresh,
 * change nothing for anybody else.
 *
 * @throws Problem token_invalid, session_expired, session_revoked (401); unavailable (503) when the
 *   line moves faster than it can be read
 */
export async function refresh(ctx: Context, scope: Scope, text: string, transport: Transport): Promise<Grant> {
  const token = readRefreshToken(ctx.keys, text) // forgeries end here, without a query
  if (!token) throw new Problem('token_invalid')
  for (let attempt = 1; attempt <= 1 + REREADS; attempt++) {
    const live = await (attempt === 1 ? queries.find : queries.findFresh)(ctx.db, token.sessionId)
    if (!live && attempt === 1) continue // our MAC: a node that lags behind may not have the row yet
    if (!live || live.session.transport !== transport) throw new Problem('token_invalid')
    const { account, session } = live
    if (!session.secret || session.revoked_at) throw new Problem('session_revoked')
    if (!isTokenOf(token, session.secret)) throw new Problem('token_invalid')
    if (isSuspended(account, ctx.clock()) || !account.verified_at) throw new Problem('session_revoked')
    const verdict = judge(lineOf(session), token, ctx.clock(), ctx.config.REFRESH_GRACE)
    const outcome = await follow(ctx, scope, verdict, { token, text, live, secret: session.secret }, attempt === 1)
    if (outcome) return outcome
  }
  throw new Problem('unavailable')
}

/** The part of a row that the rules read. */
function lineOf(session: Session): Line {
  return {
    generation: session.generation,
    parent: session.parent,
    used: session.used === 1,
    reissues: session.reissues,
    movedAt: session.moved_at,
    idleExpiresAt: session.idle_expires_at,
    expiresAt: session.expires_at,
    revoked: session.revoked_at !== null
  }
}

async function follow(
  ctx: Context,
  scope: Scope,
  verdict: Verdict,
  exchange: Exchange,
  mayBeStale: boolean
): Promise<Outcome> {
  const { text, live } = exchange
  switch (verdict.kind) {
    case 'revoked':
      throw new Problem('session_revoked')
    case 'expired':
      throw new Problem('session_expired')
    case 'ahead':
      if (mayBeStale) return undefined
      throw new Problem('token_invalid')
    case 'settle':
      // No new cookie; a client that keeps its token itself gets the same one back.
      return grant(ctx, live, live.session.transport === 'body' ? text : undefined)
    case 'move':
      return await move(ctx, scope, exchange)
    case 'sibling':
      if (verdict.reissue && !(await reissue(ctx, scope, exchange))) return undefined
      return grantNew(ctx, exchange, live.session.generation)
    case 'theft':
      if (mayBeStale) return undefined // nobody is logged out on the word of a node that lags behind
      return await revokeStolen(ctx, scope, exchange)
  }
}

async function move(ctx: Context, scope: Scope, exchange: Exchange): Promise<Outcome> {
  const { session } = exchange.live
  const { generation, tag } = exchange.token
  const now = ctx.clock()
  try {
    const moved = await queries.move(ctx.db, session.id, generation, {
      parent: tag,
      moved_at: now,
      idle_expires_at: idleExpiry(ctx, now, session.expires_at),
      ip: scope.ip,
      user_agent: scope.userAgent
    })
    if (!moved) return undefined
  } catch (error) {
    if (faultKind(error) === 'race') return undefined
    throw error
  }
  return grantNew(ctx, exchange, generation + 1)
}

async function reissue(ctx: Context, scope: Scope, { live: { account, session } }: Exchange): Promise<boolean> {
  return await transact(ctx.db, async trx => {
    const now = ctx.clock()
    const idleExpiresAt = idleExpiry(ctx, now, session.expires_at)
    const limits = { generation: session.generation, movedAt: session.moved_at, most: MAX_REISSUES, now, idleExpiresAt }
    if (!(await queries.countReissue(trx, session.id, limits))) return false
    await audit.record(trx, ctx, scope, 'session_reissued', { accountId: account.id, sessionId: session.id })
    return true
  })
}

/** Rule 5 of rules.ts: the revocation is committed before the 401 is answered; when that fails, the answer is 503. */
async function revokeStolen(ctx: Context, scope: Scope, { live }: Exchange): Promise<never> {
  const { account, session } = live
  await transact(ctx.db, async trx => {
    await accounts.lockById(trx, account.id) // a wish that is being resent ends, too; before the session, as everywhere
    if (!(await endings.revoke(trx, session.id, ctx.clock()))) return
    await oneTime.revokeWishes(trx, account.id, [session.id])
    await audit.record(trx, ctx, scope, 'session_reuse_detected', { accountId: account.id, sessionId: session.id })
    await outbox.enqueue(trx, ctx, mails.sessionReuse(live, ctx.clock()))
  })
  throw new Problem('session_revoked')
}

/** A token of `generation`, which the row has by now, with a tag of its own. */
function grantNew(ctx: Context, { live: { account, session }, secret }: Exchange, generation: number): Grant {
  const token = makeRefreshToken(ctx.keys, ctx.clock(), { id: session.id, secret, generation })
  return grant(ctx, { account, session: { ...session, generation } }, token)
}
