import { type ExpressionBuilder, type Insertable, type Kysely, sql, type Transaction } from 'kysely'
import type { Database } from '../database.ts'
import type { Id } from '../ids.ts'
import type { Account, AccountTable, Role } from './table.ts'

/** One account. */
export async function findById(db: Kysely<Database>, id: Id): Promise<Account | undefined> {
  return await db.selectFrom('accounts').selectAll().where('id', '=', id).executeTakeFirst()
}

/** The account with this address, by its canonical form. */
export async function findByEmail(db: Kysely<Database>, canonical: Buffer): Promise<Account | undefined> {
  return await db.selectFrom('accounts').selectAll().where('email_canonical', '=', canonical).executeTakeFirst()
}

/** The same, for the rest of the transaction. */
export async function lockByEmail(trx: Transaction<Database>, canonical: Buffer): Promise<Account | undefined> {
  return await trx
    .selectFrom('accounts')
    .selectAll()
    .where('email_canonical', '=', canonical)
    .forUpdate()
    .executeTakeFirst()
}

/** The row for the rest of the transaction, so that two changes of one account follow each other. */
export async function lockById(trx: Transaction<Database>, id: Id): Promise<Account | undefined> {
  return await trx.selectFrom('accounts').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()
}

/** A new account. A taken address is a duplicate key. */
export async function insert(trx: Transaction<Database>, account: Insertable<AccountTable>): Promise<void> {
  await trx.insertInto('accounts').values(account).execute()
}

/** Does the work of `insert` for an address that is taken, and changes nothing: what is answered alike must take alike. */
export async function insertTaken(trx: Transaction<Database>, account: Insertable<AccountTable>): Promise<void> {
  await trx
    .insertInto('accounts')
    .values(account)
    .onDuplicateKeyUpdate({ version: sql.ref('version') })
    .execute()
}

/**
 * Sets columns of an account, which the transaction has locked, and counts its version: here, so that no writer
 * forgets. A taken address is a duplicate key.
 */
export async function update(
  trx: Transaction<Database>,
  id: Id,
  changes: Partial<Omit<Insertable<AccountTable>, 'id' | 'version'>>
): Promise<void> {
  await trx
    .updateTable('accounts')
    .set(eb => ({ ...changes, version: eb('version', '+', 1) }))
    .where('id', '=', id)
    .execute()
}

/**
 * Notes a login, and the hash anew where there is a better one: unless the account was deleted or suspended or got
 * another password since `passwordHash` was read. A write, because it must meet a password reset on another node. It
 * leaves the version alone: a login is no change that an Admin's edit could undo.
 *
 * @returns whether it was noted
 */
export async function recordLogin(
  trx: Transaction<Database>,
  { id, passwordHash }: { id: Id; passwordHash: string },
  login: { last_login_at: Date; password_hash: string }
): Promise<boolean> {
  const { numUpdatedRows } = await trx
    .updateTable('accounts')
    .set(login)
    .where('id', '=', id)
    .where('password_hash', '=', passwordHash)
    .where(isNotSuspended(login.last_login_at))
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

/** isSuspended() of standing.ts the other way round, for a WHERE clause. */
function isNotSuspended(now: Date) {
  return (eb: ExpressionBuilder<Database, 'accounts'>) =>
    eb.or([eb('suspended_at', 'is', null), eb('suspended_until', '<=', now)])
}

/** Accounts that are not verified, older than the id `before`, in order of creation. By accounts_verified. */
export async function findUnverified(
  db: Kysely<Database>,
  before: Id,
  after: Id | undefined,
  limit: number
): Promise<Id[]> {
  let query = db.selectFrom('accounts').select('id').where('verified_at', 'is', null).where('id', '<', before)
  if (after) query = query.where('id', '>', after)
  const rows = await query.orderBy('id').limit(limit).execute()
  return rows.map(row => row.id)
}

/** Deletes an account; what belongs to it goes before, room by room. */
export async function remove(trx: Transaction<Database>, id: Id): Promise<void> {
  await trx.deleteFrom('accounts').where('id', '=', id).execute()
}

/** What narrows a page. */
export interface ListOptions {
  limit: number
  role: Role | undefined
}

/** Accounts in order of creation, after the id `after`. */
export async function list(
  db: Kysely<Database>,
  { limit, role }: ListOptions,
  after: Id | undefined
): Promise<Account[]> {
  let query = db.selectFrom('accounts').selectAll().orderBy('id').limit(limit)
  if (role) query = query.where('role', '=', role)
  if (after) query = query.where('id', '>', after)
  return await query.execute()
}

/** Accounts whose canonical address begins with `prefix`, in its order. */
export async function listByEmail(
  db: Kysely<Database>,
  { limit, role }: ListOptions,
  prefix: Buffer,
  after: Buffer | undefined
): Promise<Account[]> {
  let query = db.selectFrom('accounts').selectAll().orderBy('email_canonical').limit(limit)
  // A range rather than LIKE: canonical addresses are ASCII, so 0x7f comes after all of them.
  query = query.where('email_canonical', '<', Buffer.concat([prefix, Buffer.from([0x7f])]))
  query = after ? query.where('email_canonical', '>', after) : query.where('email_canonical', '>=', prefix)
  if (role) query = query.where('role', '=', role)
  return await query.execute()
}

/** Accounts whose last name begins with `prefix` as people read it, without those that listByEmail finds. */
export async function listByLastName(
  db: Kysely<Database>,
  { limit, role }: ListOptions,
  prefix: string,
  notEmail: Buffer | undefined,
  after: { lastName: string; id: Id } | undefined
): Promise<Account[]> {
  let query = db.selectFrom('accounts').selectAll().orderBy('last_name').orderBy('id').limit(limit)
  query = query.where('last_name', 'like', `${prefix.replace(/[\\%_]/g, '\\$&')}%`)
  if (role) query = query.where('role', '=', role)
  if (notEmail) query = query.where(sql<boolean>`left(email_canonical, ${notEmail.length}) <> ${notEmail}`)
  if (after) {
    // Two ranges of the index: who has the same name, and who comes after.
    query = query.where(eb =>
      eb.or([
        eb.and([eb('last_name', '=', after.lastName), eb('id', '>', after.id)]),
        eb('last_name', '>', after.lastName)
      ])
    )
  }
  return await query.execute()
}

/** Password hashes in order of primary key, after the id `after`. */
export async function findPasswordHashes(
  db: Kysely<Database>,
  limit: number,
  after: Id | undefined
): Promise<{ id: Id; password_hash: string }[]> {
  let query = db.selectFrom('accounts').select(['id', 'password_hash']).where('password_hash', 'is not', null)
  if (after) query = query.where('id', '>', after)
  return await query.orderBy('id').limit(limit).$narrowType<{ password_hash: string }>().execute()
}

/** Every Admin's standing. By accounts_role. */
export async function findAdmins(
  trx: Transaction<Database>
): Promise<Pick<Account, 'id' | 'verified_at' | 'suspended_at' | 'suspended_until'>[]> {
  return await trx
    .selectFrom('accounts')
    .select(['id', 'verified_at', 'suspended_at', 'suspended_until'])
    .where('role', '=', 'Admin')
    .execute()
}
