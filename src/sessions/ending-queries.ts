import type { Kysely, Transaction } from 'kysely'
import type { Database } from '../database.ts'
import type { Id } from '../ids.ts'
import type { Session } from './table.ts'

/** Lets a session end at `until`, if it would not end before. */
export async function endSoon(trx: Transaction<Database>, id: Id, until: Date): Promise<void> {
  await trx
    .updateTable('sessions')
    .set({ idle_expires_at: until })
    .where('id', '=', id)
    .where('idle_expires_at', '>', until)
    .execute()
}

/**
 * Ends a session for good: without its secret no token of it can be checked, or made.
 *
 * @returns false when somebody ended it before
 */
export async function revoke(trx: Transaction<Database>, id: Id, now: Date): Promise<boolean> {
  const { numUpdatedRows } = await trx
    .updateTable('sessions')
    .set({ revoked_at: now, secret: null })
    .where('id', '=', id)
    .where('revoked_at', 'is', null)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

/** The same for several. */
export async function revokeMany(trx: Transaction<Database>, ids: readonly Id[], now: Date): Promise<void> {
  await trx
    .updateTable('sessions')
    .set({ revoked_at: now, secret: null })
    .where('id', 'in', ids)
    .where('revoked_at', 'is', null)
    .execute()
}

/** What ends, and where it was used: for the record, and the mail to its member. */
export type Ending = Pick<Session, 'id' | 'idle_expires_at' | 'user_agent'>

/**
 * The sessions of an account that nobody ended yet, or `only` that one, or all but `except`, for the rest of the
 * transaction. Expired ones, too: a refresh that began before the expiry must not move them. By sessions_account.
 */
export async function lockUnended(
  trx: Transaction<Database>,
  accountId: Id,
  { only, except }: { only?: Id | undefined; except?: Id | undefined }
): Promise<Ending[]> {
  let query = trx
    .selectFrom('sessions')
    .select(['id', 'idle_expires_at', 'user_agent'])
    .where('account_id', '=', accountId)
    .where('revoked_at', 'is', null)
    .forUpdate()
  if (only) query = query.where('id', '=', only)
  if (except) query = query.where('id', '!=', except)
  return await query.execute()
}

/**
 * The account's least recently used live sessions beyond `most`; never `newest`, which counts as one of them. A hundred
 * at most: only where MAX_SESSIONS was lowered are there more, and the next login goes on.
 */
export async function findSurplus(
  trx: Transaction<Database>,
  accountId: Id,
  newest: Id,
  most: number,
  now: Date
): Promise<Id[]> {
  const rows = await trx
    .selectFrom('sessions')
    .select('id')
    .where('account_id', '=', accountId)
    .where('id', '!=', newest)
    .where('revoked_at', 'is', null)
    .where('idle_expires_at', '>', now)
    .orderBy('last_used_at', 'desc')
    .limit(100)
    .offset(most - 1)
    .execute()
  return rows.map(row => row.id)
}

/**
 * Deletes up to `limit` sessions of an account that goes, those that live first. By sessions_account.
 *
 * @returns how many
 */
export async function deleteOfAccount(db: Kysely<Database>, accountId: Id, limit: number): Promise<number> {
  const { numDeletedRows } = await db
    .deleteFrom('sessions')
    .where('account_id', '=', accountId)
    .orderBy('revoked_at')
    .limit(limit)
    .executeTakeFirst()
  return Number(numDeletedRows)
}

/**
 * Deletes up to `limit` sessions that ended before `before`, by idleness or, when none is left, by revocation: found by
 * sessions_idle and sessions_revoked, deleted by key.
 *
 * @returns how many
 */
export async function deleteEnded(db: Kysely<Database>, before: Date, limit: number): Promise<number> {
  const idle = await findBefore(db, 'idle_expires_at', before, limit)
  const ids = idle.length > 0 ? idle : await findBefore(db, 'revoked_at', before, limit)
  if (ids.length > 0) await db.deleteFrom('sessions').where('id', 'in', ids).execute()
  return ids.length
}

async function findBefore(
  db: Kysely<Database>,
  end: 'idle_expires_at' | 'revoked_at',
  before: Date,
  limit: number
): Promise<Id[]> {
  const rows = await db.selectFrom('sessions').select('id').where(end, '<', before).orderBy(end).limit(limit).execute()
  return rows.map(row => row.id)
}
