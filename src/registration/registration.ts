import type { Transaction } from 'kysely'
import {
  erase,
  isProvisional,
  nameColumns,
  newAccount,
  requireCanonicalAddress,
  verifyAddress,
  withEmailTaken
} from '../accounts/accounts.ts'
import { tellOfEmailChange } from '../accounts/email-changed.ts'
import * as accounts from '../accounts/queries.ts'
import { isSuspended } from '../accounts/standing.ts'
import type { Account } from '../accounts/table.ts'
import * as audit from '../audit/audit.ts'
import type { Context } from '../context.ts'
import type { Database } from '../database.ts'
import { Problem } from '../errors.ts'
import { transact, transactUnique } from '../mysql/transact.ts'
import { proving } from '../one-time/codes.ts'
import { issueSecret, lifetimeOf } from '../one-time/issue.ts'
import * as oneTime from '../one-time/one-time.ts'
import { forgetRefused, rememberRefused } from '../one-time/refused.ts'
import type { OneTimeToken, Purpose } from '../one-time/table.ts'
import * as outbox from '../outbox/outbox.ts'
import type { Proof } from '../schemas.ts'
import type { Scope } from '../scope.ts'
import * as sessions from '../sessions/sessions.ts'
import * as mails from './mails.ts'
import type { RegisterRequest } from './schemas.ts'

const PURPOSES: readonly Purpose[] = ['verify-email', 'change-email']

/**
 * Starts a registration attempt. The answer is the same for a new and for a taken address; the mail
 * tells. The link of an attempt installs the password and names of that attempt, so that nobody can
 * prepare an account for somebody else's click.
 */
export async function register(ctx: Context, scope: Scope, input: RegisterRequest): Promise<void> {
  const password_hash = await ctx.hasher.hash(input.password)
  const attempt = { ...nameColumns(input), password_hash }
  await transactUnique(ctx.db, async trx => {
    // Locked: an account that is verified meanwhile must not get this attempt's password.
    const known = await accounts.lockByEmail(trx, requireCanonicalAddress(input.email))
    // Not when it was made Admin before: whoever registers the address would choose an Admin's password. Nor while it is
    // suspended, verified or not: there are no links then.
    if (known && (!isProvisional(known) || isSuspended(known, ctx.clock())))
      return await refuse(trx, ctx, scope, known, { ...newAccount(ctx, scope, input.email), ...attempt, password_hash })
    const account: Account = { ...(known ?? newAccount(ctx, scope, input.email)), ...attempt }
    if (known) await accounts.update(trx, known.id, attempt)
    else await accounts.insert(trx, account)
    await forgetRefused(trx, ctx, account.email_canonical)
    const secret = await issueSecret(trx, ctx, {
      accountId: account.id,
      purpose: 'verify-email',
      email: account.email,
      attempt
    })
    await audit.record(trx, ctx, scope, 'registration_started', { accountId: account.id })
    await outbox.enqueue(trx, ctx, mails.verifyEmail(account, secret, lifetimeOf(ctx, 'verify-email')))
  })
}

/** The owner is told. What is written is as much as for a free address, and a login is answered alike afterwards. */
async function refuse(
  trx: Transaction<Database>,
  ctx: Context,
  scope: Scope,
  owner: Account,
  refused: Account & { password_hash: string }
): Promise<void> {
  await accounts.insertTaken(trx, refused)
  await rememberRefused(trx, ctx, refused.email_canonical, refused.password_hash)
  await audit.record(trx, ctx, scope, 'registration_started', { accountId: owner.id })
  await outbox.enqueue(trx, ctx, mails.alreadyRegistered(owner))
}

/**
 * Uses the link or the code of a registration attempt, or of a changed address. The same link once more is calm.
 *
 * @returns whether this use did it, or an earlier one of the same link
 * @throws Problem token_invalid, token_expired (401); validation_failed (400) for a code; email_taken (409) when somebody else proved the
 *   new address meanwhile
 */
