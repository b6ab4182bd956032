import type { Transaction } from 'kysely'
import * as accounts from '../accounts/queries.ts'
import * as audit from '../audit/audit.ts'
import type { AuditEvent } from '../audit/table.ts'
import { isPast } from '../clock.ts'
import type { Context } from '../context.ts'
import type { Database } from '../database.ts'
import type { Id } from '../ids.ts'
import { transact } from '../mysql/transact.ts'
import * as outbox from '../outbox/outbox.ts'
import { isSelf, type Scope } from '../scope.ts'
import * as endings from './ending-queries.ts'
import { requireLive } from './live.ts'
import * as mails from './mails.ts'
import type { Session } from './table.ts'

/**
 * Ends one session: logout. Does nothing if it has already ended. Its member is told when an Admin does it.
 *
 * @throws Problem session_revoked (401), forbidden (403) as `requireLive`
 */
export async function revoke(ctx: Context, scope: Scope, session: Session): Promise<void> {
  const { id: sessionId, account_id: accountId } = session
  await transact(ctx.db, async trx => {
    await requireLive(trx, ctx, scope) // who brings only a refresh token is no member yet
    if (!(await endings.revoke(trx, sessionId, ctx.clock()))) return
    await audit.record(trx, ctx, scope, 'session_revoked', { accountId, sessionId })
    const owner = scope.member && !isSelf(scope, accountId) && (await accounts.findById(trx, accountId))
    if (owner) await outbox.enqueue(trx, ctx, mails.sessionsEnded(owner, [session], ctx.clock()))
  })
}

/**
 * Ends the sessions of an account, or `only` that one, or all but `except`, in the transaction of the act that demands
 * it, which has locked the account: no login begins one meanwhile. Each has a record of its own.
 *
 * @param which.reason the event of that act, for the record
 * @returns those that were live
 */
export async function revokeAll(
  trx: Transaction<Database>,
  ctx: Context,
  scope: Scope,
  accountId: Id,
  { reason, ...which }: { reason?: AuditEvent; only?: Id; except?: Id | undefined } = {}
): Promise<endings.Ending[]> {
  const now = ctx.clock()
  const unended = await endings.lockUnended(trx, accountId, which)
  if (unended.length === 0) return []
  await endings.revokeMany(
    trx,
    unended.map(({ id }) => id),
    now
  )
  const ended = unended.filter(session => !isPast(session.idle_expires_at, now))
  const records = ended.map(({ id }) => ({ accountId, sessionId: id, ...(reason && { detail: { reason } }) }))
  if (records.length > 0) await audit.recordAll(trx, ctx, scope, 'session_revoked', records)
  return ended
}
