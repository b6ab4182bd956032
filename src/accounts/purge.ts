import * as audit from '../audit/audit.ts'
import type { Context } from '../context.ts'
import { firstIdAt, type Id } from '../ids.ts'
import { transact } from '../mysql/transact.ts'
import { hasRecent } from '../one-time/queries.ts'
import type { Scope } from '../scope.ts'
import { erase, isProvisional } from './accounts.ts'
import * as queries from './queries.ts'
import { isSuspended } from './standing.ts'

/** A page of what may be purged: how many were, and where the next page begins; undefined after the last one. */
export interface Purged {
  deleted: number
  last: Id | undefined
}

/**
 * Deletes accounts that nobody verified and that got no link since `before`: an address that nobody proved is a
 * stranger's personal data. Admins who were invited stay, and who is suspended: both are an Admin's decision.
 *
 * @param after where the page before ended
 * @param limit accounts looked at, oldest first
 */
export async function purge(
  ctx: Context,
  scope: Scope,
  { before, after, limit }: { before: Date; after: Id | undefined; limit: number }
): Promise<Purged> {
  const ids = await queries.findUnverified(ctx.db, firstIdAt(before), after, limit)
  let deleted = 0
  for (const id of ids) if (await purgeOne(ctx, scope, id, before)) deleted++
  return { deleted, last: ids.at(-1) }
}

/** Looks again under a lock: who verifies or registers once more at this very moment is not lost. */
async function purgeOne(ctx: Context, scope: Scope, id: Id, before: Date): Promise<boolean> {
  return await transact(ctx.db, async trx => {
    const account = await queries.lockById(trx, id)
    const now = ctx.clock()
    if (!account || !isProvisional(account) || isSuspended(account, now)) return false
    if (await hasRecent(trx, id, before, now)) return false
    await erase(trx, id)
    const detail = { created: account.created_at }
    await audit.record(trx, ctx, scope, 'account_purged', { accountId: id, detail })
    return true
  })
}
