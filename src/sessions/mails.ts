import type { Account } from '../accounts/table.ts'
import { type Mail, mailTo } from '../outbox/outbox.ts'
import type { Place } from '../places.ts'
import type { Ending } from './ending-queries.ts'
import type { LiveSession } from './queries.ts'

/** Somebody else used a session of this member: it has ended, and he is told from where it was used last. */
export const sessionReuse = ({ account, session }: LiveSession, now: Date): Mail =>
  mailTo(account, 'session-reuse', { at: now.toISOString(), userAgent: session.user_agent })

/** An Admin ended sessions of this member; of one alone he is told where it was used. */
export const sessionsEnded = (account: Account, ended: readonly Pick<Ending, 'user_agent'>[], now: Date): Mail =>
  mailTo(account, 'sessions-ended', {
    at: now.toISOString(),
    userAgent: ended.length === 1 ? (ended[0]?.user_agent ?? null) : null
  })

/** Somebody signed in from where this member never did before. */
export const newDevice = (account: Account, { ip, userAgent }: Place, now: Date): Mail =>
  mailTo(account, 'new-device', { at: now.toISOString(), userAgent, ip })
