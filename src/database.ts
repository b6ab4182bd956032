import type { AccountTable } from './accounts/table.ts'
import type { AuditEventTable } from './audit/table.ts'
import type { ClaimTable } from './claims/table.ts'
import type { LimitCounterTable } from './limits/table.ts'
import type { CodeTriesTable, OneTimeTokenTable } from './one-time/table.ts'
import type { OutboxTable } from './outbox/table.ts'
import type { SessionTable } from './sessions/table.ts'

/** The whole schema. Row types stand beside their subject; migrations/ makes the tables. */
export interface Database {
  accounts: AccountTable
  sessions: SessionTable
  one_time_tokens: OneTimeTokenTable
  code_tries: CodeTriesTable
  outbox: OutboxTable
  audit_events: AuditEventTable
  claims: ClaimTable
  limit_counters: LimitCounterTable
}
