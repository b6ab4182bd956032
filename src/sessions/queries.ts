import type { Insertable, Kysely, Transaction } from 'kysely'
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
