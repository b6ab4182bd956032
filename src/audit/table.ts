import type { Selectable } from 'kysely'
import type { Id } from '../ids.ts'

/** The closed list of what is recorded. */
export const EVENTS = [
  'registration_started',
  'email_verified',
  'verification_resent',
  'email_change_requested',
  'email_changed',
  'email_change_undone',
  'code_refused',
  'login_succeeded',
  'login_failed',
  'session_reissued',
  'session_reuse_detected',
  'session_revoked',
  'reauthentication_failed',
  'password_reset_requested',
  'password_reset',
  'password_changed',
  'account_created',
  'account_updated',
  'account_deleted',
  'account_suspended',
  'account_restored',
  'account_purged',
  'role_changed',
  'first_admin_appointed',
  'signing_key_rotated',
  'mail_retried'
] as const
export type AuditEvent = (typeof EVENTS)[number]

export interface AuditEventTable {
  id: Id
  at: Date
  event: AuditEvent
  /** Who did it; null: nobody signed in. */
  actor_id: Id | null
  /** Whom it was done to. */
  subject_id: Id | null
  /** The session that did it; of an event about a session (session_…), that one. */
  session_id: Id | null
  ip: string
  user_agent: string
  request_id: string
  /** JSON: what changed, before and after, without secrets. */
  detail: string | null
}

export type Event = Selectable<AuditEventTable>
