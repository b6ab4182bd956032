import { type Kysely, sql } from 'kysely'

// An Admin's account counts as verified without proof: whoever reads the mail of an address that he mistyped must not be
// able to bring it back. Addresses that were verified before this migration stay unproven until a mail of theirs is used.

// biome-ignore lint/suspicious/noExplicitAny: a frozen migration must not follow today's types
export async function up(db: Kysely<any>): Promise<void> {
  if (await hasColumn(db)) return
  await sql`alter table accounts add column address_proven_at datetime(3) null`.execute(db)
}

// biome-ignore lint/suspicious/noExplicitAny: a frozen migration must not follow today's types
export async function down(db: Kysely<any>): Promise<void> {
  if (await hasColumn(db)) await sql`alter table accounts drop column address_proven_at`.execute(db)
}

// biome-ignore lint/suspicious/noExplicitAny: a frozen migration must not follow today's types
async function hasColumn(db: Kysely<any>): Promise<boolean> {
  const { rows } = await sql`select 1 from information_schema.columns
    where table_schema = database() and table_name = 'accounts' and column_name = 'address_proven_at'`.execute(db)
  return rows.length > 0
}
