import type { Transaction } from 'kysely'
import type { Account } from '../accounts/table.ts'
import type { Context } from '../context.ts'
import type { Database } from '../database.ts'
import * as outbox from '../outbox/outbox.ts'
import { type Place, samePlace } from '../places.ts'
import type { Scope } from '../scope.ts'
import * as mails from './mails.ts'
import * as queries from './place-queries.ts'

const LOOKED_AT = 500 // sessions of one account, live ones first; who has more is told once too often

/**
 * Tells a member of a login from where his password was never entered before (ASVS V6.3.5), as far as the sessions that
 * are still in the table say. The very first login tells nothing new. To be called before the new session is inserted,
 * behind the write of the account's row: of parallel logins from one device the first is told.
 *
 * @param account as it was before the login
 */
export async function tellOfNewDevice(
  trx: Transaction<Database>,
  ctx: Context,
  scope: Scope,
  account: Account
): Promise<void> {
  if (!account.last_login_at) return
  const sessions = await queries.findPlaces(trx, account.id, LOOKED_AT)
  if (sessions.some(session => samePlace(placeOf(session), scope))) return
  await outbox.enqueue(trx, ctx, mails.newDevice(account, scope, ctx.clock()))
}

/**
 * Where the password was entered. Where a refresh token was used does not count: a stolen one would make its place
 * known.
 */
function placeOf(session: Awaited<ReturnType<typeof queries.findPlaces>>[number]): Place {
  const { authenticated_ip: ip, authenticated_agent: userAgent } = session
  // Sessions from before that was noted say where they were used.
  return ip || userAgent ? { ip, userAgent } : { ip: session.ip, userAgent: session.user_agent }
}
