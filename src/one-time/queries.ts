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

/** Uses up the tokens of an account for some purposes, all or those issued since. By one_time_tokens_account. */
export async function setUsedOfAccount(
  trx: Transaction<Database>,
  accountId: Id,
  now: Date,
  purposes: readonly Purpose[],
  since?: Date
): Promise<void> {
  let query = trx
    .updateTable('one_time_tokens')
    .set({ used_at: now })
    .where('account_id', '=', accountId)
    .where('used_at', 'is', null)
    .where('purpose', 'in', purposes)
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
  if (hashes.length > 0) await db.deleteFrom('one_time_tokens').where('hash', 'in', hashes).execute()
  return hashes.length
}
