import type { Transaction } from 'kysely'
import type { Context } from '../context.ts'
import type { Database } from '../database.ts'
import * as oneTime from '../one-time/one-time.ts'
import * as outbox from '../outbox/outbox.ts'
import * as mails from './mails.ts'
import type { Account } from './table.ts'

/**
 * Tells both addresses of a change (ASVS V6.3.7); the old one gets a link that undoes it, for whoever took the account
 * over moves it away first.
 *
 * @param account as it was before
 * @param isUndoable whether the old address was the member's: whoever else reads its mail must not get the account
 */
export async function tellOfEmailChange(
  trx: Transaction<Database>,
  ctx: Context,
  account: Account,
  newEmail: string,
  isUndoable: boolean
): Promise<void> {
  await outbox.enqueue(trx, ctx, mails.emailChanged(account, newEmail, newEmail))
  if (!isUndoable) return await outbox.enqueue(trx, ctx, mails.emailChanged(account, account.email, newEmail))
  const purpose = 'undo-email-change'
  const secret = await oneTime.issue(trx, ctx, { accountId: account.id, purpose, email: account.email })
  await outbox.enqueue(trx, ctx, mails.undoEmailChange(account, newEmail, secret, oneTime.lifetime(ctx, purpose)))
}
