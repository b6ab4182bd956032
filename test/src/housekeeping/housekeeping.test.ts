import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { after, beforeEach, test } from 'node:test'
import { type Clock, DAY, HOUR, MINUTE } from '../../../src/clock.ts'
import { readConfig } from '../../../src/config.ts'
import { createContext } from '../../../src/context.ts'
import { startHousekeeping } from '../../../src/housekeeping/housekeeping.ts'
import { createTestDatabase } from '../../support/database.ts'
import { NOW, rowsOf } from '../mysql/filled.ts'

const database = await createTestDatabase()
const { db } = database
let now = NOW
const clock: Clock = () => now
const secret = randomBytes(48).toString('base64')
const ctx = createContext({ config: readConfig({}), clock, db, secret, onError: () => {} })
after(async () => {
  ctx.hasher.close()
  await database.destroy()
})

const log = { info() {}, warn() {} }
const ago = (ms: number) => new Date(NOW.getTime() - ms)
const rows = rowsOf(NOW)
const session = (n: number, over: object) => ({ ...rows.session(n), revoked_at: null, ...over })
const token = (n: number, over: object) => ({ ...rows.token(n), used_at: null, ...over })
const mail = (n: number, over: object) => ({ ...rows.mail(n), due_at: null, sent_at: null, parked_at: null, ...over })
const event = (n: number, over: object) => ({ ...rows.event(n), ...over })

beforeEach(async () => {
  now = NOW
  for (const table of [
    'sessions',
    'one_time_tokens',
    'code_tries',
    'outbox',
    'audit_events',
    'claims',
    'limit_counters'
  ] as const)
    await db.deleteFrom(table).execute()
})

const ids = async (table: 'sessions' | 'outbox' | 'audit_events') =>
  (await db.selectFrom(table).select('id').orderBy('id').execute()).map(row => row.id.readUInt32BE(0))
const tokens = async () =>
  (await db.selectFrom('one_time_tokens').select('hash').orderBy('hash').execute()).map(row => row.hash.readUInt32BE(0))

/** One round of an instance of its own. */
async function tidy(): Promise<number> {
  const housekeeping = startHousekeeping(ctx, log)
  try {
    return await housekeeping.tidy()
  } finally {
    await housekeeping.stop()
  }
}

test('sessions go a week after their end, by idleness or revocation; live ones stay', async () => {
  const values = [
    session(1, { idle_expires_at: ago(7 * DAY + 1) }),
    session(2, { idle_expires_at: ago(7 * DAY - MINUTE) }),
    session(3, { idle_expires_at: ago(-DAY), revoked_at: ago(7 * DAY + 1) }),
    session(4, { idle_expires_at: ago(-DAY), revoked_at: ago(7 * DAY - MINUTE) }),
    session(5, { idle_expires_at: ago(-DAY) })
  ]
  await db.insertInto('sessions').values(values).execute()
  assert.equal(await tidy(), 2, 'in one round')
  assert.deepEqual(await ids('sessions'), [2, 4, 5])
})

test('links go a week after they expired, used or not', async () => {
  const values = [
    token(1, { expires_at: ago(7 * DAY + 1) }),
    token(2, { expires_at: ago(7 * DAY + 1), used_at: ago(8 * DAY) }),
    token(3, { expires_at: ago(7 * DAY - MINUTE), used_at: ago(8 * DAY) }),
    token(4, { expires_at: ago(-HOUR) })
  ]
  await db.insertInto('one_time_tokens').values(values).execute()
  assert.equal(await tidy(), 2)
  assert.deepEqual(await tokens(), [3, 4])
})

test('counts of tries go an hour after they began', async () => {
  const values = [
    { ...rows.tries(1), since: ago(HOUR + 1) },
    { ...rows.tries(2), since: ago(HOUR - MINUTE) }
  ]
  await db.insertInto('code_tries').values(values).execute()
  assert.equal(await tidy(), 1)
  const left = await db.selectFrom('code_tries').select('account_id').execute()
  assert.deepEqual(
    left.map(({ account_id }) => account_id),
    [rows.tries(2).account_id]
  )
})

