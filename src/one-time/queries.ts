import type { Insertable, Kysely, Transaction } from 'kysely'
import type { Database } from '../database.ts'
import type { Id } from '../ids.ts'
import type { OneTimeToken, OneTimeTokenTable, Purpose } from './table.ts'

/** Writes a token into the transaction of the act. */
export async function insert(trx: Transaction<Database>, token: Insertable<OneTimeTokenTable>): Promise<void> {
  await trx.insertInto('one_time_tokens').values(token).execute()
}

/** A token by what was presented, used and expired ones, too. */
export async function find(db: Kysely<Database>, hash: Buffer): Promise<OneTimeToken | undefined> {
  return await db.selectFrom('one_time_tokens').selectAll().where('hash', '=', hash).executeTakeFirst()
}

/** The newest tokens of an address that nobody has used, expired ones, too. By one_time_tokens_email. */
export async function findUnused(
  db: Kysely<Database>,
  address: Buffer,
  purposes: readonly Purpose[],
  limit: number
): Promise<OneTimeToken[]> {
  return await db
    .selectFrom('one_time_tokens')
    .selectAll()
    .where('email_canonical', '=', address)
    .where('used_at', 'is', null)
    .where('purpose', 'in', purposes)
    .orderBy('created_at', 'desc')
    .limit(limit)
    .execute()
}

/** The password hash that is remembered under a stand-in id. By one_time_tokens_account. */
export async function findRefusedHash(db: Kysely<Database>, accountId: Id): Promise<string | null> {
  const row = await db
    .selectFrom('one_time_tokens')
    .select('password_hash')
    .where('account_id', '=', accountId)
    .where('used_at', 'is not', null)
    .orderBy('used_at', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row?.password_hash ?? null
}

/** Moves the end of what is remembered under a stand-in id. By one_time_tokens_account. */
export async function prolongRefused(trx: Transaction<Database>, accountId: Id, expiresAt: Date): Promise<void> {
  await trx
    .updateTable('one_time_tokens')
    .set({ expires_at: expiresAt })
    .where('account_id', '=', accountId)
    .where('used_at', 'is not', null)
    .execute()
}

/**
 * Single use is guarded here, in the WHERE clause: of parallel uses one changes the row.
 *
 * @returns whether this one did
 */
export async function setUsed(trx: Transaction<Database>, hash: Buffer, now: Date): Promise<boolean> {
  const { numUpdatedRows } = await trx
    .updateTable('one_time_tokens')
    .set({ used_at: now })
    .where('hash', '=', hash)
    .where('used_at', 'is', null)
    .where('expires_at', '>', now)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

/** Deletes the unused tokens of an account for one purpose. By one_time_tokens_account. */
export async function deleteUnused(trx: Transaction<Database>, accountId: Id, purpose: Purpose): Promise<void> {
  await trx
    .deleteFrom('one_time_tokens')
    .where('account_id', '=', accountId)
    .where('used_at', 'is', null)
    .where('purpose', '=', purpose)
    .execute()
}

/** Deletes the unused wishes for another address that these sessions made. By one_time_tokens_account. */
export async function deleteWishes(
  trx: Transaction<Database>,
  accountId: Id,
  sessionIds: readonly Id[]
): Promise<void> {
  await trx
    .deleteFrom('one_time_tokens')
    .where('account_id', '=', accountId)
    .where('used_at', 'is', null)
    .where('purpose', '=', 'change-email')
    .where('session_id', 'in', sessionIds)
    .execute()
}

/**
 * Deletes the tokens of an account for some purposes, used ones, too: all or those issued since, but for one. By
 * one_time_tokens_account.
 */
export async function deleteOthers(
  trx: Transaction<Database>,
  accountId: Id,
  purposes: readonly Purpose[],
  { spared, since }: { spared?: Buffer | undefined; since?: Date } = {}
): Promise<void> {
  let query = trx.deleteFrom('one_time_tokens').where('account_id', '=', accountId).where('purpose', 'in', purposes)
  if (spared) query = query.where('hash', '!=', spared)
  if (since) query = query.where('created_at', '>=', since)
  await query.execute()
}

/** Whether an account has a token that was issued after `since`, or that has not expired. By one_time_tokens_account. */
export async function hasRecent(trx: Transaction<Database>, accountId: Id, since: Date, now: Date): Promise<boolean> {
  const row = await trx
    .selectFrom('one_time_tokens')
    .select('hash')
    .where('account_id', '=', accountId)
    .where(eb => eb.or([eb('created_at', '>', since), eb('expires_at', '>', now)]))
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}

/** Deletes every token of an account, with the account. */
export async function deleteOfAccount(trx: Transaction<Database>, accountId: Id): Promise<void> {
  await trx.deleteFrom('one_time_tokens').where('account_id', '=', accountId).execute()
}

/**
 * Deletes up to `limit` tokens that expired before `before`: found by one_time_tokens_expiry, deleted by key.
 *
 * @returns how many
 */
export async function deleteExpired(db: Kysely<Database>, before: Date, limit: number): Promise<number> {
  const rows = await db
    .selectFrom('one_time_tokens')
    .select('hash')
    .where('expires_at', '<', before)
    .orderBy('expires_at')
    .limit(limit)
    .execute()
  const hashes = rows.map(row => row.hash)
  if (hashes.length === 0) return 0
  // Looked at again: one may have been prolonged meanwhile.
  await db.deleteFrom('one_time_tokens').where('hash', 'in', hashes).where('expires_at', '<', before).execute()
  return hashes.length
}

/** The oldest link of an account that could bring an address back now. By one_time_tokens_account. */
export async function findUndo(
  trx: Transaction<Database>,
  accountId: Id,
  address: Buffer,
  now: Date
): Promise<OneTimeToken | undefined> {
  return await trx
    .selectFrom('one_time_tokens')
    .selectAll()
    .where('account_id', '=', accountId)
    .where('purpose', '=', 'undo-email-change')
    .where('email_canonical', '=', address)
    .where('used_at', 'is', null)
    .where('expires_at', '>', now)
    .orderBy('created_at')
    .limit(1)
    .executeTakeFirst()
}
