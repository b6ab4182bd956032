import { type Insertable, type Kysely, type RawBuilder, type SqlBool, sql, type Transaction } from 'kysely'
import type { Account } from '../accounts/table.ts'
import type { Database } from '../database.ts'
import type { Id } from '../ids.ts'
import { readFresh } from '../mysql/fresh.ts'
import type { Session, SessionTable } from './table.ts'

/** A session with its account: what the guard and a refresh read, by one primary key. */
export interface LiveSession {
  account: Account
  session: Session
}

/** The one join between rooms: the guard sees role, suspension and revocation in one query. */
export async function find(db: Kysely<Database>, id: Id): Promise<LiveSession | undefined> {
  const row = await db
    .selectFrom('sessions')
    .innerJoin('accounts', 'accounts.id', 'sessions.account_id')
    .selectAll('accounts')
    .select(['sessions.id as session_id', 'sessions.created_at as session_created_at'])
    .select(['account_id', 'transport', 'secret', 'generation', 'parent', 'used', 'reissues', 'moved_at'])
    .select(['last_used_at', 'idle_expires_at', 'expires_at', 'revoked_at', 'ip', 'user_agent'])
    .select(['authenticated_at', 'authenticated_ip', 'authenticated_agent'])
    .where('sessions.id', '=', id)
    .executeTakeFirst()
  return row && apart(row)
}

/** A joined row as what it is made of; both tables have an `id` and a `created_at`. */
function apart({
  session_id,
  session_created_at,
  account_id,
  transport,
  secret,
  generation,
  parent,
  used,
  reissues,
  moved_at,
  last_used_at,
  idle_expires_at,
  expires_at,
  revoked_at,
  ip,
  user_agent,
  authenticated_at,
  authenticated_ip,
  authenticated_agent,
  ...account
}: Account & Omit<Session, 'id' | 'created_at'> & { session_id: Id; session_created_at: Date }): LiveSession {
  const line = { transport, secret, generation, parent, used, reissues, moved_at }
  const life = { created_at: session_created_at, last_used_at, idle_expires_at, expires_at, revoked_at }
  const proof = { authenticated_at, authenticated_ip, authenticated_agent }
  return { account, session: { id: session_id, account_id, ...line, ...life, ...proof, ip, user_agent } }
}

/** The same from the newest state of a cluster. */
export async function findFresh(db: Kysely<Database>, id: Id): Promise<LiveSession | undefined> {
  return await readFresh(db, fresh => find(fresh, id))
}

/** Begins a session, in the transaction of the login. */
export async function insert(trx: Transaction<Database>, session: Insertable<SessionTable>): Promise<void> {
  await trx.insertInto('sessions').values(session).execute()
}

/**
 * Whether an account has a session, live or ended and not yet deleted, from this agent in this network. By
 * sessions_account.
 *
 * @param network leading bytes of an address, see src/limits/network.ts
 */
export async function existsFrom(
  db: Kysely<Database>,
  accountId: Id,
  { userAgent, network }: { userAgent: string; network: Buffer }
): Promise<boolean> {
  const row = await db
    .selectFrom('sessions')
    .select('id')
    .where('account_id', '=', accountId)
    .where(sql<SqlBool>`cast(user_agent as binary) = ${userAgent}`) // the column's collation knows no case
    .where(isIn(network))
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}

/** inet6_aton() gives 4 bytes of an IPv4 address, 16 of an IPv6 one, null of anything else. */
function isIn(network: Buffer): RawBuilder<SqlBool> {
  const length = network.length > 4 ? 16 : 4
  return sql<SqlBool>`length(inet6_aton(ip)) = ${length} and left(inet6_aton(ip), ${network.length}) = ${network}`
}

