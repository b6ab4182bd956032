import type { Transaction } from 'kysely'
import type { Context } from '../context.ts'
import type { Database } from '../database.ts'
import { type Id, idToText, newId } from '../ids.ts'
import { onCommit, setReceipt } from '../mysql/transact.ts'
import type { Scope } from '../scope.ts'
import * as queries from './queries.ts'
import type { AuditEvent } from './table.ts'

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
  const at = ctx.clock()
  const events = subjects.map(({ accountId, sessionId = scope.member?.sessionId, detail }) => ({
    id: newId(() => at), // the trail is read by id, from one time to another, too
    at,
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
