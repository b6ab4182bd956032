import type { Transaction } from 'kysely'
import { after } from '../clock.ts'
import type { Context } from '../context.ts'
import type { Database } from '../database.ts'
import { standInId } from '../tokens/one-time-code.ts'
import { insertDecoy, KEPT, lifetimeOf } from './issue.ts'
import * as queries from './queries.ts'

/**
 * Remembers the password of a registration that came to nothing, because the address is somebody's: for as long as a
 * registration of a free one, and under an id that stands for the address. A login with it is answered as if it were one.
 */
export async function rememberRefused(
  trx: Transaction<Database>,
  ctx: Context,
  address: Buffer,
  passwordHash: string
): Promise<void> {
  await forgetRefused(trx, ctx, address) // only the newest counts, and strangers must not heap up rows
  const owner = { account_id: standInId(ctx.keys, address, 'registrant'), purpose: 'verify-email' } as const
  await insertDecoy(trx, ctx, owner, { password_hash: passwordHash, expires_at: refusedUntil(ctx) })
}

/** Of a free address the newest registration counts, and no older one from when it was taken. */
export async function forgetRefused(trx: Transaction<Database>, ctx: Context, address: Buffer): Promise<void> {
  await queries.deleteOfAccount(trx, standInId(ctx.keys, address, 'registrant'))
}

/** Another link went out, or would have, were the address free: a registration is kept for so much longer. */
export async function renewRefused(trx: Transaction<Database>, ctx: Context, address: Buffer): Promise<void> {
  await queries.prolongRefused(trx, standInId(ctx.keys, address, 'registrant'), refusedUntil(ctx))
}

/** The end of a row that is deleted when a registration without another link would be: see purge.ts. */
function refusedUntil(ctx: Context): Date {
  return after(ctx.clock(), Math.max(0, lifetimeOf(ctx, 'verify-email') - KEPT))
}

/** The password hash of the newest registration of an address that came to nothing; null when there is none. */
export async function findRefused(ctx: Context, address: Buffer): Promise<string | null> {
  return await queries.findRefusedHash(ctx.db, standInId(ctx.keys, address, 'registrant'))
}
