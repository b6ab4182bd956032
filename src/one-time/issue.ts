import type { Transaction } from 'kysely'
import { canonicalAddress } from '../accounts/address.ts'
import { after, DAY, HOUR } from '../clock.ts'
import type { Context } from '../context.ts'
import type { Database } from '../database.ts'
import { type Id, newId } from '../ids.ts'
import { lockCode, makeCode } from '../tokens/one-time-code.ts'
import { makeOneTimeSecret, withCode } from '../tokens/one-time-secret.ts'
import * as queries from './queries.ts'
import type { Purpose } from './table.ts'

/** How long a token is kept after its end, and a registration that nobody confirmed after its last link, ms. */
export const KEPT = 7 * DAY

const UNDO_TTL = 72 * HOUR // a member who is away for a weekend still gets his account back

/** What the link of a registration attempt installs. */
export interface Attempt {
  title: string
  first_name: string
  last_name: string
  password_hash: string
}

export interface Issue {
  accountId: Id
  purpose: Purpose
  email: string
  attempt?: Attempt
  /** The session that asks. */
  sessionId?: Id | undefined
  expiresAt?: Date
}

const NO_ATTEMPT = { title: null, first_name: null, last_name: null, password_hash: null }

/** What people type on the device they signed up on; other links are opened where the mail is read. */
const WITH_CODE: readonly Purpose[] = ['verify-email', 'change-email', 'reset-password']

/**
 * Issues a single-use secret, bound to purpose and address, and where people type one a code beside it. They live in one
 * row: used together, revoked together, expired together.
 *
 * @returns the secret, with its code, for the mail only: src/tokens/one-time-secret.ts splits it
 */
export async function issueSecret(
  trx: Transaction<Database>,
  ctx: Context,
  { accountId, purpose, email, attempt, sessionId, expiresAt = after(ctx.clock(), lifetimeOf(ctx, purpose)) }: Issue
): Promise<string> {
  const owner = { account_id: accountId, purpose }
  const { text, hash, code } = make(ctx, owner)
  await queries.insert(trx, {
    ...(attempt ?? NO_ATTEMPT),
    ...owner,
    hash,
    email,
    email_canonical: canonicalAddress(email) ?? null,
    created_at: ctx.clock(),
    expires_at: expiresAt,
    used_at: null,
    code,
    session_id: sessionId ?? null
  })
  return text
}

/**
 * Does the work of `issueSecret` for an address that is nobody's: answers must take the same time whether
 * an address is known or not. The row is inserted as already used, and cleaned up like any other.
 */
export async function issueDecoy(trx: Transaction<Database>, ctx: Context, purpose: Purpose): Promise<string> {
  const nobody = { account_id: newId(ctx.clock), purpose }
  return await insertDecoy(trx, ctx, nobody, { password_hash: null, expires_at: ctx.clock() })
}

/** A row that nobody can use. */
export async function insertDecoy(
  trx: Transaction<Database>,
  ctx: Context,
  owner: { account_id: Id; purpose: Purpose },
  { password_hash, expires_at }: { password_hash: string | null; expires_at: Date }
): Promise<string> {
  const { text, hash, code } = make(ctx, owner)
  const now = ctx.clock()
  await queries.insert(trx, {
    ...NO_ATTEMPT,
    password_hash,
    ...owner,
    hash,
    email: '',
    email_canonical: null,
    created_at: now,
    expires_at,
    used_at: now,
    code,
    session_id: null
  })
  return text
}

function make(ctx: Context, owner: { account_id: Id; purpose: Purpose }) {
  const { text, hash } = makeOneTimeSecret()
  if (!WITH_CODE.includes(owner.purpose)) return { text, hash, code: null }
  const code = makeCode()
  return { text: withCode(text, code), hash, code: lockCode(ctx.keys, code, owner) }
}

/** How long a secret lives, in ms: mails say so. */
export function lifetimeOf(ctx: Context, purpose: Purpose): number {
  if (purpose === 'undo-email-change') return UNDO_TTL
  return purpose === 'reset-password' ? ctx.config.RESET_TTL : ctx.config.VERIFY_TTL
}
