import { type Kysely, sql } from 'kysely'
import type { Database } from '../database.ts'
import type { LimitCounterTable } from './table.ts'

/**
 * Adds its `count` to each counter that runs, and begins the others with it.
 *
 * @param counters sorted by id, so that no two statements wait for each other
 */
export async function increment(
  db: Kysely<Database>,
  counters: readonly LimitCounterTable[],
  now: Date
): Promise<void> {
  await db
    .insertInto('limit_counters')
    .values([...counters])
    // Left to right (all engines): the new count still sees the old end. values(): MariaDB knows no `as new`.
    .onDuplicateKeyUpdate({
      count: sql`if(until <= ${now}, values(count), limit_counters.count + values(count))`,
      until: sql`if(until <= ${now}, values(until), until)`
    })
    .execute()
}

/**
 * Takes back from each counter that runs.
 *
 * @param counts how much, by id; no counter falls below nothing
 */
export async function decrement(
  db: Kysely<Database>,
  counts: readonly Pick<LimitCounterTable, 'id' | 'count'>[],
  now: Date
): Promise<void> {
  const cases = counts.map(({ id, count }) => sql`when ${id} then ${count}`)
  await db
    .updateTable('limit_counters')
    .set({ count: sql`count - least(count, case id ${sql.join(cases, sql` `)} end)` })
    .where(
      'id',
      'in',
      counts.map(({ id }) => id)
    )
    .where('until', '>', now)
    .execute()
}

/** The counters of these ids that run. */
export async function findRunning(
  db: Kysely<Database>,
  ids: readonly Buffer[],
  now: Date
): Promise<LimitCounterTable[]> {
  return await db.selectFrom('limit_counters').selectAll().where('id', 'in', ids).where('until', '>', now).execute()
}

/**
 * Deletes up to `limit` counters that ended before `before`: found by limit_counters_until, deleted by key.
 *
 * @returns how many
 */
export async function deleteEnded(db: Kysely<Database>, before: Date, limit: number): Promise<number> {
  const rows = await db
    .selectFrom('limit_counters')
    .select('id')
    .where('until', '<', before)
    .orderBy('until')
    .limit(limit)
    .execute()
  const ids = rows.map(row => row.id)
  // Again by its end: a window may have begun meanwhile.
  if (ids.length > 0) await db.deleteFrom('limit_counters').where('id', 'in', ids).where('until', '<', before).execute()
  return ids.length
}
