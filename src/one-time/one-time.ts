import type { Kysely, Transaction } from 'kysely'
import { after, HOUR, isPast } from '../clock.ts'
import type { Context } from '../context.ts'
import type { Database } from '../database.ts'
import { Problem } from '../errors.ts'
import { type Id, newId } from '../ids.ts'
import { hashOneTimeSecret, makeOneTimeSecret } from '../tokens/one-time-secret.ts'
import * as queries from './queries.ts'
import { type OneTimeToken, PURPOSES, type Purpose } from './table.ts'

const UNDO_TTL = 72 * HOUR // a member who is away for a weekend still gets his account back

// The change of an address may be the thief's, and so may what follows it: the way back outlives both.
const ENDED_BY_CHANGES = PURPOSES.filter(purpose => purpose !== 'undo-email-change')

/** What the link of a registration attempt installs. */
export interface Attempt {
  title: string
  first_name: string
  last_name: string
  password_hash: string
}

export interface Issue {
  accountId: Id
  purpose: Purpose
  email: string
  attempt?: Attempt
  /** The session that asks. */
  sessionId?: Id | undefined
}

const NO_ATTEMPT = { title: null, first_name: null, last_name: null, password_hash: null }

/** Issues a single-use secret, bound to purpose and address. @returns the secret, for the mail only */
export async function issue(
  trx: Transaction<Database>,
  ctx: Context,
  { accountId, purpose, email, attempt, sessionId }: Issue
): Promise<string> {
  const { text, hash } = makeOneTimeSecret()
  const now = ctx.clock()
  await queries.insert(trx, {
    ...(attempt ?? NO_ATTEMPT),
    hash,
    account_id: accountId,
    purpose,
    email,
    created_at: now,
    expires_at: after(now, lifetime(ctx, purpose)),
    used_at: null,
    code: null,
    session_id: sessionId ?? null
  })
  return text
}

/**
 * Does the work of `issue` for an address that is nobody's: answers must take the same time whether
 * an address is known or not. The row is inserted as already used, and cleaned up like any other.
 */
export async function issueDecoy(trx: Transaction<Database>, ctx: Context, purpose: Purpose): Promise<string> {
  const { text, hash } = makeOneTimeSecret()
  const now = ctx.clock()
  const row = {
    hash,
    account_id: newId(ctx.clock),
    purpose,
    email: '',
    created_at: now,
    expires_at: now,
    used_at: now,
    code: null,
    session_id: null
  }
  await queries.insert(trx, { ...NO_ATTEMPT, ...row })
  return text
}

/** How long a secret lives, in ms: mails say so. */
export function lifetime(ctx: Context, purpose: Purpose): number {
  if (purpose === 'undo-email-change') return UNDO_TTL
  return purpose === 'reset-password' ? ctx.config.RESET_TTL : ctx.config.VERIFY_TTL
}

/**
 * The token of a secret that could be used now, without using it.
 *
 * @throws Problem token_invalid, token_expired (401)
 */
export async function findUsable(
  db: Kysely<Database>,
  ctx: Context,
  secret: string,
  purposes: readonly Purpose[]
): Promise<OneTimeToken> {
  const token = await queries.find(db, hashOneTimeSecret(secret))
  if (!token || token.used_at || !purposes.includes(token.purpose)) throw new Problem('token_invalid')
  if (isPast(token.expires_at, ctx.clock())) throw new Problem('token_expired')
  return token
}

/**
 * Uses a secret: of parallel uses, one succeeds.
 *
 * @returns what it was issued for
 * @throws Problem token_invalid, token_expired (401)
 */
export async function consume(
  trx: Transaction<Database>,
  ctx: Context,
  secret: string,
  purposes: readonly Purpose[]
): Promise<OneTimeToken> {
  const token = await findUsable(trx, ctx, secret, purposes)
  if (!(await queries.setUsed(trx, token.hash, ctx.clock()))) throw new Problem('token_invalid')
  return token
}

/** Ends the unused secrets of one purpose: a newer wish takes the place of an older one. */
export async function revoke(trx: Transaction<Database>, ctx: Context, accountId: Id, purpose: Purpose): Promise<void> {
  await queries.setUsedOfAccount(trx, accountId, ctx.clock(), [purpose])
}

/**
 * Ends every secret of the account that is still unused, after any change of password or address; but not those that
 * undo a change of address.
 */
export async function revokeAll(trx: Transaction<Database>, ctx: Context, accountId: Id): Promise<void> {
  await queries.setUsedOfAccount(trx, accountId, ctx.clock(), ENDED_BY_CHANGES)
}

/**
 * Ends what an undone change of address may have brought about: every unused secret, and the links that undo changes
 * which came later. Earlier ones hold: whoever chains changes must not cut off the first address.
 */
export async function revokeSince(trx: Transaction<Database>, ctx: Context, undo: OneTimeToken): Promise<void> {
  await revokeAll(trx, ctx, undo.account_id)
  await queries.setUsedOfAccount(trx, undo.account_id, ctx.clock(), ['undo-email-change'], undo.created_at)
}
