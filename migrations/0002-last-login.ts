import { type Kysely, sql } from 'kysely'

// A login writes its account's row: a locking read leaves no trace that certification on a Galera cluster could see,
// and a password reset on another node would miss the session that an old password is just starting.

// `add column if not exists` is MariaDB's alone: information_schema tells on every engine whether a killed run came
// this far.

// biome-ignore lint/suspicious/noExplicitAny: a frozen migration must not follow today's types
export async function up(db: Kysely<any>): Promise<void> {
  if (!(await hasColumn(db))) await sql`alter table accounts add column last_login_at datetime(3) null`.execute(db)
}

// biome-ignore lint/suspicious/noExplicitAny: a frozen migration must not follow today's types
export async function down(db: Kysely<any>): Promise<void> {
  if (await hasColumn(db)) await sql`alter table accounts drop column last_login_at`.execute(db)
}

// biome-ignore lint/suspicious/noExplicitAny: a frozen migration must not follow today's types
async function hasColumn(db: Kysely<any>): Promise<boolean> {
  const { rows } = await sql`select 1 from information_schema.columns
    where table_schema = database() and table_name = 'accounts' and column_name = 'last_login_at'`.execute(db)
  return rows.length > 0
}
