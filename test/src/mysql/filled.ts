import { type Insertable, type Kysely, sql } from 'kysely'
import type { AccountTable } from '../../../src/accounts/table.ts'
import type { AuditEventTable } from '../../../src/audit/table.ts'
import { DAY, HOUR } from '../../../src/clock.ts'
import type { Database } from '../../../src/database.ts'
import type { Id } from '../../../src/ids.ts'
import type { LimitCounterTable } from '../../../src/limits/table.ts'
import type { CodeTriesTable, OneTimeTokenTable } from '../../../src/one-time/table.ts'
import type { OutboxTable } from '../../../src/outbox/table.ts'
import type { SessionTable } from '../../../src/sessions/table.ts'

export const NOW = new Date('2030-01-01T00:00:00Z')
export const LATER = new Date(NOW.getTime() + DAY)
const EARLIER = new Date(NOW.getTime() - DAY)
const ROWS = 5000
export const BUSY = 7 // the account that 200 sessions and 200 links belong to

const KINDS = ['account', 'session', 'mail', 'event', 'counter'] as const

/** The nth id of a kind, in order. */
export function id(kind: (typeof KINDS)[number], n: number): Id {
  const bytes = Buffer.alloc(16, KINDS.indexOf(kind) + 1)
  bytes.writeUInt32BE(n, 0)
  return bytes
}

export const canonicalOf = (n: number) => Buffer.from(`member${String(n).padStart(5, '0')}@example.com`)

/** The nth row of each table. */
export function rowsOf(now: Date) {
  const account = (n: number): Insertable<AccountTable> => ({
    id: id('account', n),
    email: canonicalOf(n).toString(),
    email_canonical: canonicalOf(n),
    title: 'Ms',
    first_name: 'Ada',
    last_name: n % 2 === 0 ? 'Smith' : `Name ${n}`,
    role: n % 500 === 0 ? 'Admin' : 'User',
    password_hash: '$hash',
    locale: 'en',
    verified_at: n % 20 === 1 ? null : now,
    address_proven_at: null,
    suspended_at: null,
    suspended_until: null,
    suspended_reason: null,
    version: 0,
    last_login_at: null,
    created_at: now,
    updated_at: null
  })
  const owner = (n: number) => id('account', n < 200 ? BUSY : n)
  const session = (n: number): Insertable<SessionTable> => ({
    id: id('session', n),
    account_id: owner(n),
    transport: 'cookie',
    secret: n < 195 && n !== 9 ? null : Buffer.alloc(32, 1),
    generation: 0,
    parent: null,
    used: 0,
    reissues: 0,
    moved_at: now,
    created_at: now,
    last_used_at: new Date(now.getTime() - n),
    idle_expires_at: n % 10 === 0 ? EARLIER : LATER,
    expires_at: LATER,
    revoked_at: n < 195 && n !== 9 ? now : null,
    authenticated_at: null,
    authenticated_ip: '127.0.0.1',
    authenticated_agent: 'test',
    ip: '127.0.0.1',
    user_agent: 'test'
  })
  const token = (n: number): Insertable<OneTimeTokenTable> => ({
    hash: Buffer.concat([id('account', n), Buffer.alloc(16)]),
    account_id: owner(n),
    purpose: 'reset-password',
    email: 'member@example.com',
    email_canonical: canonicalOf(n < 200 ? BUSY : n),
    created_at: now,
    expires_at: new Date(now.getTime() + n * 1000 + HOUR),
    used_at: n < 198 && n !== 9 ? now : null,
    title: null,
    first_name: null,
    last_name: null,
    password_hash: null,
    code: null,
    session_id: null
  })
  // All delivered but the last 1040: 1000 parked, 40 waiting, half of them due.
  const mail = (n: number): Insertable<OutboxTable> => ({
    id: id('mail', n),
    recipient: 'member@example.com',
    template: 'password-changed',
    locale: 'en',
    data: '{}',
    secret: null,
    attempts: 1,
    due_at: n < ROWS - 40 ? null : n % 2 === 0 ? now : LATER,
    owner: null,
    created_at: now,
    sent_at: n < ROWS - 1040 ? now : null,
    parked_at: n >= ROWS - 1040 && n < ROWS - 40 ? now : null,
    last_error: null
  })
  // One in ten is a failure, one in 250 a deletion; one in eight was done by the busy account.
  const event = (n: number): Insertable<AuditEventTable> => ({
    id: id('event', n),
    at: now,
    event: n % 250 === 3 ? 'account_deleted' : n % 10 === 0 ? 'login_failed' : 'login_succeeded',
    actor_id: n % 8 === 0 ? id('account', BUSY) : null,
    subject_id: owner(n),
    session_id: null,
    ip: '127.0.0.1',
    user_agent: 'test',
    request_id: 'test',
    detail: null
  })
  const tries = (n: number): CodeTriesTable => ({ account_id: id('account', n), tries: n % 6, since: now })
  // Half of them are over.
  const counter = (n: number): LimitCounterTable => ({
    id: id('counter', n),
    count: 1,
    until: n % 2 === 0 ? EARLIER : LATER
  })
  return { account, session, token, mail, event, tries, counter }
}

/** Fills every table with 5,000 rows, and lets the server count them. */
export async function fill(db: Kysely<Database>): Promise<void> {
  const { account, session, token, mail, event, tries, counter } = rowsOf(NOW)
  for (let from = 0; from < ROWS; from += 1000) {
    const some = Array.from({ length: 1000 }, (_, i) => from + i)
    await db.insertInto('accounts').values(some.map(account)).execute()
    await db.insertInto('sessions').values(some.map(session)).execute()
    await db.insertInto('one_time_tokens').values(some.map(token)).execute()
    await db.insertInto('code_tries').values(some.map(tries)).execute()
    await db.insertInto('outbox').values(some.map(mail)).execute()
    await db.insertInto('audit_events').values(some.map(event)).execute()
    await db.insertInto('limit_counters').values(some.map(counter)).execute()
  }
  await sql`analyze table accounts, sessions, one_time_tokens, code_tries, outbox, audit_events, limit_counters`.execute(
    db
  )
}
