import type { Kysely, Transaction } from 'kysely'
import { canonicalAddress } from '../accounts/address.ts'
import { after, DAY, HOUR, isPast } from '../clock.ts'
import type { Context } from '../context.ts'
import type { Database } from '../database.ts'
import { Problem } from '../errors.ts'
import { type Id, newId } from '../ids.ts'
import type { Proof } from '../schemas.ts'
import type { Scope } from '../scope.ts'
import { lockCode, makeCode, standInId } from '../tokens/one-time-code.ts'
import { hashOneTimeSecret, makeOneTimeSecret, withCode } from '../tokens/one-time-secret.ts'
import { findByCode } from './codes.ts'
import * as queries from './queries.ts'
import { type OneTimeToken, PURPOSES, type Purpose } from './table.ts'

/** How long a token is kept after its end, and a registration that nobody confirmed after its last link, ms. */
export const KEPT = 7 * DAY

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
  expiresAt?: Date
}

const NO_ATTEMPT = { title: null, first_name: null, last_name: null, password_hash: null }

/** What people type on the device they signed up on; other links are opened where the mail is read. */
const WITH_CODE: readonly Purpose[] = ['verify-email', 'change-email', 'reset-password']

/**
 * Issues a single-use secret, bound to purpose and address, and where people type one a code beside it. They live in one
 * row: used together, revoked together, expired together.
 *
 * @returns the secret, with its code, for the mail only: src/tokens/one-time-secret.ts splits it
 */
export async function issue(
  trx: Transaction<Database>,
  ctx: Context,
  { accountId, purpose, email, attempt, sessionId, expiresAt = after(ctx.clock(), lifetime(ctx, purpose)) }: Issue
): Promise<string> {
  const owner = { account_id: accountId, purpose }
  const { text, hash, code } = make(ctx, owner)
  await queries.insert(trx, {
    ...(attempt ?? NO_ATTEMPT),
    ...owner,
    hash,
    email,
    email_canonical: canonicalAddress(email) ?? null,
    created_at: ctx.clock(),
    expires_at: expiresAt,
    used_at: null,
    code,
    session_id: sessionId ?? null
  })
  return text
}

/**
 * Does the work of `issue` for an address that is nobody's: answers must take the same time whether
 * an address is known or not. The row is inserted as already used, and cleaned up like any other.
 */
export async function issueDecoy(trx: Transaction<Database>, ctx: Context, purpose: Purpose): Promise<string> {
  const nobody = { account_id: newId(ctx.clock), purpose }
  return await insertDecoy(trx, ctx, nobody, { password_hash: null, expires_at: ctx.clock() })
}

/**
 * Remembers the password of a registration that came to nothing, because the address is somebody's: for as long as a
 * registration of a free one, and under an id that stands for the address. A login with it is answered as if it were one.
 */
export async function rememberRefused(
  trx: Transaction<Database>,
  ctx: Context,
  address: Buffer,
  passwordHash: string
): Promise<void> {
  const owner = { account_id: standInId(ctx.keys, address, 'registrant'), purpose: 'verify-email' } as const
  await insertDecoy(trx, ctx, owner, { password_hash: passwordHash, expires_at: refusedUntil(ctx) })
}

/** Another link went out, or would have, were the address free: a registration is kept for so much longer. */
export async function renewRefused(trx: Transaction<Database>, ctx: Context, address: Buffer): Promise<void> {
  await queries.setExpiry(trx, standInId(ctx.keys, address, 'registrant'), refusedUntil(ctx))
}

/** The end of a row that is deleted when a registration without another link would be: see purge.ts. */
function refusedUntil(ctx: Context): Date {
  return after(ctx.clock(), Math.max(0, lifetime(ctx, 'verify-email') - KEPT))
}

/** The password hash of the newest registration of an address that came to nothing; null when there is none. */
export async function findRefused(ctx: Context, address: Buffer): Promise<string | null> {
  return await queries.findPasswordHash(ctx.db, standInId(ctx.keys, address, 'registrant'))
}

/** A row that nobody can use. */
async function insertDecoy(
  trx: Transaction<Database>,
  ctx: Context,
  owner: { account_id: Id; purpose: Purpose },
  { password_hash, expires_at }: { password_hash: string | null; expires_at: Date }
): Promise<string> {
  const { text, hash, code } = make(ctx, owner)
  const now = ctx.clock()
  await queries.insert(trx, {
    ...NO_ATTEMPT,
    password_hash,
    ...owner,
    hash,
    email: '',
    email_canonical: null,
    created_at: now,
    expires_at,
    used_at: now,
    code,
    session_id: null
  })
  return text
}

