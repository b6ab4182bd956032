import { type Kysely, type RawBuilder, type SqlBool, sql, type Transaction } from 'kysely'
import type { Database } from '../database.ts'
import type { Id } from '../ids.ts'
import type { Session } from './table.ts'

/**
 * Whether the password of an account was entered with this agent in this network, by its sessions: the `limit` of them
 * that were used last, and as many that ended last and are not deleted yet. Not by all: a member can begin and end as
 * many as he likes. Where a refresh token was used does not count: a stolen one would make its place known. By
 * sessions_account.
 *
 * @param network leading bytes of an address, see src/places.ts
 */
export async function existsFrom(
  db: Kysely<Database>,
  accountId: Id,
  { userAgent, network, limit }: { userAgent: string; network: Buffer; limit: number }
): Promise<boolean> {
  const newest = (isEnded: boolean) =>
    db
      .selectFrom('sessions')
      .select(['id', 'authenticated_ip', 'authenticated_agent'])
      .where('account_id', '=', accountId)
      .where('revoked_at', isEnded ? 'is not' : 'is', null)
      .orderBy('revoked_at', 'desc')
      .orderBy('last_used_at', 'desc')
      .limit(limit)
      .as('places')
  const here = (isEnded: boolean) =>
    db
      .selectFrom(newest(isEnded))
      .select('id')
      .where(sql<SqlBool>`cast(authenticated_agent as binary) = ${userAgent}`) // the column's collation knows no case
      .where(isIn(network))
  const rows = await here(false).unionAll(here(true)).execute()
  return rows.length > 0
}

/** inet6_aton() gives 4 bytes of an IPv4 address, 16 of an IPv6 one, null of anything else. */
function isIn(network: Buffer): RawBuilder<SqlBool> {
  const length = network.length > 4 ? 16 : 4
  return sql<SqlBool>`length(inet6_aton(authenticated_ip)) = ${length} and left(inet6_aton(authenticated_ip), ${network.length}) = ${network}`
}

/**
 * Where the password was entered in up to `limit` sessions of an account, and where they were used last; the live ones
 * first: in the order of sessions_account.
 */
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
