import { verifyAddress } from '../accounts/accounts.ts'
import { canonicalAddress } from '../accounts/address.ts'
import { passwordChanged } from '../accounts/mails.ts'
import { hashNewPassword } from '../accounts/new-password.ts'
import * as accounts from '../accounts/queries.ts'
import { isSuspended } from '../accounts/standing.ts'
import * as audit from '../audit/audit.ts'
import type { Context } from '../context.ts'
import { Problem } from '../errors.ts'
import { transact } from '../mysql/transact.ts'
import { proving } from '../one-time/codes.ts'
import { issueDecoy, issueSecret, lifetimeOf } from '../one-time/issue.ts'
import * as oneTime from '../one-time/one-time.ts'
import { rememberRefused, renewRefused } from '../one-time/refused.ts'
import * as outbox from '../outbox/outbox.ts'
import type { Proof } from '../schemas.ts'
import type { Scope } from '../scope.ts'
import * as sessions from '../sessions/sessions.ts'
import * as mails from './mails.ts'

/** Sends a reset link to a member. Answer and work are the same for an address that is nobody's, or is suspended. */
export async function forgotPassword(ctx: Context, scope: Scope, email: string): Promise<void> {
  const canonical = canonicalAddress(email)
  const validFor = lifetimeOf(ctx, 'reset-password')
  await transact(ctx.db, async trx => {
    const account = canonical && (await accounts.findByEmail(trx, canonical))
    if (canonical) await renewRefused(trx, ctx, canonical)
    await audit.record(trx, ctx, scope, 'password_reset_requested', { accountId: account?.id })
    if (account && !isSuspended(account, ctx.clock())) {
      const secret = await issueSecret(trx, ctx, {
        accountId: account.id,
        purpose: 'reset-password',
        email: account.email
      })
      await outbox.enqueue(trx, ctx, mails.resetPassword(account, secret, validFor))
    } else {
      const secret = await issueDecoy(trx, ctx, 'reset-password')
      await outbox.enqueueDecoy(trx, ctx, mails.decoy(secret, validFor))
    }
  })
}

/** Looks whether a link or a code still works, without using it. @throws Problem token_invalid, token_expired (401); validation_failed (400) for a code */
export async function validateResetToken(ctx: Context, scope: Scope, proof: Proof): Promise<void> {
  await proving(proof, () => oneTime.findProven(ctx, scope, proof, ['reset-password']))
}

/**
 * Sets a new password by a mailed link or code. It ends every session and every other link of the account,
 * and verifies its address: whoever uses it has read the mail.
 *
 * @throws Problem token_invalid, token_expired (401); validation_failed (400) for a weak password, or a code
 */
export async function resetPassword(
  ctx: Context,
  scope: Scope,
  { password, ...proof }: Proof & { password: string }
): Promise<void> {
  await proving(proof, () => resetOnce(ctx, scope, proof, password))
}

async function resetOnce(ctx: Context, scope: Scope, proof: Proof, password: string): Promise<void> {
  const token = await oneTime.findProven(ctx, scope, proof, ['reset-password']) // cheap refusal before the slow hash
  const member = await accounts.findById(ctx.db, token.account_id)
  if (!member || isSuspended(member, ctx.clock())) throw new Problem('token_invalid')
  const person = { email: member.email, firstName: member.first_name, lastName: member.last_name }
  const password_hash = await hashNewPassword(ctx, password, person)
  await transact(ctx.db, async trx => {
    await oneTime.consume(trx, ctx, token)
    const account = await accounts.lockById(trx, token.account_id)
    if (!account || account.email !== token.email || isSuspended(account, ctx.clock()))
      throw new Problem('token_invalid')
    // Somebody registered, and a reset came first: that password must go on to be answered like one of a free address.
    if (!account.verified_at && account.password_hash !== null)
      await rememberRefused(trx, ctx, account.email_canonical, account.password_hash)
    const verified = await verifyAddress(trx, ctx, scope, account)
    await accounts.update(trx, account.id, { ...verified, password_hash, updated_at: ctx.clock() })
    await sessions.revokeAll(trx, ctx, scope, account.id, { reason: 'password_reset' })
    await oneTime.revokeAll(trx, account.id, token)
    await audit.record(trx, ctx, scope, 'password_reset', { accountId: account.id })
    await outbox.enqueue(trx, ctx, passwordChanged(account))
  })
}
