import type { Insertable, Kysely, Transaction } from 'kysely'
import type { Database } from '../database.ts'
import type { Id } from '../ids.ts'
import type { AuditEventTable } from './table.ts'

/** Writes events into the transaction of the act. */
export async function insert(trx: Transaction<Database>, events: Insertable<AuditEventTable>[]): Promise<void> {
  await trx.insertInto('audit_events').values(events).execute()
}

/**
 * Where an account's newest events of these kinds came from, since `since`. By audit_events_subject: ids are
 * time-ordered.
 *
 * @param since an id that was made at that time
 */
export async function findOrigins(
  db: Kysely<Database>,
  subjectId: Id,
  events: readonly string[],
  since: Id
): Promise<Pick<AuditEventTable, 'ip' | 'user_agent'>[]> {
  return await db
    .selectFrom('audit_events')
    .select(['ip', 'user_agent'])
    .where('subject_id', '=', subjectId)
    .where('id', '>=', since)
    .where('event', 'in', events)
    .orderBy('id', 'desc')
    .limit(10)
    .execute()
}

/**
 * Deletes up to `limit` events from before `before`: found by audit_events_at, deleted by key.
 *
 * @returns how many
 */
export async function deleteOld(db: Kysely<Database>, before: Date, limit: number): Promise<number> {
  const rows = await db
    .selectFrom('audit_events')
    .select('id')
    .where('at', '<', before)
    .orderBy('at')
    .limit(limit)
    .execute()
  const ids = rows.map(row => row.id)
  if (ids.length > 0) await db.deleteFrom('audit_events').where('id', 'in', ids).execute()
  return ids.length
}
