import type { Kysely, Transaction } from 'kysely'
import { canonicalAddress } from '../accounts/address.ts'
import { isPast } from '../clock.ts'
import type { Context } from '../context.ts'
import type { Database } from '../database.ts'
import { Problem } from '../errors.ts'
import type { Id } from '../ids.ts'
import type { Proof } from '../schemas.ts'
import type { Scope } from '../scope.ts'
import { hashOneTimeSecret } from '../tokens/one-time-secret.ts'
import { findByCode } from './codes.ts'
import * as queries from './queries.ts'
import { type OneTimeToken, PURPOSES, type Purpose } from './table.ts'

// The change of an address may be the thief's, and so may what follows it: the way back outlives both.
const ENDED_BY_CHANGES = PURPOSES.filter(purpose => purpose !== 'undo-email-change')

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
