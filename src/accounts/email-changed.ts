import type { Transaction } from 'kysely'
import type { Context } from '../context.ts'
import type { Database } from '../database.ts'
import { issueSecret, lifetimeOf } from '../one-time/issue.ts'
import * as oneTime from '../one-time/one-time.ts'
import * as outbox from '../outbox/outbox.ts'
import * as mails from './mails.ts'
import type { Account } from './table.ts'

/**
 * Tells both addresses of a member's own change (ASVS V6.3.7); the old one gets a link that undoes it, for whoever took
 * the account over moves it away first.
 *
 * @param account as it was before. Only an address that was proven can be brought back: whoever reads the mail of one
 *   that an Admin mistyped must not get the account
 */
export async function tellOfEmailChange(
  trx: Transaction<Database>,
  ctx: Context,
  account: Account,
  newEmail: string
): Promise<void> {
  await outbox.enqueue(trx, ctx, mails.emailChanged(account, newEmail, newEmail))
  // Back to an address that could undo: as good as that, and whoever loses it may be whom it was taken back from.
  const isBack = await oneTime.endUndone(trx, ctx, account.id, newEmail)
  if (isBack || !account.address_proven_at)
    return await outbox.enqueue(trx, ctx, mails.emailChanged(account, account.email, newEmail))
  const purpose = 'undo-email-change'
  const secret = await issueSecret(trx, ctx, { accountId: account.id, purpose, email: account.email })
  await outbox.enqueue(trx, ctx, mails.undoEmailChange(account, newEmail, secret, lifetimeOf(ctx, purpose)))
}

/**
 * Tells both addresses that an Admin changed it. Nobody gets a link, and those of others end: an Admin takes an account
 * back from a thief, and the address that loses it may be the thief's, proven and old. What an Admin did an Admin undoes.
 */
export async function tellOfAdminsEmailChange(
  trx: Transaction<Database>,
  ctx: Context,
  account: Account,
  newEmail: string
): Promise<void> {
  // Only what the address that comes back could undo it may undo still: that ends whatever the thief has.
  if (!(await oneTime.endUndone(trx, ctx, account.id, newEmail))) await oneTime.revokeUndo(trx, account.id)
  await outbox.enqueue(trx, ctx, mails.emailChanged(account, newEmail, newEmail))
  await outbox.enqueue(trx, ctx, mails.emailChanged(account, account.email, newEmail))
}
