import type { Insertable, Kysely, Transaction } from 'kysely'
import type { Database } from '../database.ts'
import type { Id } from '../ids.ts'
import type { OutboxMail, OutboxTable } from './table.ts'

export async function insert(trx: Transaction<Database>, mail: Insertable<OutboxTable>): Promise<void> {
  await trx.insertInto('outbox').values(mail).execute()
}

export async function findDue(db: Kysely<Database>, now: Date, limit: number): Promise<OutboxMail[]> {
  return await db.selectFrom('outbox').selectAll().where('due_at', '<=', now).orderBy('due_at').limit(limit).execute()
}

/** Claims a mail that is due until `until`: of several workers one changes the row. */
export async function claim(db: Kysely<Database>, id: Id, seen: Date, owner: Id, until: Date): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('outbox')
    .set(eb => ({ owner, due_at: until, attempts: eb('attempts', '+', 1) }))
    .where('id', '=', id)
    .where('due_at', '=', seen)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

export async function setSent(db: Kysely<Database>, id: Id, owner: Id, now: Date): Promise<void> {
  await setOutcome(db, id, owner, { sent_at: now, due_at: null, secret: null, last_error: null })
}

export async function setRetry(db: Kysely<Database>, id: Id, owner: Id, dueAt: Date, error: string): Promise<void> {
  await setOutcome(db, id, owner, { due_at: dueAt, last_error: error })
}

export async function setParked(db: Kysely<Database>, id: Id, owner: Id, now: Date, error: string): Promise<void> {
  await setOutcome(db, id, owner, { parked_at: now, due_at: null, last_error: error })
}

/** Only the claim's owner may settle it: a lease that ran out belongs to somebody else. */
async function setOutcome(db: Kysely<Database>, id: Id, owner: Id, outcome: Partial<OutboxMail>): Promise<void> {
  await db
    .updateTable('outbox')
    .set({ ...outcome, owner: null })
    .where('id', '=', id)
    .where('owner', '=', owner)
    .execute()
}

/** Undelivered mail, oldest first: waiting and parked. */
export async function findUndelivered(db: Kysely<Database>, limit: number): Promise<OutboxMail[]> {
  return await db.selectFrom('outbox').selectAll().where('sent_at', 'is', null).orderBy('id').limit(limit).execute()
}

/** Makes a parked mail due again. */
export async function unpark(db: Kysely<Database>, id: Id, now: Date): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('outbox')
    .set({ due_at: now, parked_at: null, attempts: 0 })
    .where('id', '=', id)
    .where('parked_at', 'is not', null)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

export async function countWaiting(db: Kysely<Database>): Promise<number> {
  const { count } = await db
    .selectFrom('outbox')
    .select(eb => eb.fn.countAll().as('count'))
    .where('due_at', 'is not', null)
    .executeTakeFirstOrThrow()
  return Number(count)
}