/** Rule 3 of rules.ts: exchanges generation `from` for the next one. @returns whether of parallel tries this one did */
export async function move(
  db: Kysely<Database>,
  id: Id,
  from: number,
  to: Pick<SessionTable, 'parent' | 'moved_at' | 'idle_expires_at' | 'ip' | 'user_agent'>
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('sessions')
    .set({ ...to, generation: from + 1, used: 0, reissues: 0, last_used_at: to.moved_at })
    .where('id', '=', id)
    .where('generation', '=', from)
    .where('revoked_at', 'is', null)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

/**
 * Rule 4 of rules.ts, late: counts one more re-issue of this generation, up to `most`. Of parallel tries one
 * changes the row, and opens another GRACE for the rest: the tabs of a restored browser are one re-issue.
 *
 * @returns whether it was this one
 */
export async function countReissue(
  trx: Transaction<Database>,
  id: Id,
  {
    generation,
    movedAt,
    most,
    now,
    idleExpiresAt
  }: { generation: number; movedAt: Date; most: number; now: Date; idleExpiresAt: Date }
): Promise<boolean> {
  const { numUpdatedRows } = await trx
    .updateTable('sessions')
    .set(eb => ({
      reissues: eb('reissues', '+', 1),
      moved_at: now,
      last_used_at: now,
      idle_expires_at: idleExpiresAt,
      authenticated_at: null // who else may hold the session now has entered no password
    }))
    .where('id', '=', id)
    .where('generation', '=', generation)
    .where('moved_at', '=', movedAt)
    .where('used', '=', 0)
    .where('reissues', '<', most)
    .where('revoked_at', 'is', null)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

/** Rule 6 of rules.ts: the current generation has arrived at its client. */
export async function setUsed(db: Kysely<Database>, id: Id, generation: number): Promise<void> {
  await db
    .updateTable('sessions')
    .set({ used: 1 })
    .where('id', '=', id)
    .where('generation', '=', generation)
    .where('used', '=', 0)
    .execute()
}

/** Notes that a session acts. @returns false when it has ended, or expired while it waited */
export async function touch(trx: Transaction<Database>, id: Id, now: Date): Promise<boolean> {
  const { numUpdatedRows } = await trx
    .updateTable('sessions')
    .set({ last_used_at: now })
    .where('id', '=', id)
    .where('revoked_at', 'is', null)
    .where('idle_expires_at', '>', now)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

/** Notes where and when the password of a session's member was entered. */
export async function setAuthenticated(
  trx: Transaction<Database>,
  id: Id,
  entry: Pick<SessionTable, 'authenticated_at' | 'authenticated_ip' | 'authenticated_agent'>
): Promise<void> {
  await trx.updateTable('sessions').set(entry).where('id', '=', id).execute()
}

/** Lets a session end at `until`, if it would not end before. */
export async function endSoon(trx: Transaction<Database>, id: Id, until: Date): Promise<void> {
  await trx
    .updateTable('sessions')
    .set({ idle_expires_at: until })
    .where('id', '=', id)
    .where('idle_expires_at', '>', until)
    .execute()
}

/** Ends a session for good: without its secret no token of it can be checked, or made. @returns false when it has ended */
export async function revoke(trx: Transaction<Database>, id: Id, now: Date): Promise<boolean> {
  const { numUpdatedRows } = await trx
    .updateTable('sessions')
    .set({ revoked_at: now, secret: null })
    .where('id', '=', id)
    .where('revoked_at', 'is', null)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

/** The same for several, which have ids. */
export async function revokeMany(trx: Transaction<Database>, ids: readonly Id[], now: Date): Promise<void> {
  await trx
    .updateTable('sessions')
    .set({ revoked_at: now, secret: null })
    .where('id', 'in', ids)
    .where('revoked_at', 'is', null)
    .execute()
}

/** What ends, and where it was used: for the record, and the mail to its member. */
export type Ending = Pick<Session, 'id' | 'idle_expires_at' | 'user_agent'>

/**
 * The sessions of an account that nobody ended yet, or `only` that one, or all but `except`, for the rest of the
 * transaction. Expired ones, too: a refresh that began before the expiry must not move them. By sessions_account.
 */
export async function lockUnended(
  trx: Transaction<Database>,
  accountId: Id,
  { only, except }: { only?: Id | undefined; except?: Id | undefined }
): Promise<Ending[]> {
  let query = trx
    .selectFrom('sessions')
    .select(['id', 'idle_expires_at', 'user_agent'])
    .where('account_id', '=', accountId)
    .where('revoked_at', 'is', null)
    .forUpdate()
  if (only) query = query.where('id', '=', only)
  if (except) query = query.where('id', '!=', except)
  return await query.execute()
}

/** The live sessions of an account, most recently used first. By sessions_account. */
export async function listLive(db: Kysely<Database>, accountId: Id, now: Date, limit: number): Promise<Session[]> {
  return await db
    .selectFrom('sessions')
    .selectAll()
    .where('account_id', '=', accountId)
    .where('revoked_at', 'is', null)
    .where('idle_expires_at', '>', now)
    .where('expires_at', '>', now)
    .orderBy('last_used_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()
}

/**
 * The account's least recently used live sessions beyond `most`; never `newest`, which counts as one of them. A hundred
 * at most: only where MAX_SESSIONS was lowered are there more, and the next login goes on.
 */
export async function findSurplus(
  trx: Transaction<Database>,
  accountId: Id,
  newest: Id,
  most: number,
  now: Date
): Promise<Id[]> {
  const rows = await trx
    .selectFrom('sessions')
    .select('id')
    .where('account_id', '=', accountId)
    .where('id', '!=', newest)
    .where('revoked_at', 'is', null)
    .where('idle_expires_at', '>', now)
    .orderBy('last_used_at', 'desc')
    .limit(100)
    .offset(most - 1)
    .execute()
  return rows.map(row => row.id)
}

/** Where up to `limit` sessions of an account began and were used, the live ones first: in the order of sessions_account. */
export async function findPlaces(
  trx: Transaction<Database>,
  accountId: Id,
  limit: number
): Promise<Pick<Session, 'authenticated_ip' | 'authenticated_agent' | 'ip' | 'user_agent'>[]> {
  return await trx
    .selectFrom('sessions')
    .select(['authenticated_ip', 'authenticated_agent', 'ip', 'user_agent'])
    .where('account_id', '=', accountId)
    .orderBy('revoked_at')
    .orderBy('last_used_at')
    .limit(limit)
    .execute()
}

/** Deletes every session of an account, with the account. By sessions_account. */
export async function deleteOfAccount(trx: Transaction<Database>, accountId: Id): Promise<void> {
  await trx.deleteFrom('sessions').where('account_id', '=', accountId).execute()
}

/**
 * Deletes up to `limit` sessions that ended before `before`, by idleness or, when none is left, by revocation: found by
 * sessions_idle and sessions_revoked, deleted by key.
 *
 * @returns how many
 */
export async function deleteEnded(db: Kysely<Database>, before: Date, limit: number): Promise<number> {
  const idle = await findBefore(db, 'idle_expires_at', before, limit)
  const ids = idle.length > 0 ? idle : await findBefore(db, 'revoked_at', before, limit)
  if (ids.length > 0) await db.deleteFrom('sessions').where('id', 'in', ids).execute()
  return ids.length
}

async function findBefore(
  db: Kysely<Database>,
  end: 'idle_expires_at' | 'revoked_at',
  before: Date,
  limit: number
): Promise<Id[]> {
  const rows = await db.selectFrom('sessions').select('id').where(end, '<', before).orderBy(end).limit(limit).execute()
  return rows.map(row => row.id)
}
