import type { Transaction } from 'kysely'
import type { Context } from '../context.ts'
import type { Database } from '../database.ts'
import { type Id, idToText, newId } from '../ids.ts'
import { onCommit, setReceipt } from '../mysql/transact.ts'
import type { Scope } from '../scope.ts'
import * as queries from './queries.ts'

/** The closed list of what is recorded. */
export type AuditEvent =
  | 'registration_started'
  | 'email_verified'
  | 'verification_resent'
  | 'email_change_requested'
  | 'email_changed'
  | 'email_change_undone'
  | 'code_refused'
  | 'login_succeeded'
  | 'login_failed'
  | 'session_reissued'
  | 'session_reuse_detected'
  | 'session_revoked'
  | 'sessions_revoked'
  | 'reauthentication_failed'
  | 'password_reset_requested'
  | 'password_reset'
  | 'password_changed'
  | 'account_created'
  | 'account_updated'
  | 'account_deleted'
  | 'account_suspended'
  | 'account_restored'
  | 'account_purged'
  | 'role_changed'
  | 'first_admin_appointed'
  | 'signing_key_rotated'

/** What a host application is told after the commit (option `onEvent`). */
export interface AccountEvent {
  id: string
  at: string
  event: AuditEvent
  actorId: string | null
  subjectId: string | null
  requestId: string
}

export interface Subject {
  accountId: Id | undefined
  sessionId?: Id
  /** What changed, without secrets. */
  detail?: Record<string, unknown>
}

/** Records what happened, in the transaction of the act itself: no act without its record. */
export async function record(
  trx: Transaction<Database>,
  ctx: Context,
  scope: Scope,
  event: AuditEvent,
  subject: Subject
): Promise<void> {
  await recordAll(trx, ctx, scope, event, [subject])
}

/** The same of several subjects, in one statement. */
export async function recordAll(
  trx: Transaction<Database>,
  ctx: Context,
  scope: Scope,
  event: AuditEvent,
  subjects: readonly Subject[]
): Promise<void> {
  const actor = scope.member?.accountId
  const events = subjects.map(({ accountId, sessionId = scope.member?.sessionId, detail }) => ({
    id: newId(ctx.clock),
    at: ctx.clock(),
    event,
    actor_id: actor ?? null,
    subject_id: accountId ?? null,
    session_id: sessionId ?? null,
    ip: scope.ip,
    user_agent: scope.userAgent,
    request_id: scope.requestId,
    detail: detail ? JSON.stringify(detail) : null
  }))
  await queries.insert(trx, events)
  for (const { id, at, subject_id } of events) {
    setReceipt(trx, id)
    onCommit(trx, () =>
      ctx.emit({
        id: idToText(id),
        at: at.toISOString(),
        event,
        actorId: actor ? idToText(actor) : null,
        subjectId: subject_id && idToText(subject_id),
        requestId: scope.requestId
      })
    )
  }
}
