import type { Transaction } from 'kysely'
import * as audit from '../audit/audit.ts'
import type { Context } from '../context.ts'
import type { Database } from '../database.ts'
import { invalid, Problem } from '../errors.ts'
import { type Id, newId } from '../ids.ts'
import { isDuplicate } from '../mysql/faults.ts'
import { transact } from '../mysql/transact.ts'
import { deleteOfAccount as deleteTokens } from '../one-time/queries.ts'
import * as outbox from '../outbox/outbox.ts'
import { requireMatch } from '../preconditions.ts'
import { isSelf, type Scope } from '../scope.ts'
import { deleteOfAccount as deleteSessions } from '../sessions/ending-queries.ts'
import { lockTarget, requireLive } from '../sessions/live.ts'
import { noteEntered, reauthenticate, requireAuthentic } from '../sessions/reauthenticate.ts'
import { canonicalAddress } from './address.ts'
import { claimFirstAdmin, requireAnotherAdmin } from './admins.ts'
import * as mails from './mails.ts'
import * as queries from './queries.ts'
import type { CreateAccountRequest, DeleteAccountRequest } from './schemas.ts'
import type { Account } from './table.ts'

// In one statement: more of them take longer than a transaction may. No account has more live ones.
const SESSIONS_AT_ONCE = 10_000

/**
 * An account made by an Admin: verified, with a password of the Admin's choice. Another Admin wants the actor's own
 * password, entered now or lately.
 *
 * @throws Problem email_taken, reauthentication_required (409); validation_failed (400) for a wrong `currentPassword`;
 *   session_revoked (401), forbidden (403) when the Admin is none any more; busy (503)
 */
export async function create(ctx: Context, scope: Scope, input: CreateAccountRequest): Promise<Account> {
  const entered = await reauthenticate(ctx, scope, input.currentPassword)
  if (input.role === 'Admin') requireAuthentic(ctx, scope, entered)
  const password_hash = await ctx.hasher.hash(input.password)
  const now = ctx.clock()
  const account: Account = {
    ...newAccount(ctx, scope, input.email),
    ...nameColumns(input),
    role: input.role,
    password_hash,
    verified_at: now
  }
  return await withEmailTaken(() =>
    transact(ctx.db, async trx => {
      const member = await requireLive(trx, ctx, scope)
      await noteEntered(trx, ctx, scope, member, entered)
      await queries.insert(trx, account)
      await audit.record(trx, ctx, scope, 'account_created', { accountId: account.id, detail: { role: account.role } })
      await outbox.enqueue(trx, ctx, mails.accountCreated(account))
      return account
    })
  )
}

/**
 * Deletes an account with everything that belongs to it; the audit trail stays. It wants the actor's own password,
 * entered now or lately.
 *
 * @throws Problem validation_failed (400) for a wrong `currentPassword`; account_not_found (404);
 *   reauthentication_required, last_admin (409); precondition_failed (412) when it is not of a version that `ifMatch`
 *   names; session_revoked (401), forbidden (403) as `requireLive`; busy (503)
 */
export async function remove(
  ctx: Context,
  scope: Scope,
  id: Id,
  { currentPassword }: DeleteAccountRequest,
  ifMatch?: string
): Promise<void> {
  const entered = await reauthenticate(ctx, scope, currentPassword)
  await transact(ctx.db, async trx => {
    const { member, account } = await lockTarget(trx, ctx, scope, id)
    requireMatch(ifMatch, account)
    requireAuthentic(ctx, scope, entered)
    await noteEntered(trx, ctx, scope, member, entered)
    await deleteSessions(trx, id, SESSIONS_AT_ONCE)
    await erase(trx, id)
    await audit.record(trx, ctx, scope, 'account_deleted', { accountId: id, detail: { self: isSelf(scope, id) } })
    await outbox.enqueue(trx, ctx, mails.accountDeleted(account))
    await requireAnotherAdmin(trx, ctx, account)
  })
  await deleteOtherSessions(ctx, id)
}

/** Ended ones, of an account that is gone: who signs in by the hundred thousand must be deletable, too. */
async function deleteOtherSessions(ctx: Context, id: Id): Promise<void> {
  try {
    while ((await deleteSessions(ctx.db, id, SESSIONS_AT_ONCE)) === SESSIONS_AT_ONCE);
  } catch {
    // The account is gone whatever becomes of these, and housekeeping deletes them a week after their end.
  }
}

/** Deletes an account that has no sessions, with its links. */
export async function erase(trx: Transaction<Database>, id: Id): Promise<void> {
  await deleteTokens(trx, id)
  await queries.remove(trx, id)
}

/**
 * Whether an account is only somebody's wish: nobody proved its address, and no Admin made it one of theirs. The link
 * of a registration says whose it is; who proves the address otherwise takes it over.
 */
export function isProvisional(account: Account): boolean {
  return !account.verified_at && account.role !== 'Admin'
}

/**
 * Records that an address is verified. The first account ever to verify becomes Admin, where that is configured.
 *
 * @returns the columns that change
 */
export async function verifyAddress(
  trx: Transaction<Database>,
  ctx: Context,
  scope: Scope,
  account: Account
): Promise<Partial<Account>> {
  const proven = { address_proven_at: ctx.clock() }
  if (account.verified_at) return proven
  await audit.record(trx, ctx, scope, 'email_verified', { accountId: account.id })
  // Claimed whatever is configured: who switches it on later must not make a stranger Admin.
  const isFirst = await claimFirstAdmin(trx, account.id)
  if (!isFirst || !ctx.config.firstAccountIsAdmin) return { ...proven, verified_at: ctx.clock() }
  await audit.record(trx, ctx, scope, 'first_admin_appointed', { accountId: account.id })
  return { ...proven, verified_at: ctx.clock(), role: 'Admin' }
}

/**
 * Turns a duplicate key into email_taken. Only for callers who may learn it: Admins, and whoever proved the address is
 * theirs.
 *
 * @throws Problem email_taken (409)
 */
export async function withEmailTaken<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (isDuplicate(error)) throw new Problem('email_taken', { cause: error })
    throw error
  }
}

/** A new account row for `email`, unverified, without a password. */
export function newAccount(ctx: Context, scope: Scope, email: string): Account {
  return {
    id: newId(ctx.clock),
    email,
    email_canonical: requireCanonicalAddress(email),
    title: '',
    first_name: '',
    last_name: '',
    role: 'User',
    password_hash: null,
    locale: scope.locale,
    verified_at: null,
    address_proven_at: null,
    suspended_at: null,
    suspended_until: null,
    suspended_reason: null,
    last_login_at: null,
    created_at: ctx.clock(),
    updated_at: null,
    version: 0
  }
}

/** What a body says of a person, as columns. */
export function nameColumns({ title, firstName, lastName }: { title: string; firstName: string; lastName: string }) {
  return { title, first_name: firstName, last_name: lastName }
}

/**
 * The canonical form of an address.
 *
 * @throws Problem validation_failed (400) for what has none; the schemas refuse it before
 */
export function requireCanonicalAddress(email: string): Buffer {
  const bytes = canonicalAddress(email)
  if (!bytes) throw invalid({ path: '/email', message: 'must be an e-mail address' })
  return bytes
}
