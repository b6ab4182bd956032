import type { Insertable, Kysely, Transaction } from 'kysely'
import type { Database } from '../database.ts'
import type { Id } from '../ids.ts'
import type { AuditEvent, AuditEventTable, Event } from './table.ts'

/** Writes events into the transaction of the act. */
export async function insert(trx: Transaction<Database>, events: Insertable<AuditEventTable>[]): Promise<void> {
  await trx.insertInto('audit_events').values(events).execute()
}

/**
 * Where those of an account's `limit` newest events came from that are of these kinds, since `since`. By
 * audit_events_subject: ids are time-ordered.
 *
 * @param since an id that was made at that time
 */
export async function findOrigins(
  db: Kysely<Database>,
  subjectId: Id,
  { events, since, limit }: { events: readonly AuditEvent[]; since: Id; limit: number }
): Promise<Pick<AuditEventTable, 'ip' | 'user_agent'>[]> {
  const newest = db
    .selectFrom('audit_events')
    .select(['id', 'event', 'ip', 'user_agent'])
    .where('subject_id', '=', subjectId)
    .where('id', '>=', since)
    .orderBy('id', 'desc')
    .limit(limit)
  return await db
    .selectFrom(newest.as('newest'))
    .select(['ip', 'user_agent'])
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

/** What narrows the trail; the ids are bounds of time, for an id begins with its time. */
export interface EventFilter {
  event?: AuditEvent | undefined
  actorId?: Id | undefined
  subjectId?: Id | undefined
  /** This one, or later ones. */
  from?: Id | undefined
  /** Earlier ones only. */
  before?: Id | undefined
  limit: number
}

/** Events, newest first. By audit_events_event, audit_events_actor or audit_events_subject, whichever is narrowest. */
export async function list(
  db: Kysely<Database>,
  { event, actorId, subjectId, from, before, limit }: EventFilter
): Promise<Event[]> {
  let query = db.selectFrom('audit_events').selectAll().orderBy('id', 'desc').limit(limit)
  if (event) query = query.where('event', '=', event)
  if (actorId) query = query.where('actor_id', '=', actorId)
  if (subjectId) query = query.where('subject_id', '=', subjectId)
  if (from) query = query.where('id', '>=', from)
  if (before) query = query.where('id', '<', before)
  return await query.execute()
}
