import { type Kysely, sql } from 'kysely'

// Whoever types a code names an address, not an account: that of a change which waits belongs to no account yet.

// `if not exists` for columns and keys is MariaDB's alone: information_schema tells on every engine how far a killed run
// came.

// biome-ignore lint/suspicious/noExplicitAny: a frozen migration must not follow today's types
export async function up(db: Kysely<any>): Promise<void> {
  if (!(await hasColumn(db)))
    await sql`alter table one_time_tokens add column email_canonical varbinary(254) null`.execute(db)
  if (!(await hasKey(db)))
    await sql`create index one_time_tokens_email on one_time_tokens (email_canonical, used_at, created_at)`.execute(db)
}

// biome-ignore lint/suspicious/noExplicitAny: a frozen migration must not follow today's types
export async function down(db: Kysely<any>): Promise<void> {
  if (await hasKey(db)) await sql`drop index one_time_tokens_email on one_time_tokens`.execute(db)
  if (await hasColumn(db)) await sql`alter table one_time_tokens drop column email_canonical`.execute(db)
}

// biome-ignore lint/suspicious/noExplicitAny: a frozen migration must not follow today's types
async function hasColumn(db: Kysely<any>): Promise<boolean> {
  const { rows } = await sql`select 1 from information_schema.columns
    where table_schema = database() and table_name = 'one_time_tokens' and column_name = 'email_canonical'`.execute(db)
  return rows.length > 0
}

// biome-ignore lint/suspicious/noExplicitAny: a frozen migration must not follow today's types
async function hasKey(db: Kysely<any>): Promise<boolean> {
  const { rows } = await sql`select 1 from information_schema.statistics
    where table_schema = database() and table_name = 'one_time_tokens' and index_name = 'one_time_tokens_email'`.execute(
    db
  )
  return rows.length > 0
}
