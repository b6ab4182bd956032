import type { Mail } from '../outbox/outbox.ts'
import type { LiveSession } from './queries.ts'

export function sessionReuse(session: LiveSession, now: Date): Mail {
  const data = { firstName: session.first_name, at: now.toISOString(), userAgent: session.user_agent }
  return { to: session.email, template: 'session-reuse', locale: session.locale, data }
}
