import type { Selectable, Updateable } from 'kysely'
import type { AccountTable } from '../../src/accounts/table.ts'
import type { OutboxTable } from '../../src/outbox/table.ts'
import type { TestDatabase } from './database.ts'

// Behind the API: what no answer shows, and what no request changes.

type Behind = Pick<TestDatabase, 'db'>

export async function accountRow({ db }: Behind, email: string): Promise<Selectable<AccountTable>> {
  return await db.selectFrom('accounts').selectAll().where('email', '=', email).executeTakeFirstOrThrow()
}

export async function setAccount({ db }: Behind, email: string, changes: Updateable<AccountTable>): Promise<void> {
  await db.updateTable('accounts').set(changes).where('email', '=', email).execute()
}

export async function countAdmins({ db }: Behind): Promise<number> {
  return (await db.selectFrom('accounts').select('id').where('role', '=', 'Admin').execute()).length
}

/** The mail to an address, delivered or not. */
export async function outboxRow({ db }: Behind, recipient: string): Promise<Selectable<OutboxTable>> {
  return await db.selectFrom('outbox').selectAll().where('recipient', '=', recipient).executeTakeFirstOrThrow()
}
