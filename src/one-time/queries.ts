import type { Insertable, Kysely, Transaction } from 'kysely'
import type { Database } from '../database.ts'
import type { Id } from '../ids.ts'
import type { OneTimeToken, OneTimeTokenTable } from './table.ts'

export async function insert(trx: Transaction<Database>, token: Insertable<OneTimeTokenTable>): Promise<void> {
  await trx.insertInto('one_time_tokens').values(token).execute()
}

export async function find(db: Kysely<Database>, hash: Buffer): Promise<OneTimeToken | undefined> {
  return await db.selectFrom('one_time_tokens').selectAll().where('hash', '=', hash).executeTakeFirst()
}

/** Single use is guarded here, in the WHERE clause: of parallel uses one changes the row. */
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

export async function setUsedOfAccount(trx: Transaction<Database>, accountId: Id, now: Date): Promise<void> {
  await trx
    .updateTable('one_time_tokens')
    .set({ used_at: now })
    .where('account_id', '=', accountId)
    .where('used_at', 'is', null)
    .execute()
}

export async function deleteOfAccount(trx: Transaction<Database>, accountId: Id): Promise<void> {
  await trx.deleteFrom('one_time_tokens').where('account_id', '=', accountId).execute()
}
