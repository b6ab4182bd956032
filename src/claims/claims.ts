import type { Kysely, Transaction } from 'kysely'
import { after, type Clock } from '../clock.ts'
import type { Database } from '../database.ts'
import type { Id } from '../ids.ts'
import { faultKind } from '../mysql/faults.ts'
import * as queries from './queries.ts'

/**
 * Takes `name` for `owner`, for `lease` ms; the owner may take it again to prolong it. A claim is a
 * guarded UPDATE or INSERT, because GET_LOCK and SKIP LOCKED hold on one node of a cluster only.
 *
 * @returns whether it is ours now
 */
export async function claim(
  db: Kysely<Database>,
  clock: Clock,
  name: string,
  owner: Id,
  lease: number
): Promise<boolean> {
  const now = clock()
  const until = after(now, lease)
  try {
    return (
      (await queries.takeOver(db, { name, owner, until }, now)) || (await queries.insert(db, { name, owner, until }))
    )
  } catch (error) {
    if (faultKind(error) === 'race') return false // another node of a cluster was first
    throw error
  }
}

/** Gives a claim back before its lease ends. */
export async function release(db: Kysely<Database>, name: string, owner: Id): Promise<void> {
  await queries.remove(db, name, owner)
}

/** Takes `name` for ever: true for exactly one caller in the life of the installation. */
export async function claimForever(trx: Transaction<Database>, name: string, owner: Id): Promise<boolean> {
  if (await queries.find(trx, name)) return false
  return await queries.insert(trx, { name, owner, until: null })
}

/** Writes the row of `name` anew: of transactions that do so at once one is first, on every node of a cluster. */
export async function overwriteClaim(trx: Transaction<Database>, name: string, owner: Id): Promise<void> {
  await queries.overwrite(trx, { name, owner, until: null })
}
