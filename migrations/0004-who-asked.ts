import { type Kysely, sql } from 'kysely'

// The session that asked for another address goes on when the link to it is used, by whomever: the link must know it.

// biome-ignore lint/suspicious/noExplicitAny: a frozen migration must not follow today's types
export async function up(db: Kysely<any>): Promise<void> {
  if (!(await hasColumn(db))) await sql`alter table one_time_tokens add column session_id binary(16) null`.execute(db)
}

// biome-ignore lint/suspicious/noExplicitAny: a frozen migration must not follow today's types
export async function down(db: Kysely<any>): Promise<void> {
  if (await hasColumn(db)) await sql`alter table one_time_tokens drop column session_id`.execute(db)
}

// biome-ignore lint/suspicious/noExplicitAny: a frozen migration must not follow today's types
async function hasColumn(db: Kysely<any>): Promise<boolean> {
  const { rows } = await sql`select 1 from information_schema.columns
    where table_schema = database() and table_name = 'one_time_tokens' and column_name = 'session_id'`.execute(db)
  return rows.length > 0
}
