import type { Transaction } from 'kysely'
import { claimForever, overwriteClaim } from '../claims/claims.ts'
import type { Context } from '../context.ts'
import type { Database } from '../database.ts'
import { Problem } from '../errors.ts'
import { type Id, newId } from '../ids.ts'
import * as queries from './queries.ts'
import { isSuspended } from './standing.ts'
import type { Account } from './table.ts'

// Who is the first Admin, and that there is always one.

/** The right to be the first Admin: given once per installation. */
export async function claimFirstAdmin(trx: Transaction<Database>, id: Id): Promise<boolean> {
  return await claimForever(trx, 'first-admin', id)
}

/**
 * Refuses to let the last Admin leave who can act. Admins who leave at once follow each other: each writes one and the
 * same row first, and reads (READ COMMITTED) what those before him have left. Called last in a transaction, because
 * everybody waits for it; and without locks on other Admins, each of whom may be waiting just here.
 *
 * @throws Problem last_admin (409) when nobody could administer the members any more
 */
export async function requireAnotherAdmin(trx: Transaction<Database>, ctx: Context, leaving: Account): Promise<void> {
  if (leaving.role !== 'Admin') return
  await overwriteClaim(trx, 'admins', newId(ctx.clock))
  const now = ctx.clock()
  const others = (await queries.findAdmins(trx)).filter(({ id }) => !id.equals(leaving.id))
  // Who is suspended or never proved the address cannot act, not even when the suspension will end by itself.
  if (!others.some(other => other.verified_at && !isSuspended(other, now))) throw new Problem('last_admin')
}
