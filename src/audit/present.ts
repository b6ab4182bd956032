import { type Id, idToText } from '../ids.ts'
import type { Member } from '../scope.ts'
import type { EventView } from './schemas.ts'
import type { AuditEvent, Event } from './table.ts'

/** Events whose session is the one that it happened to, not the one that did it. */
const ABOUT_SESSIONS: readonly AuditEvent[] = ['session_revoked', 'session_reissued', 'session_reuse_detected']

/** Whose detail is the member's own data. That of others is for Admins: reasons, and what limits go by. */
const OWN_DETAIL: readonly AuditEvent[] = [
  'email_change_requested',
  'email_changed',
  'email_change_undone',
  'session_revoked',
  'account_created',
  'account_updated',
  'role_changed'
]

/**
 * An event as `reader` may see it: an Admin all of it. A member sees that somebody else acted on his account, and what
 * changed, but not from where, by which session and request, or why.
 */
export function presentEvent(row: Event, reader: Member | undefined): EventView {
  const isAdmin = reader?.role === 'Admin'
  const isOthers = row.actor_id !== null && !reader?.accountId.equals(row.actor_id)
  const showsRequest = isAdmin || !isOthers
  return {
    id: idToText(row.id),
    at: row.at.toISOString(),
    event: row.event,
    actorId: textOf(row.actor_id),
    subjectId: textOf(row.subject_id),
    sessionId: showsRequest || ABOUT_SESSIONS.includes(row.event) ? textOf(row.session_id) : null,
    ip: (showsRequest && row.ip) || null,
    userAgent: (showsRequest && row.user_agent) || null,
    requestId: showsRequest ? row.request_id : null,
    detail: isAdmin || OWN_DETAIL.includes(row.event) ? readDetail(row.detail) : null
  }
}

function textOf(id: Id | null): string | null {
  return id && idToText(id)
}

/** Columns by the names that they have in answers: `last_name` is lastName. */
function readDetail(text: string | null): Record<string, unknown> | null {
  if (text === null) return null
  return JSON.parse(text, (_, value: unknown) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).map(([name, content]) => [toCamelCase(name), content]))
      : value
  )
}

function toCamelCase(name: string): string {
  return name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase())
}
