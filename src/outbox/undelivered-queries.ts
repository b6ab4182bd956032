import type { Kysely, Transaction } from 'kysely'
import type { Database } from '../database.ts'
import type { Id } from '../ids.ts'
import type { OutboxMail, UndeliveredMail } from './table.ts'

const SHOWN = [
  'id',
  'recipient',
  'template',
  'locale',
  'attempts',
  'due_at',
  'created_at',
  'parked_at',
  'last_error'
] as const

/** Undelivered mail, the newest first, before the id `before`; without mail to nobody. By outbox_sent. */
export async function listAll(db: Kysely<Database>, limit: number, before?: Id): Promise<UndeliveredMail[]> {
  let query = undelivered(db).orderBy('id', 'desc').limit(limit)
  if (before) query = query.where('id', '<', before)
  return await query.execute()
}

/** Of that what waits for its next try. By outbox_waiting. */
export async function listWaiting(db: Kysely<Database>, limit: number, before?: Id): Promise<UndeliveredMail[]> {
  let query = undelivered(db).where('parked_at', 'is', null).orderBy('id', 'desc').limit(limit)
  if (before) query = query.where('id', '<', before)
  return await query.execute()
}

/** Of that what is parked, what was parked last first. By outbox_parked. */
export async function listParked(
  db: Kysely<Database>,
  limit: number,
  before?: { parkedAt: Date; id: Id }
): Promise<UndeliveredMail[]> {
  let query = undelivered(db).where('parked_at', 'is not', null)
  if (before) {
    const { parkedAt, id } = before
    query = query
      .where('parked_at', '<=', parkedAt)
      .where(eb => eb.or([eb('parked_at', '<', parkedAt), eb('id', '<', id)]))
  }
  return await query.orderBy('parked_at', 'desc').orderBy('id', 'desc').limit(limit).execute()
}

/** Mail to nobody (enqueueDecoy) is none that anybody waits for. */
function undelivered(db: Kysely<Database>) {
  return db.selectFrom('outbox').select(SHOWN).where('sent_at', 'is', null).where('recipient', '<>', '')
}

/** A mail, locked: no worker settles it, and nobody else tries it again, until the transaction ends. */
export async function lock(trx: Transaction<Database>, id: Id): Promise<OutboxMail | undefined> {
  return await trx.selectFrom('outbox').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()
}
