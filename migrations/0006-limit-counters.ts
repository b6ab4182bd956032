import { type Kysely, sql } from 'kysely'

// Counters of rate limits, where several instances share them without Redis (docs/limits.md). `count` is signed: what
// is taken back is subtracted, and an unsigned 0 - 1 is an error.

// biome-ignore lint/suspicious/noExplicitAny: a frozen migration must not follow today's types
export async function up(db: Kysely<any>): Promise<void> {
  await sql`
    create table if not exists limit_counters (
      id binary(16) not null primary key,
      count int not null,
      until datetime(3) not null,
      key limit_counters_until (until)
    ) engine=InnoDB default character set utf8mb4 collate utf8mb4_unicode_ci`.execute(db)
}

// biome-ignore lint/suspicious/noExplicitAny: a frozen migration must not follow today's types
export async function down(db: Kysely<any>): Promise<void> {
  await db.schema.dropTable('limit_counters').ifExists().execute()
}
