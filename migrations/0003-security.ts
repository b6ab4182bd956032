import { type Kysely, sql } from 'kysely'

// What sensitive changes, codes beside links, suspension, concurrent edits and the audit trail need.

// `if not exists` for columns and keys is MariaDB's alone: information_schema tells on every engine how far a killed run
// came.
const COLUMNS = [
  ['accounts', 'suspended_until', 'datetime(3) null'],
  ['accounts', 'suspended_reason', 'varchar(255) null'],
  ['accounts', 'version', 'int unsigned not null default 0'],
  ['sessions', 'authenticated_at', 'datetime(3) null'],
  ['sessions', 'authenticated_ip', "varchar(45) character set ascii collate ascii_bin not null default ''"],
  ['sessions', 'authenticated_agent', "varchar(255) not null default ''"],
  ['one_time_tokens', 'code', 'varbinary(36) null']
] as const

const KEYS = [
  ['accounts', 'accounts_verified', 'verified_at, id'],
  ['audit_events', 'audit_events_actor', 'actor_id, id'],
  ['audit_events', 'audit_events_event', 'event, id']
] as const

// biome-ignore lint/suspicious/noExplicitAny: a frozen migration must not follow today's types
export async function up(db: Kysely<any>): Promise<void> {
  for (const [table, column, type] of COLUMNS) {
    if (!(await hasColumn(db, table, column)))
      await sql`alter table ${sql.table(table)} add column ${sql.ref(column)} ${sql.raw(type)}`.execute(db)
  }
  for (const [table, key, columns] of KEYS) {
    if (!(await hasKey(db, table, key)))
      await sql`create index ${sql.ref(key)} on ${sql.table(table)} (${sql.raw(columns)})`.execute(db)
  }
  await sql`
    create table if not exists code_tries (
      account_id binary(16) not null primary key,
      tries tinyint unsigned not null,
      since datetime(3) not null,
      key code_tries_since (since)
    ) engine=InnoDB default character set utf8mb4 collate utf8mb4_unicode_ci`.execute(db)
}

// biome-ignore lint/suspicious/noExplicitAny: a frozen migration must not follow today's types
export async function down(db: Kysely<any>): Promise<void> {
  await db.schema.dropTable('code_tries').ifExists().execute()
  for (const [table, key] of KEYS) {
    if (await hasKey(db, table, key)) await sql`drop index ${sql.ref(key)} on ${sql.table(table)}`.execute(db)
  }
  for (const [table, column] of COLUMNS) {
    if (await hasColumn(db, table, column))
      await sql`alter table ${sql.table(table)} drop column ${sql.ref(column)}`.execute(db)
  }
}

// biome-ignore lint/suspicious/noExplicitAny: a frozen migration must not follow today's types
async function hasColumn(db: Kysely<any>, table: string, column: string): Promise<boolean> {
  const { rows } = await sql`select 1 from information_schema.columns
    where table_schema = database() and table_name = ${table} and column_name = ${column}`.execute(db)
  return rows.length > 0
}

// biome-ignore lint/suspicious/noExplicitAny: a frozen migration must not follow today's types
async function hasKey(db: Kysely<any>, table: string, key: string): Promise<boolean> {
  const { rows } = await sql`select 1 from information_schema.statistics
    where table_schema = database() and table_name = ${table} and index_name = ${key}`.execute(db)
  return rows.length > 0
}
