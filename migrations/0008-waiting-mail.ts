import { type Kysely, sql } from 'kysely'

// Admins page through the mail that waits, newest first: without this, past all that is parked.

// biome-ignore lint/suspicious/noExplicitAny: a frozen migration must not follow today's types
export async function up(db: Kysely<any>): Promise<void> {
  if (await hasKey(db)) return
  await sql`create index outbox_waiting on outbox (sent_at, parked_at, id)`.execute(db)
}

// biome-ignore lint/suspicious/noExplicitAny: a frozen migration must not follow today's types
export async function down(db: Kysely<any>): Promise<void> {
  if (await hasKey(db)) await sql`drop index outbox_waiting on outbox`.execute(db)
}

// biome-ignore lint/suspicious/noExplicitAny: a frozen migration must not follow today's types
async function hasKey(db: Kysely<any>): Promise<boolean> {
  const { rows } = await sql`select 1 from information_schema.statistics
    where table_schema = database() and table_name = 'outbox' and index_name = 'outbox_waiting'`.execute(db)
  return rows.length > 0
}
