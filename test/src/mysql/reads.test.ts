import assert from 'node:assert/strict'
import { readdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { after, before, test } from 'node:test'
import { type Kysely, sql, type Transaction } from 'kysely'
import * as accounts from '../../../src/accounts/queries.ts'
import * as audit from '../../../src/audit/queries.ts'
import * as claims from '../../../src/claims/queries.ts'
import { DAY } from '../../../src/clock.ts'
import type { Database } from '../../../src/database.ts'
import { firstIdAt } from '../../../src/ids.ts'
import * as limits from '../../../src/limits/queries.ts'
import * as oneTime from '../../../src/one-time/queries.ts'
import { PURPOSES } from '../../../src/one-time/table.ts'
import * as tries from '../../../src/one-time/try-queries.ts'
import * as outbox from '../../../src/outbox/queries.ts'
import * as undelivered from '../../../src/outbox/undelivered-queries.ts'
import * as endings from '../../../src/sessions/ending-queries.ts'
import * as places from '../../../src/sessions/place-queries.ts'
import * as sessions from '../../../src/sessions/queries.ts'
import { createTestDatabase } from '../../support/database.ts'
import { BUSY, canonicalOf, fill, id, LATER, NOW, rowsOf } from './filled.ts'

const FACTOR = 10 // reads per row that comes of it
const CONSTANT = 20 // reads that a query may have besides: a dive into each index, a join, a lock

const SRC = join(import.meta.dirname, '../../../src')
const database = await createTestDatabase()
after(() => database.destroy())
before(() => fill(database.db))

type Query = (trx: Transaction<Database>) => Promise<unknown>
/** A query, and how many rows it touches where its answer does not say. */
type Case = Query | [rows: number, query: Query]

const { account, session, token, mail, event, counter } = rowsOf(NOW)
const five = [1, 2, 3, 4, 6001].map(n => id('counter', n))
const page = { limit: 101, role: undefined }
const users = { limit: 101, role: 'User' as const }
const admins = { limit: 101, role: 'Admin' as const }
const smith = (n: number) => ({ lastName: 'Smith', id: id('account', n) })
const busy = id('account', 7) // has 200 sessions and 200 links, nearly all of them over

const cases: Record<string, Record<string, Case>> = {
  'accounts/findById': { '': t => accounts.findById(t, id('account', 9)) },
  'accounts/findByEmail': { '': t => accounts.findByEmail(t, canonicalOf(9)) },
  'accounts/lockByEmail': { '': t => accounts.lockByEmail(t, canonicalOf(9)) },
  'accounts/lockById': { '': t => accounts.lockById(t, id('account', 9)) },
  'accounts/insert': { '': t => accounts.insert(t, account(6000)) },
  'accounts/insertTaken': {
    '': t => accounts.insertTaken(t, { ...account(6001), email_canonical: account(9).email_canonical })
  },
  'accounts/update': { '': t => accounts.update(t, id('account', 9), { title: 'Dr' }) },
  'accounts/recordLogin': {
    '': t =>
      accounts.recordLogin(
        t,
        { id: id('account', 9), passwordHash: '$hash' },
        { last_login_at: NOW, password_hash: '$other' }
      )
  },
  'accounts/remove': { '': t => accounts.remove(t, id('account', 9)) },
  'accounts/list': {
    'first page': t => accounts.list(t, page, undefined),
    'deep page': t => accounts.list(t, page, id('account', 4000)),
    'role User, deep page': t => accounts.list(t, users, id('account', 4000)),
    'role Admin': t => accounts.list(t, admins, undefined),
    'role Admin, deep page': t => accounts.list(t, admins, id('account', 2500))
  },
  'accounts/listByEmail': {
    'all begin so': t => accounts.listByEmail(t, page, Buffer.from('m'), undefined),
    'all begin so, deep page': t => accounts.listByEmail(t, page, Buffer.from('m'), canonicalOf(4000)),
    'few begin so': t => accounts.listByEmail(t, page, Buffer.from('member123'), undefined),
    'role Admin': t => accounts.listByEmail(t, admins, Buffer.from('m'), undefined),
    'role Admin, deep page': t => accounts.listByEmail(t, admins, Buffer.from('m'), canonicalOf(2500)),
    none: t => accounts.listByEmail(t, page, Buffer.from('x'), undefined)
  },
  'accounts/listByLastName': {
    'many begin so': t => accounts.listByLastName(t, page, 's', Buffer.from('s'), undefined),
    'many have the same name, deep page': t => accounts.listByLastName(t, page, 'Smith', undefined, smith(4000)),
    'few begin so': t => accounts.listByLastName(t, page, 'Name 12', Buffer.from('name 12'), undefined),
    'role Admin': t => accounts.listByLastName(t, admins, 's', Buffer.from('s'), undefined),
    'role Admin, deep page': t => accounts.listByLastName(t, admins, 'Smith', undefined, smith(2500)),
    'role User, deep page': t => accounts.listByLastName(t, users, 'Smith', undefined, smith(4000)),
    none: t => accounts.listByLastName(t, page, 'x', Buffer.from('x'), undefined)
  },
  'accounts/findPasswordHashes': {
    first: t => accounts.findPasswordHashes(t, 1000, undefined),
    deep: t => accounts.findPasswordHashes(t, 1000, id('account', 4000))
  },
  'accounts/findUnverified': {
    'first page': t => accounts.findUnverified(t, firstIdAt(NOW), undefined, 100),
    'deep page': t => accounts.findUnverified(t, firstIdAt(NOW), id('account', 4000), 100),
    none: t => accounts.findUnverified(t, firstIdAt(new Date(0)), undefined, 100)
  },
  'accounts/findAdmins': { '': t => accounts.findAdmins(t) },
  'audit/insert': { '': t => audit.insert(t, [event(9000)]) },
  'audit/list': {
    'first page': t => audit.list(t, { limit: 101 }),
    'deep page': t => audit.list(t, { limit: 101, before: id('event', 1000) }),
    'a time': t => audit.list(t, { limit: 101, from: id('event', 2000), before: id('event', 2050) }),
    subject: t => audit.list(t, { limit: 101, subjectId: busy }),
    'subject, deep page': t => audit.list(t, { limit: 101, subjectId: busy, before: id('event', 50) }),
    'subject of few events': t => audit.list(t, { limit: 101, subjectId: id('account', 4000) }),
    actor: t => audit.list(t, { limit: 101, actorId: busy }),
    'actor, deep page': t => audit.list(t, { limit: 101, actorId: busy, before: id('event', 1500) }),
    'actor of no event': t => audit.list(t, { limit: 101, actorId: id('account', 4000) }),
    event: t => audit.list(t, { limit: 101, event: 'login_failed' }),
    'event, deep page': t => audit.list(t, { limit: 101, event: 'login_failed', before: id('event', 2500) }),
    'event that is nearly all': t => audit.list(t, { limit: 101, event: 'login_succeeded' }),
    'rare event': t => audit.list(t, { limit: 101, event: 'account_deleted' }),
    'rare event, in a time': t => audit.list(t, { limit: 101, event: 'account_deleted', from: id('event', 1) }),
    'event that never was': t => audit.list(t, { limit: 101, event: 'account_purged' }),
    'rare event of a subject with many': [
      20, // the narrower of the two
      t => audit.list(t, { limit: 101, event: 'account_deleted', subjectId: busy })
    ],
    'frequent event of a subject with few': t =>
      audit.list(t, { limit: 101, event: 'login_succeeded', subjectId: id('account', 4001) }),
    'frequent event of an actor of none': t =>
      audit.list(t, { limit: 101, event: 'login_succeeded', actorId: id('account', 4001) })
  },
  'audit/findOrigins': {
    'busy account': [
      201,
      t => audit.findOrigins(t, busy, { events: ['password_reset'], since: id('event', 0), limit: 500 })
    ],
    'busy account, cut off': [
      10,
      t => audit.findOrigins(t, busy, { events: ['password_reset'], since: id('event', 0), limit: 10 })
    ],
    'busy account, lately': t =>
      audit.findOrigins(t, busy, { events: ['password_reset'], since: id('event', 199), limit: 500 })
  },
  'audit/deleteOld': {
    '': t => audit.deleteOld(t, LATER, 500),
    none: t => audit.deleteOld(t, new Date(0), 500)
  },
  'claims/find': { '': t => claims.find(t, 'housekeeping') },
  'claims/takeOver': { '': t => claims.takeOver(t, { name: 'housekeeping', owner: busy, until: LATER }, NOW) },
  'claims/overwrite': { '': t => claims.overwrite(t, { name: 'admins', owner: busy, until: null }) },
  'claims/insert': { '': t => claims.insert(t, { name: 'housekeeping', owner: busy, until: LATER }) },
  'claims/remove': { '': t => claims.remove(t, 'housekeeping', busy) },
  'limits/increment': { '': [5, t => limits.increment(t, [1, 2, 3, 4, 6001].map(counter), NOW)] },
  'limits/decrement': { '': [5, t => limits.decrement(t, [1, 2, 3, 4, 6001].map(counter), NOW)] },
  'limits/findRunning': { '': [5, t => limits.findRunning(t, five, NOW)] },
  'limits/deleteEnded': {
    '': t => limits.deleteEnded(t, NOW, 500),
    none: t => limits.deleteEnded(t, new Date(0), 500)
  },
  'one-time/insert': { '': t => oneTime.insert(t, token(6000)) },
  'one-time/find': { '': t => oneTime.find(t, token(9).hash) },
  'one-time/setUsed': { '': t => oneTime.setUsed(t, token(9).hash, NOW) },
  'one-time/hasRecent': {
    'busy account, old links': [200, t => oneTime.hasRecent(t, busy, LATER, new Date(NOW.getTime() + 365 * DAY))]
  },
  'one-time/findUnused': {
    'an address with 200 links, nearly all used': t => oneTime.findUnused(t, canonicalOf(BUSY), ['reset-password'], 5),
    'for two purposes': [2, t => oneTime.findUnused(t, canonicalOf(BUSY), ['verify-email', 'change-email'], 5)],
    none: t => oneTime.findUnused(t, Buffer.from('nobody@example.com'), ['reset-password'], 5)
  },
  'one-time/findRefusedHash': {
    'busy account': t => oneTime.findRefusedHash(t, busy),
    none: t => oneTime.findRefusedHash(t, id('account', 6000))
  },
  'one-time/prolongRefused': { 'busy account': [200, t => oneTime.prolongRefused(t, busy, NOW)] },
  'one-time/deleteWishes': { 'busy account': [2, t => oneTime.deleteWishes(t, busy, [id('session', 9)])] },
  'one-time/findUndo': { 'busy account': [2, t => oneTime.findUndo(t, busy, canonicalOf(BUSY), NOW)] },
  'one-time/deleteUnused': { 'busy account': [2, t => oneTime.deleteUnused(t, busy, 'reset-password')] },
  'one-time/deleteOthers': {
    'busy account': [200, t => oneTime.deleteOthers(t, busy, PURPOSES, { spared: token(9).hash })]
  },
  'one-time/insertTries': { '': t => tries.insertTries(t, [id('account', 9), id('account', 6000)], NOW) },
  'one-time/burnTry': {
    '': t => tries.burnTry(t, [id('account', 9), id('account', 10)], { now: LATER, cutoff: NOW, most: 5 })
  },
  'one-time/deleteTries': { '': [2, t => tries.deleteTries(t, [id('account', 9), id('account', 10)])] },
  'one-time/deleteOldTries': {
    '': t => tries.deleteOldTries(t, LATER, 500),
    none: t => tries.deleteOldTries(t, new Date(0), 500)
  },
  'one-time/deleteOfAccount': { 'busy account': [200, t => oneTime.deleteOfAccount(t, busy)] },
  'one-time/deleteExpired': {
    '': t => oneTime.deleteExpired(t, LATER, 500),
    none: t => oneTime.deleteExpired(t, new Date(0), 500)
  },
  'outbox/insert': { '': t => outbox.insert(t, mail(6000)) },
  'outbox/findDue': { '': t => outbox.findDue(t, NOW, 20), none: t => outbox.findDue(t, new Date(0), 20) },
  'outbox/claim': { '': t => outbox.claim(t, id('mail', 4990), NOW, busy, LATER) },
  'outbox/prolong': { '': t => outbox.prolong(t, id('mail', 4990), busy, LATER) },
  'outbox/setSent': { '': t => outbox.setSent(t, id('mail', 4990), NOW) },
  'outbox/setRetry': { '': t => outbox.setRetry(t, id('mail', 4990), busy, NOW, 'later') },
  'outbox/setParked': { '': t => outbox.setParked(t, id('mail', 4990), busy, NOW, 'no') },
  'outbox/findUndelivered': { '': t => outbox.findUndelivered(t, 200) },
  'outbox/listAll': {
    'first page': t => undelivered.listAll(t, 101),
    'deep page': t => undelivered.listAll(t, 101, id('mail', 4200))
  },
  'outbox/listWaiting': {
    'first page': t => undelivered.listWaiting(t, 11),
    'last page, before all that is parked': t => undelivered.listWaiting(t, 101)
  },
  'outbox/listParked': {
    'first page': t => undelivered.listParked(t, 101),
    'deep page of one time': t => undelivered.listParked(t, 501, { parkedAt: NOW, id: id('mail', 4459) }),
    none: t => undelivered.listParked(t, 101, { parkedAt: new Date(0), id: id('mail', 4954) })
  },
  'outbox/lock': { '': t => undelivered.lock(t, id('mail', 4960)) },
  'outbox/findParked': { '': t => outbox.findParked(t, 100) },
  'outbox/unpark': { '': t => outbox.unpark(t, id('mail', 4960), NOW) },
  'outbox/countWaiting': { '': t => outbox.countWaiting(t) },
  'outbox/deleteParked': {
    '': t => outbox.deleteParked(t, LATER, 500),
    none: t => outbox.deleteParked(t, new Date(0), 500)
  },
  'outbox/deleteSent': {
    '': t => outbox.deleteSent(t, LATER, 500),
    none: t => outbox.deleteSent(t, new Date(0), 500)
  },
  'sessions/find': { '': t => sessions.find(t, id('session', 9)) },
  'sessions/findFresh': {
    // After a lost race only: SHOW VARIABLES of MySQL 9 reads every variable of the server (in memory, 650 of them).
    '': [
      70,
      () => database.db.connection().execute(one => measured(one, () => sessions.findFresh(one, id('session', 9))))
    ]
  },
  'sessions/existsFrom': {
    'busy account': [
      200,
      t => places.existsFrom(t, busy, { userAgent: 'test', network: Buffer.from([127, 0, 0]), limit: 500 })
    ],
    'busy account, not there': [
      200,
      t => places.existsFrom(t, busy, { userAgent: 'test', network: Buffer.from([127, 0, 1]), limit: 500 })
    ],
    'busy account, cut off': [
      10,
      t => places.existsFrom(t, busy, { userAgent: 'test', network: Buffer.from([127, 0, 1]), limit: 5 })
    ]
  },
  'sessions/insert': { '': t => sessions.insert(t, session(6000)) },
  'sessions/move': {
    '': t =>
      sessions.move(t, id('session', 9), 0, {
        parent: null,
        moved_at: NOW,
        idle_expires_at: LATER,
        ip: '',
        user_agent: ''
      })
  },
  'sessions/countReissue': {
    '': t =>
      sessions.countReissue(t, id('session', 9), {
        generation: 0,
        movedAt: NOW,
        most: 9,
        now: NOW,
        idleExpiresAt: LATER
      })
  },
  'sessions/setUsed': { '': t => sessions.setUsed(t, id('session', 9), 0) },
  'sessions/endSoon': { '': t => endings.endSoon(t, id('session', 9), NOW) },
  'sessions/touch': { '': t => sessions.touch(t, id('session', 9), NOW) },
  'sessions/setAuthenticated': {
    '': t =>
      sessions.setAuthenticated(t, id('session', 9), {
        authenticated_at: NOW,
        authenticated_ip: '',
        authenticated_agent: ''
      })
  },
  'sessions/revoke': { '': t => endings.revoke(t, id('session', 9), NOW) },
  'sessions/revokeMany': { '': [2, t => endings.revokeMany(t, [id('session', 1), id('session', 9)], NOW)] },
  'sessions/lockUnended': {
    'busy account': t => endings.lockUnended(t, busy, {}),
    'busy account, all but one': t => endings.lockUnended(t, busy, { except: id('session', 9) }),
    'busy account, one': t => endings.lockUnended(t, busy, { only: id('session', 9) }),
    'of another account': t => endings.lockUnended(t, busy, { only: id('session', 4000) })
  },
  'sessions/listLive': { 'busy account': t => sessions.listLive(t, busy, NOW, 100) },
  'sessions/findSurplus': { 'busy account': [5, t => endings.findSurplus(t, busy, id('session', 9), 3, NOW)] },
  'sessions/findPlaces': {
    'busy account': [200, t => places.findPlaces(t, busy, 500)],
    'busy account, cut off': [10, t => places.findPlaces(t, busy, 10)]
  },
  'sessions/deleteOfAccount': { 'busy account': [200, t => endings.deleteOfAccount(t, busy, 1000)] },
  'sessions/deleteEnded': {
    idle: t => endings.deleteEnded(t, NOW, 500),
    'idle, then revoked': [
      500 + 174,
      async t => {
        assert.equal(await endings.deleteEnded(t, NOW, 500), 500)
        assert.equal(await endings.deleteEnded(t, new Date(NOW.getTime() + 1), 500), 174)
      }
    ],
    none: t => endings.deleteEnded(t, new Date(0), 500)
  }
}

test('every query of every room is in the table', async () => {
  const rooms = (await readdir(SRC, { recursive: true })).filter(file => file.endsWith('queries.ts')).sort()
  const names: string[] = []
  for (const room of rooms) {
    const queries: Record<string, unknown> = await import(join(SRC, room))
    names.push(...Object.keys(queries).map(name => `${dirname(room)}/${name}`))
  }
  assert.deepEqual(Object.keys(cases).sort(), names.sort())
})

test('the measure sees a scan', async () => {
  const scan = (t: Transaction<Database>) => t.selectFrom('accounts').select('id').where('title', '=', 'none').execute()
  assert.ok((await measure(scan)).reads >= 5000)
})

for (const [name, variants] of Object.entries(cases)) {
  for (const [variant, given] of Object.entries(variants)) {
    test(`${name}${variant && `, ${variant},`} reads about as many rows as come of it`, async () => {
      const [expected, query] = typeof given === 'function' ? [undefined, given] : given
      const { reads, result } = await measure(query)
      const rows = expected ?? (Array.isArray(result) ? result.length : typeof result === 'number' ? result : 1)
      assert.ok(reads <= FACTOR * rows + CONSTANT, `${reads} reads for ${rows} rows`)
    })
  }
}

/** Rows read by a query, by the counters of its own connection; what it wrote is rolled back. */
async function measure(query: Query): Promise<{ reads: number; result: unknown }> {
  const trx = await database.db.startTransaction().execute()
  try {
    const outcome = await measured(trx, () => query(trx))
    // A query that brings its own connection has measured itself.
    const { result } = outcome
    return isMeasured(result) ? result : outcome
  } finally {
    await trx.rollback().execute()
  }
}

async function measured(db: Kysely<Database>, query: () => Promise<unknown>) {
  const zero = await count(db)
  const start = await count(db)
  const result = await query()
  const end = await count(db)
  return { reads: end - start - (start - zero), result } // without what the counting itself reads
}

function isMeasured(value: unknown): value is { reads: number; result: unknown } {
  return typeof value === 'object' && value !== null && 'reads' in value
}

async function count(db: Kysely<Database>): Promise<number> {
  const { rows } = await sql<{ Value: string }>`show session status like 'Handler_read%'`.execute(db)
  return rows.reduce((sum, { Value }) => sum + Number(Value), 0)
}
