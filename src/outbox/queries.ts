import type { Insertable, Kysely, Transaction } from 'kysely'
import type { Database } from '../database.ts'
import type { Id } from '../ids.ts'
import type { OutboxMail, OutboxTable } from './table.ts'

/** Writes a mail into the transaction of the act. */
export async function insert(trx: Transaction<Database>, mail: Insertable<OutboxTable>): Promise<void> {
  await trx.insertInto('outbox').values(mail).execute()
}

/** Mail whose time has come, the longest due first; what a dead worker had claimed among it. By outbox_due. */
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

/** Prolongs a claim until `until`. @returns false when it is no longer this owner's */
export async function prolong(db: Kysely<Database>, id: Id, owner: Id, until: Date): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('outbox')
    .set({ due_at: until })
    .where('id', '=', id)
    .where('owner', '=', owner)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

/** Notes that a mail has arrived: it has, whoever holds the claim meanwhile, and nobody is to try again. */
export async function setSent(db: Kysely<Database>, id: Id, now: Date): Promise<void> {
  await db
    .updateTable('outbox')
    .set({ sent_at: now, due_at: null, parked_at: null, owner: null, secret: null, last_error: null })
    .where('id', '=', id)
    .where('sent_at', 'is', null)
    .execute()
}

/** Lets a mail go until `dueAt`, if the claim is still this owner's. */
export async function setRetry(db: Kysely<Database>, id: Id, owner: Id, dueAt: Date, error: string): Promise<void> {
  await giveUp(db, id, owner, { due_at: dueAt, last_error: error })
}

/** Gives a mail up until somebody unparks it, if the claim is still this owner's. */
export async function setParked(db: Kysely<Database>, id: Id, owner: Id, now: Date, error: string): Promise<void> {
  await giveUp(db, id, owner, { parked_at: now, due_at: null, last_error: error })
}

/** Only the claim's owner may say that it failed: a lease that ran out belongs to somebody else. */
async function giveUp(db: Kysely<Database>, id: Id, owner: Id, outcome: Partial<OutboxMail>): Promise<void> {
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

/** Parked mail, oldest first. By outbox_parked. */
export async function findParked(db: Kysely<Database>, limit: number): Promise<Id[]> {
  const rows = await db
    .selectFrom('outbox')
    .select('id')
    .where('parked_at', 'is not', null)
    .orderBy('parked_at')
    .limit(limit)
    .execute()
  return rows.map(row => row.id)
}

/** Makes a parked mail due again. @returns false when there is no such parked mail */
export async function unpark(db: Kysely<Database>, id: Id, now: Date): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('outbox')
    .set({ due_at: now, parked_at: null, attempts: 0 })
    .where('id', '=', id)
    .where('parked_at', 'is not', null)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

/** How many mails wait for delivery. By outbox_due. */
export async function countWaiting(db: Kysely<Database>): Promise<number> {
  const { count } = await db
    .selectFrom('outbox')
    .select(eb => eb.fn.countAll().as('count'))
    .where('due_at', 'is not', null)
    .executeTakeFirstOrThrow()
  return Number(count)
}

/**
 * Deletes up to `limit` mails that were parked before `before`: found by outbox_parked, deleted by key, unless somebody
 * has just made them due again.
 *
 * @returns how many were found
 */
export async function deleteParked(db: Kysely<Database>, before: Date, limit: number): Promise<number> {
  const rows = await db
    .selectFrom('outbox')
    .select('id')
    .where('parked_at', '<', before)
    .orderBy('parked_at')
    .limit(limit)
    .execute()
  const ids = rows.map(row => row.id)
  if (ids.length > 0) await db.deleteFrom('outbox').where('id', 'in', ids).where('parked_at', '<', before).execute()
  return ids.length
}

/**
 * Deletes up to `limit` mails that were sent before `before`: found by outbox_sent, deleted by key.
 *
 * @returns how many
 */
export async function deleteSent(db: Kysely<Database>, before: Date, limit: number): Promise<number> {
  const rows = await db
    .selectFrom('outbox')
    .select('id')
    .where('sent_at', '<', before)
    .orderBy('sent_at')
    .limit(limit)
    .execute()
  const ids = rows.map(row => row.id)
  if (ids.length > 0) await db.deleteFrom('outbox').where('id', 'in', ids).execute()
  return ids.length
}
