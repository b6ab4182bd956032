import type { Id } from '../ids.ts'

export interface AuditEventTable {
  id: Id
  at: Date
  event: string
  /** Who did it; null: nobody signed in. */
  actor_id: Id | null
  /** Whom it was done to. */
  subject_id: Id | null
  session_id: Id | null
  ip: string
  user_agent: string
  request_id: string
  /** JSON: what changed, before and after, without secrets. */
  detail: string | null
}
