import type { Kysely } from 'kysely'
import type { Database } from '../database.ts'
import type { Id } from '../ids.ts'
import type { ClaimTable } from './table.ts'

export async function find(db: Kysely<Database>, name: string): Promise<ClaimTable | undefined> {
  return await db.selectFrom('claims').selectAll().where('name', '=', name).executeTakeFirst()
}

export async function takeOver(db: Kysely<Database>, claim: ClaimTable, now: Date): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('claims')
    .set({ owner: claim.owner, until: claim.until })
    .where('name', '=', claim.name)
    .where(eb => eb.or([eb('until', '<=', now), eb.and([eb('owner', '=', claim.owner), eb('until', 'is not', null)])]))
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

export async function insert(db: Kysely<Database>, claim: ClaimTable): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await db.insertInto('claims').ignore().values(claim).executeTakeFirst()
  return numInsertedOrUpdatedRows === 1n
}

export async function remove(db: Kysely<Database>, name: string, owner: Id): Promise<void> {
  await db
    .deleteFrom('claims')
    .where('name', '=', name)
    .where('owner', '=', owner)
    .where('until', 'is not', null)
    .execute()
}
