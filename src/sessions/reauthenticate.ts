import type { Transaction } from 'kysely'
import type { Account } from '../accounts/table.ts'
import * as audit from '../audit/audit.ts'
import { after, isPast } from '../clock.ts'
import type { Context } from '../context.ts'
import type { Database } from '../database.ts'
import { invalid, Problem } from '../errors.ts'
import { transact } from '../mysql/transact.ts'
import { samePlace } from '../places.ts'
import type { Scope } from '../scope.ts'
import { tellOfNewDevice } from './new-device.ts'
import * as queries from './queries.ts'

/** The member's own password came with this request, and was right. */
export interface Entered {
  /** The hash that it matched. */
  passwordHash: string
}

/**
 * Verifies the password that came with a request, whoever's account the request is about: the actor proves that it is
 * he. Slow, so never inside a transaction; `noteEntered` looks again there. Routes that come here are limited by
 * WITH_PASSWORD (src/limits/policy.ts).
 *
 * @returns undefined when none came
 * @throws Problem validation_failed (400) for a wrong one, which is recorded; busy (503)
 */
export async function reauthenticate(
  ctx: Context,
  scope: Scope,
  currentPassword: string | undefined
): Promise<Entered | undefined> {
  const { member } = scope
  if (currentPassword === undefined || !member) return undefined
  const { accountId, account } = member
  const { ok } = await ctx.hasher.verify(currentPassword, account.password_hash)
  if (ok && account.password_hash) return { passwordHash: account.password_hash }
  await transact(ctx.db, trx => audit.record(trx, ctx, scope, 'reauthentication_failed', { accountId }))
  throw invalid({ path: '/currentPassword', message: 'is not your current password' })
}

/**
 * Asks for proof that it is the member who acts, and not who found his device or stole a token: the password came with
 * this request, or was entered within REAUTH_WINDOW, from where this request comes, and no refresh token was re-issued
 * since (ASVS V7.5.1, V7.5.3). Costs nothing: the guard has read the session.
 *
 * @throws Problem reauthentication_required (409)
 */
export function requireAuthentic(ctx: Context, scope: Scope, entered?: Entered): void {
  if (entered || isFresh(ctx, scope)) return
  throw new Problem('reauthentication_required')
}

function isFresh(ctx: Context, scope: Scope): boolean {
  const entry = scope.member?.passwordEntry
  if (!entry) return false
  return !isPast(after(entry.at, ctx.config.REAUTH_WINDOW), ctx.clock()) && samePlace(entry, scope)
}

/**
 * Notes in the transaction of the act that the password was entered: from now on it counts like a login, and its member
 * is told like one, for the next login from here will not be from a new device.
 *
 * @param account the member's own, locked
 * @throws Problem reauthentication_required (409) when it is not the password any more
 */
export async function noteEntered(
  trx: Transaction<Database>,
  ctx: Context,
  scope: Scope,
  account: Account | undefined,
  entered: Entered | undefined
): Promise<void> {
  if (!entered || !scope.member) return
  if (account?.password_hash !== entered.passwordHash) throw new Problem('reauthentication_required')
  const { passwordEntry } = scope.member
  if (!passwordEntry || !samePlace(passwordEntry, scope)) await tellOfNewDevice(trx, ctx, scope, account)
  await queries.setAuthenticated(trx, scope.member.sessionId, {
    authenticated_at: ctx.clock(),
    authenticated_ip: scope.ip,
    authenticated_agent: scope.userAgent
  })
}
