import type { Transaction } from 'kysely'
import * as audit from '../audit/audit.ts'
import type { Context } from '../context.ts'
import type { Database } from '../database.ts'
import { Problem } from '../errors.ts'
import type { Id } from '../ids.ts'
import { transact } from '../mysql/transact.ts'
import { issueSecret, lifetimeOf } from '../one-time/issue.ts'
import * as oneTime from '../one-time/one-time.ts'
import * as outbox from '../outbox/outbox.ts'
import type { PersonalData } from '../passwords/policy.ts'
import { requireMatch } from '../preconditions.ts'
import { isSelf, ownSession, type Scope } from '../scope.ts'
import { lockTarget } from '../sessions/live.ts'
import { noteEntered, reauthenticate, requireAuthentic } from '../sessions/reauthenticate.ts'
import * as sessions from '../sessions/sessions.ts'
import { isProvisional, requireCanonicalAddress, withEmailTaken } from './accounts.ts'
import { requireAnotherAdmin } from './admins.ts'
import { invite } from './appoint.ts'
import { tellOfAdminsEmailChange } from './email-changed.ts'
import * as mails from './mails.ts'
import { hashNewPassword } from './new-password.ts'
import * as queries from './queries.ts'
import type { UpdateAccountRequest } from './schemas.ts'
import { isSensitive } from './sensitive.ts'
import { isSuspended } from './standing.ts'
import type { Account } from './table.ts'

/**
 * Changes an account. A member's own new address waits for its confirmation; an Admin's change of
 * another's takes effect at once, and both addresses are told. A new password ends the account's
 * other sessions and every link under way. Password, address and role want the actor's own password, entered now or
 * lately.
 *
 * @throws Problem forbidden (403) for `role` by a User; account_not_found (404); validation_failed
 *   (400) for a weak password, or a wrong `currentPassword`; reauthentication_required (409);
 *   email_taken (409) for Admins; last_admin (409); precondition_failed (412) when the account is not of a version that
 *   `ifMatch` names; session_revoked (401)
 */
export async function update(
  ctx: Context,
  scope: Scope,
  id: Id,
  input: UpdateAccountRequest,
  ifMatch?: string
): Promise<Account> {
  if (input.role !== undefined && scope.member?.role !== 'Admin') throw new Problem('forbidden')
  const known = await queries.findById(ctx.db, id)
  if (!known) throw new Problem('account_not_found')
  const entered = await reauthenticate(ctx, scope, input.currentPassword)
  if (isSensitive(known, input)) requireAuthentic(ctx, scope, entered) // refused before the slow hash
  const { password } = input
  const passwordHash = password && (await hashNewPassword(ctx, password, personAfter(known, input)))
  return await withEmailTaken(() =>
    transact(ctx.db, async trx => {
      const { member, account } = await lockTarget(trx, ctx, scope, id)
      await noteEntered(trx, ctx, scope, member, entered)
      requireMatch(ifMatch, account)
      if (isSensitive(account, input)) requireAuthentic(ctx, scope, entered)
      // First: it ends every link, but not the one that a new address gets below.
      if (passwordHash) await changePassword(trx, ctx, scope, account)
      const changes = {
        ...profileChanges(account, input),
        ...(await changeEmail(trx, ctx, scope, account, input.email))
      }
      if (!passwordHash && Object.keys(changes).length === 0) return account
      if (Object.keys(changes).length > 0)
        await audit.record(trx, ctx, scope, 'account_updated', {
          accountId: id,
          detail: beforeAndAfter(account, changes)
        })
      const row = { ...changes, ...(passwordHash ? { password_hash: passwordHash } : {}), updated_at: ctx.clock() }
      await queries.update(trx, id, row)
      if (changes.role === 'Admin' && !account.verified_at) await invite(trx, ctx, { ...account, ...row })
      else if (changes.role) await outbox.enqueue(trx, ctx, mails.roleChanged({ ...account, ...row }, changes.role))
      if (changes.role === 'User') await demote(trx, ctx, scope, account)
      return { ...account, ...row, version: account.version + 1 }
    })
  )
}

/** The member as the update leaves him: the new password must not be made of the new name either. */
function personAfter(account: Account, input: UpdateAccountRequest): PersonalData {
  return {
    email: input.email ?? account.email,
    firstName: input.firstName ?? account.first_name,
    lastName: input.lastName ?? account.last_name
  }
}

