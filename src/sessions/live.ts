import type { Transaction } from 'kysely'
import { lockById } from '../accounts/queries.ts'
import { isSuspended } from '../accounts/standing.ts'
import type { Account } from '../accounts/table.ts'
import type { Context } from '../context.ts'
import type { Database } from '../database.ts'
import { Problem } from '../errors.ts'
import type { Id } from '../ids.ts'
import { isSelf, type Scope } from '../scope.ts'
import * as queries from './queries.ts'

/**
 * The guard once more, first thing inside the transaction of every act of a member's: a request may have waited long
 * for its hash, and must not undo what ended its session or took its role meanwhile. It writes the session's row, so
 * that the two follow each other on a cluster, too.
 *
 * @returns the member's account, locked; undefined when the program itself acts
 * @throws Problem session_revoked (401); forbidden (403) when an Admin is none any more
 */
export async function requireLive(
  trx: Transaction<Database>,
  ctx: Context,
  { member }: Scope
): Promise<Account | undefined> {
  if (!member) return undefined
  const account = await lockById(trx, member.accountId)
  const now = ctx.clock()
  if (!account || isSuspended(account, now) || !(await queries.touch(trx, member.sessionId, now)))
    throw new Problem('session_revoked')
  if (member.role === 'Admin' && account.role !== 'Admin') throw new Problem('forbidden')
  return account
}

/** Who acts, and on whose account: both locked. */
export interface Locked {
  /** The actor's own account; undefined when the program itself acts. */
  member: Account | undefined
  account: Account
}

/**
 * The actor as `requireLive`, then the account that he acts on, for the rest of the transaction: a login that is under
 * way begins its session before, or after.
 *
 * @throws Problem account_not_found (404); session_revoked (401), forbidden (403) as `requireLive`
 */
export async function lockTarget(trx: Transaction<Database>, ctx: Context, scope: Scope, id: Id): Promise<Locked> {
  const member = await requireLive(trx, ctx, scope)
  const account = isSelf(scope, id) ? member : await lockById(trx, id)
  if (!account) throw new Problem('account_not_found')
  return { member, account }
}