function make(ctx: Context, owner: { account_id: Id; purpose: Purpose }) {
  const { text, hash } = makeOneTimeSecret()
  if (!WITH_CODE.includes(owner.purpose)) return { text, hash, code: null }
  const code = makeCode()
  return { text: withCode(text, code), hash, code: lockCode(ctx.keys, code, owner) }
}

/** How long a secret lives, in ms: mails say so. */
export function lifetime(ctx: Context, purpose: Purpose): number {
  if (purpose === 'undo-email-change') return UNDO_TTL
  return purpose === 'reset-password' ? ctx.config.RESET_TTL : ctx.config.VERIFY_TTL
}

/**
 * The token that a link or a code proves, without using it. A code costs a try, which a right one gives back.
 *
 * @throws Problem token_invalid, token_expired (401)
 */
export async function findProven(
  ctx: Context,
  scope: Scope,
  { token, email, code }: Proof,
  purposes: readonly Purpose[]
): Promise<OneTimeToken> {
  if (token !== undefined) return await findUsable(ctx.db, ctx, token, purposes)
  const address = canonicalAddress(email ?? '')
  if (!address || code === undefined) throw new Error('a proof of neither kind is impossible: the validator refuses it')
  return await findByCode(ctx, scope, { address, code: code.replace(' ', '') }, purposes)
}

/**
 * The token of a secret that could be used now, without using it.
 *
 * @throws Problem token_invalid, token_expired (401)
 */
async function findUsable(
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

/** The token of a secret that did its work, and of which nothing was revoked since; until it would have expired. */
export async function findUsed(
  db: Kysely<Database>,
  ctx: Context,
  secret: string,
  purposes: readonly Purpose[]
): Promise<OneTimeToken | undefined> {
  const token = await queries.find(db, hashOneTimeSecret(secret))
  const counts = token?.used_at && purposes.includes(token.purpose) && !isPast(token.expires_at, ctx.clock())
  return counts ? token : undefined
}

/**
 * Uses a token that was found, by its link or by its code: of parallel uses, one succeeds.
 *
 * @throws Problem token_invalid (401) when it was used or revoked, or expired, meanwhile
 */
export async function consume(trx: Transaction<Database>, ctx: Context, token: OneTimeToken): Promise<void> {
  if (!(await queries.setUsed(trx, token.hash, ctx.clock()))) throw new Problem('token_invalid')
}

/** Ends the unused secrets of one purpose: a newer wish takes the place of an older one. */
export async function revoke(trx: Transaction<Database>, accountId: Id, purpose: Purpose): Promise<void> {
  await queries.deleteUnused(trx, accountId, purpose)
}

/** Ends the wishes for another address that came from these sessions: whoever is thrown out leaves none behind. */
export async function revokeWishes(
  trx: Transaction<Database>,
  accountId: Id,
  sessionIds: readonly Id[]
): Promise<void> {
  if (sessionIds.length > 0) await queries.deleteWishes(trx, accountId, sessionIds)
}

/**
 * Ends every secret of the account, after any change of password or address; but not those that undo a change of
 * address. They are deleted, so that `used_at` says of a token that it did its work, and nothing else; `spared` is the
 * one that makes the change.
 */
export async function revokeAll(trx: Transaction<Database>, accountId: Id, spared?: OneTimeToken): Promise<void> {
  await queries.deleteOthers(trx, accountId, ENDED_BY_CHANGES, { spared: spared?.hash })
}

/**
 * Ends what an undone change of address may have brought about: every secret, and the links that undo changes which
 * came later. Earlier ones hold: whoever chains changes must not cut off the first address.
 */
export async function revokeSince(trx: Transaction<Database>, undo: OneTimeToken): Promise<void> {
  await revokeAll(trx, undo.account_id)
  const later = { spared: undo.hash, since: undo.created_at }
  await queries.deleteOthers(trx, undo.account_id, ['undo-email-change'], later)
}

/** Ends every link that undoes a change of address. */
export async function revokeUndo(trx: Transaction<Database>, accountId: Id): Promise<void> {
  await queries.deleteOthers(trx, accountId, ['undo-email-change'])
}

/**
 * Ends the links that undo changes which came after the one that `email` could undo.
 *
 * @returns whether `email` could undo one
 */
export async function endUndone(
  trx: Transaction<Database>,
  ctx: Context,
  accountId: Id,
  email: string
): Promise<boolean> {
  const undo = await queries.findUndo(trx, accountId, canonicalAddress(email) ?? Buffer.alloc(0), ctx.clock())
  if (!undo) return false
  const later = { spared: undo.hash, since: undo.created_at }
  await queries.deleteOthers(trx, accountId, ['undo-email-change'], later)
  return true
}
