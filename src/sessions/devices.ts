import type { Transaction } from 'kysely'
import * as accounts from '../accounts/queries.ts'
import type { Account } from '../accounts/table.ts'
import type { Context } from '../context.ts'
import type { Database } from '../database.ts'
import { Problem } from '../errors.ts'
import type { Id } from '../ids.ts'
import { transact } from '../mysql/transact.ts'
import * as oneTime from '../one-time/one-time.ts'
import * as outbox from '../outbox/outbox.ts'
import { isSelf, type Scope } from '../scope.ts'
import type * as endings from './ending-queries.ts'
import { lockTarget } from './live.ts'
import * as mails from './mails.ts'
import * as queries from './queries.ts'
import { revokeAll } from './sessions.ts'
import type { Session } from './table.ts'

/**
 * The live sessions of an account, most recently used first, MAX_SESSIONS at most.
 *
 * @throws Problem account_not_found (404)
 */
export async function listSessions(ctx: Context, accountId: Id): Promise<Session[]> {
  const sessions = await queries.listLive(ctx.db, accountId, ctx.clock(), ctx.config.MAX_SESSIONS)
  // With its account go all its sessions: only who has none may be nobody.
  if (sessions.length === 0 && !(await accounts.findById(ctx.db, accountId))) throw new Problem('account_not_found')
  return sessions
}

/**
 * Ends a session of an account, also the one that asks. The member is told when an Admin does it.
 *
 * @param sessionId undefined: what was asked for cannot be one
 * @throws Problem account_not_found, session_not_found (404): missing, ended, or of another account;
 *   session_revoked (401), forbidden (403) as `requireLive`
 */
export async function endSession(ctx: Context, scope: Scope, accountId: Id, sessionId: Id | undefined): Promise<void> {
  await transact(ctx.db, async trx => {
    const { account } = await lockTarget(trx, ctx, scope, accountId)
    const ended = sessionId ? await revokeAll(trx, ctx, scope, accountId, { only: sessionId }) : []
    if (ended.length === 0) throw new Problem('session_not_found')
    await endWishesAndTell(trx, ctx, scope, account, ended)
  })
}

/**
 * Ends every session of an account, but `except`. The member is told when an Admin does it.
 *
 * @throws Problem account_not_found (404); session_revoked (401), forbidden (403) as `requireLive`
 */
export async function endSessions(ctx: Context, scope: Scope, accountId: Id, except: Id | undefined): Promise<void> {
  await transact(ctx.db, async trx => {
    const { account } = await lockTarget(trx, ctx, scope, accountId)
    const ended = await revokeAll(trx, ctx, scope, accountId, { except })
    await endWishesAndTell(trx, ctx, scope, account, ended)
  })
}

/** What ended sessions asked for ends with them; the member is told when an Admin ended them. */
async function endWishesAndTell(
  trx: Transaction<Database>,
  ctx: Context,
  scope: Scope,
  account: Account,
  ended: readonly endings.Ending[]
): Promise<void> {
  await oneTime.revokeWishes(
    trx,
    account.id,
    ended.map(({ id }) => id)
  )
  if (ended.length === 0 || isSelf(scope, account.id)) return
  await outbox.enqueue(trx, ctx, mails.sessionsEnded(account, ended, ctx.clock()))
}
