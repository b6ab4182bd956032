import type { Kysely, Transaction } from 'kysely'
import type { Database } from '../database.ts'
import type { Id } from '../ids.ts'
import type { ClaimTable } from './table.ts'

/** Who holds `name`, or held it last. */
export async function find(db: Kysely<Database>, name: string): Promise<ClaimTable | undefined> {
  return await db.selectFrom('claims').selectAll().where('name', '=', name).executeTakeFirst()
}

/**
 * Takes a claim whose lease has ended, or prolongs the owner's own; one that is held for ever (`until` null) never.
 *
 * @returns whether it is the claim's owner's now
 */
export async function takeOver(db: Kysely<Database>, claim: ClaimTable, now: Date): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('claims')
    .set({ owner: claim.owner, until: claim.until })
    .where('name', '=', claim.name)
    .where(eb => eb.or([eb('until', '<=', now), eb.and([eb('owner', '=', claim.owner), eb('until', 'is not', null)])]))
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

/** Makes a claim that nobody ever held. @returns false when somebody has it */
export async function insert(db: Kysely<Database>, claim: ClaimTable): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await db.insertInto('claims').ignore().values(claim).executeTakeFirst()
  return numInsertedOrUpdatedRows === 1n
}

/** Gives back what `owner` holds by a lease. */
export async function remove(db: Kysely<Database>, name: string, owner: Id): Promise<void> {
  await db
    .deleteFrom('claims')
    .where('name', '=', name)
    .where('owner', '=', owner)
    .where('until', 'is not', null)
    .execute()
}

/** Inserts or overwrites a claim; unlike a locking read it is seen by the certification of a cluster. */
export async function overwrite(trx: Transaction<Database>, claim: ClaimTable): Promise<void> {
  await trx.insertInto('claims').values(claim).onDuplicateKeyUpdate({ owner: claim.owner }).execute()
}
