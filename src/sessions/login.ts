import { randomBytes } from 'node:crypto'
import type { Transaction } from 'kysely'
import { canonicalAddress } from '../accounts/address.ts'
import * as accounts from '../accounts/queries.ts'
import { isSuspended } from '../accounts/standing.ts'
import type { Account } from '../accounts/table.ts'
import * as audit from '../audit/audit.ts'
import { after } from '../clock.ts'
import type { Context } from '../context.ts'
import type { Database } from '../database.ts'
import { Problem } from '../errors.ts'
import { newId } from '../ids.ts'
import { transact } from '../mysql/transact.ts'
import { findRefused } from '../one-time/refused.ts'
import type { Scope } from '../scope.ts'
import { makeRefreshToken, ROW_SECRET_BYTES } from '../tokens/refresh-token.ts'
import * as endings from './ending-queries.ts'
import { findByToken } from './find-by-token.ts'
import { type Grant, grant, idleExpiry } from './grant.ts'
import { tellOfNewDevice } from './new-device.ts'
import * as queries from './queries.ts'
import type { Session, Transport } from './table.ts'

export interface Credentials {
  email: string
  password: string
  transport: Transport
  /** The refresh token in the cookie that this login will replace. */
  replaces?: string | undefined
}

const TRIES = 3 // when the account changes while its password is being hashed; then 503, and the client asks again

/**
 * Signs a member in: a new session.
 *
 * @throws Problem invalid_credentials (401) for a wrong password, an unknown or a suspended member, alike;
 *   email_not_verified (403) after the right password, and after that of a registration which came to nothing; busy,
 *   unavailable (503)
 */
export async function logIn(
  ctx: Context,
  scope: Scope,
  { email, password, transport, replaces }: Credentials
): Promise<Grant> {
  const canonical = canonicalAddress(email)
  for (let attempt = 1; attempt <= TRIES; attempt++) {
    const account = canonical && (await accounts.findByEmail(ctx.db, canonical))
    const passwordHash = account ? account.password_hash : null
    // The dummy verification takes as long as a real one: time must not tell who is a member.
    const { ok, outdated } = await ctx.hasher.verify(password, passwordHash)
    const isRight = account !== undefined && ok && passwordHash !== null && !isSuspended(account, ctx.clock())
    if (!isRight || !account.verified_at) throw await refusal(ctx, scope, { canonical, password, account, isRight })
    const password_hash = outdated ? await hashAnew(ctx, password, passwordHash) : passwordHash
    const replaced = replaces === undefined ? undefined : await findByToken(ctx, replaces, 'cookie')
    const granted = await transact(ctx.db, async trx => {
      const login = { last_login_at: ctx.clock(), password_hash }
      // The act that ended all sessions while the password was hashed must not miss this one.
      if (!(await accounts.recordLogin(trx, { id: account.id, passwordHash }, login))) return undefined
      if (replaced) await supersede(trx, ctx, replaced)
      return await start(trx, ctx, scope, account, transport)
    })
    if (granted) return granted
  }
  throw new Problem('unavailable')
}

/**
 * Why a login fails. Who registered an address that is a member's is told the same as who registered a free one, or
 * registering and signing in would tell which it was; and all who fail cost the same work (docs/decisions/0024).
 */
async function refusal(
  ctx: Context,
  scope: Scope,
  tried: { canonical: Buffer | undefined; password: string; account: Account | undefined; isRight: boolean }
): Promise<Problem> {
  const { canonical, password, account, isRight } = tried
  const refused = canonical ? await findRefused(ctx, canonical) : null
  const { ok } = await ctx.hasher.verify(password, refused, true)
  await transact(ctx.db, trx => audit.record(trx, ctx, scope, 'login_failed', { accountId: account?.id }))
  return new Problem(isRight || ok ? 'email_not_verified' : 'invalid_credentials')
}

/**
 * The session whose cookie a login replaces ends soon (ASVS V7.2.4): other tabs may hold an access token of it, and
 * would be logged out; they refresh by the new cookie. One that is refreshed all the same, because an answer to another
 * tab put the old cookie back, lives on.
 */
async function supersede(trx: Transaction<Database>, ctx: Context, replaced: Session): Promise<void> {
  await endings.endSoon(trx, replaced.id, after(ctx.clock(), ctx.config.ACCESS_TOKEN_TTL))
}

/** A better hash; the one there is while none can be made: the password was right, and the next login tries again. */
async function hashAnew(ctx: Context, password: string, passwordHash: string): Promise<string> {
  return await ctx.hasher.hash(password).catch(() => passwordHash)
}

async function start(
  trx: Transaction<Database>,
  ctx: Context,
  scope: Scope,
  account: Account,
  transport: Transport
): Promise<Grant> {
  const now = ctx.clock()
  const secret = randomBytes(ROW_SECRET_BYTES)
  const expiresAt = after(now, ctx.config.SESSION_MAX_TTL)
  const session: Session = {
    id: newId(ctx.clock),
    account_id: account.id,
    transport,
    secret,
    generation: 0,
    parent: null,
    used: 0,
    reissues: 0,
    moved_at: now,
    created_at: now,
    last_used_at: now,
    idle_expires_at: idleExpiry(ctx, now, expiresAt),
    expires_at: expiresAt,
    revoked_at: null,
    authenticated_at: now,
    authenticated_ip: scope.ip,
    authenticated_agent: scope.userAgent,
    ip: scope.ip,
    user_agent: scope.userAgent
  }
  await tellOfNewDevice(trx, ctx, scope, account)
  await queries.insert(trx, session)
  await audit.record(trx, ctx, scope, 'login_succeeded', { accountId: account.id, sessionId: session.id })
  await endSurplus(trx, ctx, scope, session)
  return grant(ctx, { account, session }, makeRefreshToken(ctx.keys, now, { id: session.id, secret, generation: 0 }))
}

/** Beyond MAX_SESSIONS the longest unused sessions give way to a new one. */
async function endSurplus(trx: Transaction<Database>, ctx: Context, scope: Scope, newest: Session): Promise<void> {
  const [now, most] = [ctx.clock(), ctx.config.MAX_SESSIONS]
  const surplus = await endings.findSurplus(trx, newest.account_id, newest.id, most, now)
  if (surplus.length === 0) return
  await endings.revokeMany(trx, surplus, now)
  // Few statements, however many sessions: a transaction that takes too long is undone, and so would the next one be.
  const detail = { reason: 'MAX_SESSIONS' }
  const ended = surplus.map(sessionId => ({ accountId: newest.account_id, sessionId, detail }))
  await audit.recordAll(trx, ctx, scope, 'session_revoked', ended)
}
