import { requireCanonicalAddress, withEmailTaken } from '../accounts/accounts.ts'
import { emailChangeUndone } from '../accounts/mails.ts'
import * as accounts from '../accounts/queries.ts'
import { isSuspended } from '../accounts/standing.ts'
import * as audit from '../audit/audit.ts'
import type { Context } from '../context.ts'
import { Problem } from '../errors.ts'
import { transact } from '../mysql/transact.ts'
import { issueSecret, lifetimeOf } from '../one-time/issue.ts'
import * as oneTime from '../one-time/one-time.ts'
import * as outbox from '../outbox/outbox.ts'
import { resetPassword } from '../recovery/mails.ts'
import type { Scope } from '../scope.ts'
import * as sessions from '../sessions/sessions.ts'
import { evict } from './registration.ts'

/**
 * Gives an account its old address back, by the link that the old address got. Whoever changed it may be signed in, and
 * may know or have set the password: every session ends, every other link that the change may have led to, too, and the
 * password no longer counts. A link to choose a new one goes to the restored address; both addresses are told.
 *
 * @throws Problem token_invalid, token_expired (401); email_taken (409) when somebody else proved the old address
 *   meanwhile: then nothing is changed, and the link still works
 */
export async function undoEmailChange(ctx: Context, scope: Scope, secret: string): Promise<void> {
  const token = await oneTime.findProven(ctx, scope, { token: secret }, ['undo-email-change'])
  await withEmailTaken(() =>
    transact(ctx.db, async trx => {
      await oneTime.consume(trx, ctx, token)
      const account = await accounts.lockById(trx, token.account_id)
      if (!account || isSuspended(account, ctx.clock())) throw new Problem('token_invalid')
      const { email } = token
      const email_canonical = requireCanonicalAddress(email)
      await evict(trx, ctx, scope, email_canonical)
      const now = ctx.clock()
      const changes = { email, email_canonical, address_proven_at: now, password_hash: null, updated_at: now }
      await accounts.update(trx, account.id, changes)
      await sessions.revokeAll(trx, ctx, scope, account.id, { reason: 'email_change_undone' })
      await oneTime.revokeSince(trx, token)
      const detail = { from: account.email, to: email }
      await audit.record(trx, ctx, scope, 'email_change_undone', { accountId: account.id, detail })
      for (const to of new Set([account.email, email]))
        await outbox.enqueue(trx, ctx, emailChangeUndone(account, to, email))
      const purpose = 'reset-password'
      const reset = await issueSecret(trx, ctx, { accountId: account.id, purpose, email })
      const restored = { ...account, email }
      await outbox.enqueue(trx, ctx, resetPassword(restored, reset, lifetimeOf(ctx, purpose)))
    })
  )
}
