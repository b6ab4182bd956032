import { type Mail, mailTo } from '../outbox/outbox.ts'
import type { LiveSession } from './queries.ts'

/** Somebody else used a session of this member: it has ended, and he is told from where it was used last. */
export const sessionReuse = ({ account, session }: LiveSession, now: Date): Mail =>
  mailTo(account, 'session-reuse', { at: now.toISOString(), userAgent: session.user_agent })