/** The columns that differ; what is not given stays. */
function profileChanges(account: Account, input: UpdateAccountRequest): Partial<Account> {
  const wanted: Partial<Account> = {
    title: input.title,
    first_name: input.firstName,
    last_name: input.lastName,
    role: input.role
  }
  const columns = ['title', 'first_name', 'last_name', 'role'] as const
  return Object.fromEntries(
    columns.filter(c => wanted[c] !== undefined && wanted[c] !== account[c]).map(c => [c, wanted[c]])
  )
}

async function changeEmail(
  trx: Transaction<Database>,
  ctx: Context,
  scope: Scope,
  account: Account,
  email: string | undefined
): Promise<Partial<Account>> {
  if (email === undefined || email === account.email) return {}
  const email_canonical = requireCanonicalAddress(email)
  // Another spelling of the same address is proven already. It is a newer wish than those under way.
  if (email_canonical.equals(account.email_canonical)) {
    await oneTime.revokeAll(trx, account.id)
    // Told like any change: to a mail server that tells upper from lower case it may be somebody else's.
    await outbox.enqueue(trx, ctx, mails.emailChanged(account, account.email, email))
    return { email }
  }
  if (isSelf(scope, account.id)) {
    await requestEmailChange(trx, ctx, scope, account, email)
    return {}
  }
  await oneTime.revokeAll(trx, account.id)
  await sessions.revokeAll(trx, ctx, scope, account.id, { reason: 'account_updated' })
  await tellOfAdminsEmailChange(trx, ctx, account, email)
  return { email, email_canonical, address_proven_at: null }
}

/** Nothing changes yet, and nobody learns whether the new address is somebody else's. */
async function requestEmailChange(
  trx: Transaction<Database>,
  ctx: Context,
  scope: Scope,
  account: Account,
  email: string
): Promise<void> {
  // Whoever reads the mail to an address that was mistyped must not win over the right one.
  await oneTime.revoke(trx, account.id, 'change-email')
  const owner = await queries.findByEmail(trx, requireCanonicalAddress(email))
  // The same row for a taken address, with a secret that nobody gets: it can be seen from one's own tries of codes.
  const sessionId = ownSession(scope, account.id)
  const secret = await issueSecret(trx, ctx, { accountId: account.id, purpose: 'change-email', email, sessionId })
  const validFor = lifetimeOf(ctx, 'change-email')
  const isTaken = owner && (!isProvisional(owner) || isSuspended(owner, ctx.clock()))
  const mail = isTaken ? mails.emailChangeTaken(owner) : mails.confirmEmailChange(account, email, secret, validFor)
  await outbox.enqueue(trx, ctx, mail)
  await outbox.enqueue(trx, ctx, mails.emailChangeRequested(account, email))
  await audit.record(trx, ctx, scope, 'email_change_requested', { accountId: account.id, detail: { to: email } })
}

/** What a new password ends, in the transaction that sets it. */
async function changePassword(trx: Transaction<Database>, ctx: Context, scope: Scope, account: Account): Promise<void> {
  const except = ownSession(scope, account.id)
  await sessions.revokeAll(trx, ctx, scope, account.id, { reason: 'password_changed', except })
  await oneTime.revokeAll(trx, account.id)
  await audit.record(trx, ctx, scope, 'password_changed', { accountId: account.id })
  await outbox.enqueue(trx, ctx, mails.passwordChanged(account))
}

/** Access tokens say the role, and other services verify them offline: no session goes on that was an Admin's. */
async function demote(trx: Transaction<Database>, ctx: Context, scope: Scope, account: Account): Promise<void> {
  const except = ownSession(scope, account.id)
  await sessions.revokeAll(trx, ctx, scope, account.id, { reason: 'account_updated', except })
  await requireAnotherAdmin(trx, ctx, account) // last: all who leave wait there for each other
}

function beforeAndAfter(account: Account, changes: Partial<Account>): Record<string, unknown> {
  const { email_canonical: _, ...shown } = changes
  const before = Object.fromEntries(Object.keys(shown).map(column => [column, Reflect.get(account, column)]))
  return { before, after: shown }
}
