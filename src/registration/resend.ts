import type { Transaction } from 'kysely'
import { isProvisional, requireCanonicalAddress } from '../accounts/accounts.ts'
import { confirmEmailChange } from '../accounts/mails.ts'
import * as accounts from '../accounts/queries.ts'
import { isSuspended } from '../accounts/standing.ts'
import type { Account } from '../accounts/table.ts'
import * as audit from '../audit/audit.ts'
import { isPast } from '../clock.ts'
import type { Context } from '../context.ts'
import type { Database } from '../database.ts'
import { newId } from '../ids.ts'
import { transact } from '../mysql/transact.ts'
import { type Attempt, issueDecoy, issueSecret, lifetimeOf } from '../one-time/issue.ts'
import { findUnused } from '../one-time/queries.ts'
import { renewRefused } from '../one-time/refused.ts'
import type { OneTimeToken } from '../one-time/table.ts'
import * as outbox from '../outbox/outbox.ts'
import type { Scope } from '../scope.ts'
import * as mails from './mails.ts'

const LOOKED_AT = 5 // newest attempts: two of different origin are enough to know that there is more than one

/**
 * Sends the verification mail once more. Answer and work are the same for an address that is nobody's, that waits for
 * its confirmation, and that is verified.
 */
export async function resendVerification(ctx: Context, scope: Scope, email: string): Promise<void> {
  const address = requireCanonicalAddress(email)
  await transact(ctx.db, async trx => {
    const owner = await accounts.findByEmail(trx, address)
    const attempts = await findUnused(trx, address, ['verify-email'], LOOKED_AT)
    const [seen] = await findUnused(trx, address, ['change-email'], 1)
    // Locked, and looked at again: what ends a wish has locked its account.
    const wanting = await accounts.lockById(trx, seen?.account_id ?? newId(ctx.clock))
    const wish = (await findUnused(trx, address, ['change-email'], 5)).find(({ hash }) => seen?.hash.equals(hash))
    await renewRefused(trx, ctx, address)
    // Not of who wants the address: in his own trail he would see whether it has an owner.
    await audit.record(trx, ctx, scope, 'verification_resent', { accountId: owner?.id })
    if (owner && isSuspended(owner, ctx.clock())) await sendDecoy(trx, ctx)
    else if (owner?.verified_at) await tellVerified(trx, ctx, owner)
    else if (owner) await renewAttempt(trx, ctx, owner, attempts)
    else if (wish && wanting && !isPast(wish.expires_at, ctx.clock())) await renewWish(trx, ctx, wanting, wish)
    else await sendDecoy(trx, ctx)
  })
}

async function tellVerified(trx: Transaction<Database>, ctx: Context, account: Account): Promise<void> {
  const secret = await issueDecoy(trx, ctx, 'verify-email')
  await outbox.enqueue(trx, ctx, mails.alreadyVerified(account, secret))
}

/**
 * The link of an attempt installs its password and names. Which of several attempts is that of who reads the mail, the
 * server cannot know, and the newest may be a stranger's who waits for this very click: then the mail leads to a new
 * password, which nobody can have prepared. So it does where no attempt is left, and for an Admin.
 */
async function renewAttempt(
  trx: Transaction<Database>,
  ctx: Context,
  account: Account,
  attempts: readonly OneTimeToken[]
): Promise<void> {
  const attempt = isProvisional(account) ? onlyAttempt(attempts) : undefined
  const purpose = attempt ? 'verify-email' : 'reset-password'
  const write = attempt ? mails.verifyEmail : mails.finishRegistration
  const { id: accountId, email } = account
  const secret = await issueSecret(trx, ctx, { accountId, purpose, email, ...(attempt && { attempt }) })
  await outbox.enqueue(trx, ctx, write(account, secret, lifetimeOf(ctx, purpose)))
}

/** What all of these attempts would install, when they are one: the salt of its hash tells an attempt from others. */
function onlyAttempt(attempts: readonly OneTimeToken[]): Attempt | undefined {
  const [newest] = attempts
  if (!newest || attempts.some(({ password_hash }) => password_hash !== newest.password_hash)) return undefined
  const { title, first_name, last_name, password_hash } = newest
  if (title === null || first_name === null || last_name === null || password_hash === null) return undefined
  return { title, first_name, last_name, password_hash }
}

/** Ends when the wish would have ended: a stranger must not keep it alive. */
async function renewWish(
  trx: Transaction<Database>,
  ctx: Context,
  account: Account,
  { email, expires_at: expiresAt, session_id }: OneTimeToken
): Promise<void> {
  const secret = await issueSecret(trx, ctx, {
    accountId: account.id,
    purpose: 'change-email',
    email,
    expiresAt,
    sessionId: session_id ?? undefined
  })
  const validFor = expiresAt.getTime() - ctx.clock().getTime()
  await outbox.enqueue(trx, ctx, confirmEmailChange(account, email, secret, validFor))
}

async function sendDecoy(trx: Transaction<Database>, ctx: Context): Promise<void> {
  const secret = await issueDecoy(trx, ctx, 'verify-email')
  await outbox.enqueueDecoy(trx, ctx, mails.decoy(secret, lifetimeOf(ctx, 'verify-email')))
}
