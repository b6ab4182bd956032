import type { Kysely } from 'kysely'
import type { Database } from '../database.ts'
import type { Id } from '../ids.ts'

// Rows are found by an index and deleted by primary key: a sweeping DELETE would lock what it reads.

export async function findDeadSessions(db: Kysely<Database>, before: Date, limit: number): Promise<Id[]> {
  const idle = await db
    .selectFrom('sessions')
    .select('id')
    .where('idle_expires_at', '<', before)
    .orderBy('idle_expires_at')
    .limit(limit)
    .execute()
  if (idle.length > 0) return idle.map(row => row.id)
  const revoked = await db
    .selectFrom('sessions')
    .select('id')
    .where('revoked_at', '<', before)
    .orderBy('revoked_at')
    .limit(limit)
    .execute()
  return revoked.map(row => row.id)
}

export async function deleteSessions(db: Kysely<Database>, ids: Id[]): Promise<void> {
  await db.deleteFrom('sessions').where('id', 'in', ids).execute()
}

export async function findDeadTokens(db: Kysely<Database>, before: Date, limit: number): Promise<Buffer[]> {
  const rows = await db
    .selectFrom('one_time_tokens')
    .select('hash')
    .where('expires_at', '<', before)
    .orderBy('expires_at')
    .limit(limit)
    .execute()
  return rows.map(row => row.hash)
}

export async function deleteTokens(db: Kysely<Database>, hashes: Buffer[]): Promise<void> {
  await db.deleteFrom('one_time_tokens').where('hash', 'in', hashes).execute()
}

export async function findSentMail(db: Kysely<Database>, before: Date, limit: number): Promise<Id[]> {
  const rows = await db
    .selectFrom('outbox')
    .select('id')
    .where('sent_at', '<', before)
    .orderBy('sent_at')
    .limit(limit)
    .execute()
  return rows.map(row => row.id)
}

export async function deleteMail(db: Kysely<Database>, ids: Id[]): Promise<void> {
  await db.deleteFrom('outbox').where('id', 'in', ids).execute()
}

export async function findOldEvents(db: Kysely<Database>, before: Date, limit: number): Promise<Id[]> {
  const rows = await db
    .selectFrom('audit_events')
    .select('id')
    .where('at', '<', before)
    .orderBy('at')
    .limit(limit)
    .execute()
  return rows.map(row => row.id)
}

export async function deleteEvents(db: Kysely<Database>, ids: Id[]): Promise<void> {
  await db.deleteFrom('audit_events').where('id', 'in', ids).execute()
}
