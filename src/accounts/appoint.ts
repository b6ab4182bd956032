import type { Transaction } from 'kysely'
import * as audit from '../audit/audit.ts'
import type { Context } from '../context.ts'
import type { Database } from '../database.ts'
import { transactUnique } from '../mysql/transact.ts'
import { issueSecret, lifetimeOf } from '../one-time/issue.ts'
import * as outbox from '../outbox/outbox.ts'
import { inviteAdmin } from '../recovery/mails.ts'
import type { Scope } from '../scope.ts'
import { newAccount, requireCanonicalAddress } from './accounts.ts'
import { claimFirstAdmin } from './admins.ts'
import { roleChanged } from './mails.ts'
import * as queries from './queries.ts'
import type { Account } from './table.ts'

/**
 * Makes `email` an Admin, from the command line: a new account gets a mail to set its password, which
 * verifies it; an existing one is promoted.
 *
 * @throws Problem validation_failed for what is not an address
 */
export async function appointAdmin(ctx: Context, scope: Scope, email: string): Promise<'invited' | 'promoted'> {
  return await transactUnique(ctx.db, async trx => {
    const known = await queries.lockByEmail(trx, requireCanonicalAddress(email))
    const account = {
      ...(known ?? { ...newAccount(ctx, scope, email), title: '-', first_name: 'Admin', last_name: 'Admin' }),
      role: 'Admin' as const
    }
    await claimFirstAdmin(trx, account.id)
    if (known) await queries.update(trx, known.id, { role: 'Admin', updated_at: ctx.clock() })
    else await queries.insert(trx, account)
    const detail = { role: 'Admin', before: known?.role ?? null }
    await audit.record(trx, ctx, scope, known ? 'account_updated' : 'account_created', {
      accountId: account.id,
      detail
    })
    if (known?.verified_at) {
      if (known.role !== 'Admin') await outbox.enqueue(trx, ctx, roleChanged(account, 'Admin'))
      return 'promoted'
    }
    await invite(trx, ctx, account)
    return 'invited'
  })
}

/**
 * Mails a link to set the password, to who is made Admin before the address is verified: the link of a registration is
 * worth nothing then, for whoever registered the address would choose an Admin's password.
 */
export async function invite(trx: Transaction<Database>, ctx: Context, account: Account): Promise<void> {
  const purpose = 'reset-password'
  const secret = await issueSecret(trx, ctx, { accountId: account.id, purpose, email: account.email })
  await outbox.enqueue(trx, ctx, inviteAdmin(account, secret, lifetimeOf(ctx, purpose)))
}
