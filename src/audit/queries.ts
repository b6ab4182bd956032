import type { Insertable, Transaction } from 'kysely'
import type { Database } from '../database.ts'
import type { AuditEventTable } from './table.ts'

export async function insert(trx: Transaction<Database>, event: Insertable<AuditEventTable>): Promise<void> {
  await trx.insertInto('audit_events').values(event).execute()
}
