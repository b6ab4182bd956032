import { Type } from '@sinclair/typebox'
import { TypeCompiler } from '@sinclair/typebox/compiler'
import type { Transaction } from 'kysely'
import * as audit from '../audit/audit.ts'
import type { Context } from '../context.ts'
import type { Database } from '../database.ts'
import { Problem } from '../errors.ts'
import { type Id, idToText } from '../ids.ts'
import { onCommit, transact } from '../mysql/transact.ts'
import { cutPage, DEFAULT_LIMIT, type ListName, type Page, readCursor } from '../paging.ts'
import type { Scope } from '../scope.ts'
import { requireLive } from '../sessions/live.ts'
import { findParked, unpark } from './queries.ts'
import type { UndeliveredMailQuery } from './schemas.ts'
import type { UndeliveredMail } from './table.ts'
import * as queries from './undelivered-queries.ts'

/** Where a page ended: at this mail, which was parked at that time. */
const positions = TypeCompiler.Compile(
  Type.Object({
    id: Type.String({ pattern: '^[0-9a-f]{32}$' }),
    parked: Type.Union([Type.Integer({ minimum: 0 }), Type.Null()])
  })
)

/**
 * Mail that has not arrived, newest first; of what is parked, what was parked last.
 *
 * @throws Problem validation_failed (400) for a cursor that is not ours
 */
export async function list(
  ctx: Context,
  { state, limit = DEFAULT_LIMIT, cursor }: UndeliveredMailQuery
): Promise<Page<UndeliveredMail>> {
  const name: ListName = ['undelivered-mail', state ?? null]
  const position = cursor === undefined ? undefined : readCursor(ctx, name, positions, cursor)
  const id = position && Buffer.from(position.id, 'hex')
  const one = limit + 1
  const parkedBefore = id && { id, parkedAt: new Date(position?.parked ?? 0) }
  const mails =
    state === 'parked'
      ? await queries.listParked(ctx.db, one, parkedBefore)
      : await (state === 'waiting' ? queries.listWaiting : queries.listAll)(ctx.db, one, id)
  return cutPage(ctx, name, mails, limit, last => ({
    id: last.id.toString('hex'),
    parked: last.parked_at?.getTime() ?? null
  }))
}

/**
 * Makes a parked mail due again; does nothing where it waits, or has arrived.
 *
 * @returns whether it was parked
 * @throws Problem mail_not_found (404); session_revoked (401), forbidden (403) as `requireLive`
 */
export async function retry(ctx: Context, scope: Scope, id: Id): Promise<boolean> {
  return await transact(ctx.db, async trx => {
    await requireLive(trx, ctx, scope)
    const done = await retryOne(trx, ctx, scope, id)
    if (done === undefined) throw new Problem('mail_not_found')
    return done
  })
}

/**
 * The same of all that is parked now, up to `most`, once: the worker may park it again. For the program itself.
 *
 * @returns how many
 */
export async function retryAll(ctx: Context, scope: Scope, most: number): Promise<number> {
  let count = 0
  for (const id of await findParked(ctx.db, most))
    if (await transact(ctx.db, trx => retryOne(trx, ctx, scope, id))) count++
  return count
}

/** @returns whether it was parked; undefined where there is no such mail */
async function retryOne(trx: Transaction<Database>, ctx: Context, scope: Scope, id: Id): Promise<boolean | undefined> {
  const mail = await queries.lock(trx, id)
  if (!mail) return undefined
  if (!(await unpark(trx, id, ctx.clock()))) return false
  // Without the address: the trail is kept for longer than the mail.
  const detail = { mail: idToText(id), template: mail.template }
  await audit.record(trx, ctx, scope, 'mail_retried', { accountId: undefined, detail })
  onCommit(trx, ctx.wakeOutbox)
  return true
}
