import { type Kysely, sql, type Transaction } from 'kysely'
import type { Database } from '../database.ts'
import type { Id } from '../ids.ts'

/** Makes room to count the tries of these ids; those that are counted stay as they are. */
export async function insertTries(trx: Transaction<Database>, ids: readonly Id[], now: Date): Promise<void> {
  await trx
    .insertInto('code_tries')
    .values(ids.map(id => ({ account_id: id, tries: 0, since: now })))
    .onDuplicateKeyUpdate({ tries: sql`tries` })
    .execute()
}

/**
 * Burns a try of each id that has one left; a window that began before `cutoff` is over. The limit is guarded here, in
 * the WHERE clause, so that of parallel tries no more than `most` get one.
 *
 * @returns how many ids had one
 */
export async function burnTry(
  trx: Transaction<Database>,
  ids: readonly Id[],
  { now, cutoff, most }: { now: Date; cutoff: Date; most: number }
): Promise<number> {
  const { numUpdatedRows } = await trx
    .updateTable('code_tries')
    .set({
      tries: sql`if(since <= ${cutoff}, 1, tries + 1)`, // before since, for MySQL assigns from left to right
      since: sql`if(since <= ${cutoff}, ${now}, since)`
    })
    .where('account_id', 'in', ids)
    .where(eb => eb.or([eb('tries', '<', most), eb('since', '<=', cutoff)]))
    .executeTakeFirst()
  return Number(numUpdatedRows)
}

/** Gives the tries of these ids back. */
export async function deleteTries(trx: Transaction<Database>, ids: readonly Id[]): Promise<void> {
  await trx.deleteFrom('code_tries').where('account_id', 'in', ids).execute()
}

/**
 * Deletes up to `limit` counts of tries from before `before`: found by code_tries_since, deleted by key.
 *
 * @returns how many
 */
export async function deleteOldTries(db: Kysely<Database>, before: Date, limit: number): Promise<number> {
  const rows = await db
    .selectFrom('code_tries')
    .select('account_id')
    .where('since', '<', before)
    .orderBy('since')
    .limit(limit)
    .execute()
  const ids = rows.map(row => row.account_id)
  if (ids.length > 0) await db.deleteFrom('code_tries').where('account_id', 'in', ids).execute()
  return ids.length
}