export async function verifyEmail(ctx: Context, scope: Scope, proof: Proof): Promise<'now' | 'before'> {
  try {
    await proving(proof, () => verifyOnce(ctx, scope, proof))
    return 'now'
  } catch (error) {
    // Looked at afterwards, so that of two clicks at the same moment the second is as calm as one a minute later.
    const isRefused = error instanceof Problem && error.code === 'token_invalid'
    if (isRefused && proof.token !== undefined && (await isVerifiedBy(ctx, proof.token))) return 'before'
    throw error
  }
}

async function verifyOnce(ctx: Context, scope: Scope, proof: Proof): Promise<void> {
  const token = await oneTime.findProven(ctx, scope, proof, PURPOSES)
  await withEmailTaken(() =>
    transact(ctx.db, async trx => {
      await oneTime.consume(trx, ctx, token)
      const account = await accounts.lockById(trx, token.account_id)
      if (!account || isSuspended(account, ctx.clock())) throw new Problem('token_invalid')
      await oneTime.revokeAll(trx, account.id, token)
      if (token.purpose === 'change-email') await confirmChange(trx, ctx, scope, account, token)
      else await confirmAttempt(trx, ctx, scope, account, token)
    })
  )
}

/** Whether this link verified the address that its account has, and neither address nor password changed since. */
async function isVerifiedBy(ctx: Context, secret: string): Promise<boolean> {
  const token = await oneTime.findUsed(ctx.db, ctx, secret, PURPOSES)
  const account = token && (await accounts.findById(ctx.db, token.account_id))
  return Boolean(account?.verified_at && token?.email_canonical?.equals(account.email_canonical))
}

async function confirmAttempt(
  trx: Transaction<Database>,
  ctx: Context,
  scope: Scope,
  account: Account,
  token: OneTimeToken
): Promise<void> {
  const { title, first_name, last_name, password_hash } = token
  // A token is bound to its address.
  if (
    !isProvisional(account) ||
    token.email !== account.email ||
    title === null ||
    first_name === null ||
    last_name === null
  ) {
    throw new Problem('token_invalid')
  }
  const refused = account.password_hash // of the newest attempt
  if (refused !== null && refused !== password_hash) await rememberRefused(trx, ctx, account.email_canonical, refused)
  const verified = await verifyAddress(trx, ctx, scope, account)
  await accounts.update(trx, account.id, { ...verified, title, first_name, last_name, password_hash })
}

async function confirmChange(
  trx: Transaction<Database>,
  ctx: Context,
  scope: Scope,
  account: Account,
  token: OneTimeToken
): Promise<void> {
  const now = ctx.clock()
  const email_canonical = requireCanonicalAddress(token.email)
  const changes = { email: token.email, email_canonical, address_proven_at: now, updated_at: now }
  await evict(trx, ctx, scope, changes.email_canonical)
  await accounts.update(trx, account.id, changes)
  // Whoever opens the link, the session that asked goes on; nobody knows of the others whose they are.
  const except = token.session_id ?? undefined
  await sessions.revokeAll(trx, ctx, scope, account.id, { reason: 'email_changed', except })
  await audit.record(trx, ctx, scope, 'email_changed', {
    accountId: account.id,
    detail: { from: account.email, to: token.email }
  })
  await tellOfEmailChange(trx, ctx, account, token.email)
}

/** Who proves an address takes it from a registration that nobody confirmed: nobody squats on it. */
export async function evict(trx: Transaction<Database>, ctx: Context, scope: Scope, address: Buffer): Promise<void> {
  const squatter = await accounts.lockByEmail(trx, address)
  if (!squatter || !isProvisional(squatter) || isSuspended(squatter, ctx.clock())) return
  await erase(trx, squatter.id)
  if (squatter.password_hash !== null) await rememberRefused(trx, ctx, address, squatter.password_hash)
  const detail = { self: false, reason: 'its address was proven by another account' }
  await audit.record(trx, ctx, scope, 'account_deleted', { accountId: squatter.id, detail })
}