test('mail goes a month after it was sent or parked; what waits stays, however old', async () => {
  const values = [
    mail(1, { sent_at: ago(30 * DAY + 1) }),
    mail(2, { sent_at: ago(30 * DAY - MINUTE) }),
    mail(3, { due_at: ago(-HOUR), created_at: ago(400 * DAY) }),
    mail(4, { parked_at: ago(30 * DAY + 1), created_at: ago(400 * DAY) }),
    mail(5, { parked_at: ago(30 * DAY - MINUTE), created_at: ago(400 * DAY) }),
    mail(6, { parked_at: null, due_at: ago(-HOUR), created_at: ago(400 * DAY) }) // parked once, and tried again
  ]
  await db.insertInto('outbox').values(values).execute()
  assert.equal(await tidy(), 2)
  assert.deepEqual(await ids('outbox'), [2, 3, 5, 6])
})

// ASVS V14.2.7
test('events go after a year', async () => {
  const values = [
    event(1, { at: ago(365 * DAY + 1) }),
    event(2, { at: ago(365 * DAY - MINUTE) }),
    event(3, { at: NOW })
  ]
  await db.insertInto('audit_events').values(values).execute()
  assert.equal(await tidy(), 1)
  assert.deepEqual(await ids('audit_events'), [2, 3])
})

test('counters of limits go an hour after their window ended', async () => {
  const counter = (n: number, until: Date) => ({ id: Buffer.alloc(16, n), count: 1, until })
  const values = [counter(1, ago(HOUR + 1)), counter(2, ago(HOUR - 1)), counter(3, ago(-DAY))]
  await db.insertInto('limit_counters').values(values).execute()
  assert.equal(await tidy(), 1)
  const left = await db.selectFrom('limit_counters').select('id').orderBy('id').execute()
  assert.deepEqual(
    left.map(({ id }) => id[0]),
    [2, 3]
  )
})

// ASVS V14.2.7
test('one round deletes everything that is over, in batches of 500 by primary key', async () => {
  const old = { at: ago(400 * DAY) }
  const many = Array.from({ length: 1250 }, (_, n) => event(n, n < 1200 ? old : {}))
  await db.insertInto('audit_events').values(many).execute()
  const values = Array.from({ length: 700 }, (_, n) =>
    session(n, n < 350 ? { idle_expires_at: ago(9 * DAY) } : { revoked_at: ago(9 * DAY), idle_expires_at: ago(-DAY) })
  )
  await db.insertInto('sessions').values(values).execute()
  const batches: number[] = []
  const watched = db.withPlugin({
    transformQuery: ({ node }) => node,
    async transformResult({ result }) {
      if (result.numAffectedRows) batches.push(Number(result.numAffectedRows))
      return result
    }
  })
  const housekeeping = startHousekeeping({ ...ctx, db: watched }, log)
  assert.equal(await housekeeping.tidy(), 1900)
  await housekeeping.stop()
  assert.ok(Math.max(...batches) <= 500, `batches: ${batches}`)
  assert.equal((await ids('audit_events')).length, 50)
})

test('of many instances one tidies; another does when the lease of a dead one has ended', async () => {
  const values = Array.from({ length: 20 }, (_, n) => event(n, { at: ago(400 * DAY) }))
  await db.insertInto('audit_events').values(values).execute()
  const deleted = await Promise.all(Array.from({ length: 8 }, tidy))
  assert.deepEqual(deleted.sort(), [0, 0, 0, 0, 0, 0, 0, 20])
  await db.insertInto('audit_events').values(values).execute()
  assert.equal(await tidy(), 0, 'another instance tidied during the lease')
  now = new Date(NOW.getTime() + 9 * MINUTE)
  assert.equal(await tidy(), 20)
})

test('stopping ends a long round between two batches', async () => {
  const many = Array.from({ length: 3000 }, (_, n) => event(n, { at: ago(400 * DAY) }))
  await db.insertInto('audit_events').values(many).execute()
  const housekeeping = startHousekeeping(ctx, log)
  const round = housekeeping.tidy()
  await new Promise(resolve => setTimeout(resolve, 60))
  await housekeeping.stop()
  assert.ok((await round) < 3000)
})
