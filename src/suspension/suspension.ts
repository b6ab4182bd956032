import { isDeepStrictEqual } from 'node:util'
import type { Transaction } from 'kysely'
import { requireAnotherAdmin } from '../accounts/admins.ts'
import * as accounts from '../accounts/queries.ts'
import { isSuspended } from '../accounts/standing.ts'
import type { Account } from '../accounts/table.ts'
import * as audit from '../audit/audit.ts'
import { isPast } from '../clock.ts'
import type { Context } from '../context.ts'
import type { Database } from '../database.ts'
import { invalid, Problem } from '../errors.ts'
import type { Id } from '../ids.ts'
import { transact } from '../mysql/transact.ts'
import * as oneTime from '../one-time/one-time.ts'
import * as outbox from '../outbox/outbox.ts'
import { requireMatch } from '../preconditions.ts'
import type { Scope } from '../scope.ts'
import { lockTarget } from '../sessions/live.ts'
import { type Entered, noteEntered, reauthenticate, requireAuthentic } from '../sessions/reauthenticate.ts'
import * as sessions from '../sessions/sessions.ts'
import * as mails from './mails.ts'
import type { RestoreRequest, SuspendRequest, SuspensionView } from './schemas.ts'

/** A suspension, and the version of the account that it is part of. */
export interface Suspension {
  view: SuspensionView
  version: number
}

/**
 * The suspension of an account.
 *
 * @throws Problem account_not_found, not_suspended (404)
 */
export async function find(ctx: Context, id: Id): Promise<Suspension> {
  const account = await accounts.findById(ctx.db, id)
  if (!account) throw new Problem('account_not_found')
  const suspension = suspensionOf(account, ctx.clock())
  if (!suspension) throw new Problem('not_suspended')
  return suspension
}

/**
 * Suspends an account: it ends its sessions and links, and until the end of the suspension there are no new ones.
 * Suspending once more replaces reason and end. An Admin may suspend himself, as he may delete himself, unless he is
 * the last one.
 *
 * @throws Problem validation_failed (400) for an end that is not in the future, or a wrong `currentPassword`;
 *   account_not_found (404); last_admin, reauthentication_required (409); precondition_failed (412) when the account is
 *   not of a version that `ifMatch` names; session_revoked (401), forbidden (403) as `requireLive`; busy (503)
 */
export async function suspend(
  ctx: Context,
  scope: Scope,
  id: Id,
  { reason, until, currentPassword }: SuspendRequest,
  ifMatch?: string
): Promise<Suspension> {
  const end = until === undefined ? null : readEnd(until, ctx.clock())
  const entered = await reauthenticate(ctx, scope, currentPassword)
  return await transact(ctx.db, async trx => {
    const account = await lock(trx, ctx, scope, { id, ifMatch, entered })
    const now = ctx.clock()
    const before = suspensionOf(account, now)
    const since = (before && account.suspended_at) ?? now
    const view = present(since, end, reason)
    if (before && isDeepStrictEqual(before.view, view)) return before
    await accounts.update(trx, id, { suspended_at: since, suspended_until: end, suspended_reason: reason })
    await sessions.revokeAll(trx, ctx, scope, id, { reason: 'account_suspended' })
    await oneTime.revokeAll(trx, id)
    const detail = { before: before?.view ?? null, after: view }
    await audit.record(trx, ctx, scope, 'account_suspended', { accountId: id, detail })
    // Of another reason alone the member would be told what he knows.
    if (before?.view.until !== view.until) await outbox.enqueue(trx, ctx, mails.accountSuspended(account, end))
    await requireAnotherAdmin(trx, ctx, account)
    return { view, version: account.version + 1 }
  })
}

/**
 * Ends a suspension; does nothing where there is none, or none any more. Sessions and links stay ended.
 *
 * @throws Problem as `suspend`, but for last_admin
 */
export async function restore(
  ctx: Context,
  scope: Scope,
  id: Id,
  { currentPassword }: RestoreRequest,
  ifMatch?: string
): Promise<void> {
  const entered = await reauthenticate(ctx, scope, currentPassword)
  await transact(ctx.db, async trx => {
    const account = await lock(trx, ctx, scope, { id, ifMatch, entered })
    const before = suspensionOf(account, ctx.clock())
    if (!before) return
    await accounts.update(trx, id, { suspended_at: null, suspended_until: null, suspended_reason: null })
    await audit.record(trx, ctx, scope, 'account_restored', { accountId: id, detail: { before: before.view } })
    await outbox.enqueue(trx, ctx, mails.accountRestored(account))
  })
}

/**
 * The account for the rest of the transaction, if the Admin may still act, saw its newest version, and entered the
 * password now or lately: with a stolen token alone, all other Admins could be kept out.
 */
async function lock(
  trx: Transaction<Database>,
  ctx: Context,
  scope: Scope,
  { id, ifMatch, entered }: { id: Id; ifMatch: string | undefined; entered: Entered | undefined }
): Promise<Account> {
  const { member, account } = await lockTarget(trx, ctx, scope, id)
  requireMatch(ifMatch, account)
  requireAuthentic(ctx, scope, entered)
  await noteEntered(trx, ctx, scope, member, entered)
  return account
}

/** The schema has seen that it is a date and time in UTC; one in a leap second is none that a computer knows. */
function readEnd(until: string, now: Date): Date {
  const end = new Date(until)
  if (Number.isNaN(end.getTime())) throw invalid({ path: '/until', message: 'must be a date and time' })
  if (isPast(end, now)) throw invalid({ path: '/until', message: 'must be in the future' })
  return end
}

function suspensionOf(account: Account, now: Date): Suspension | undefined {
  const { suspended_at: since, suspended_until: until, suspended_reason: reason, version } = account
  return since && isSuspended(account, now) ? { view: present(since, until, reason ?? ''), version } : undefined
}

function present(since: Date, until: Date | null, reason: string): SuspensionView {
  return { since: since.toISOString(), until: until?.toISOString() ?? null, reason }
}
