import assert from 'node:assert/strict'
import { after, afterEach, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { Kysely, sql } from 'kysely'
import type { Database } from '../../../src/database.ts'
import { faultKind } from '../../../src/mysql/faults.ts'
import { DeadlineDialect } from '../../../src/mysql/pool.ts'
import { transact } from '../../../src/mysql/transact.ts'
import { inTime, offBudget, onBudget, timeFor, WaitBudget } from '../../../src/mysql/wait-budget.ts'
import { createTestDatabase } from '../../support/database.ts'
import { type Fate, startProxy } from '../../support/proxy.ts'

const ANSWER_MS = 3000 // of a request, whatever the database does
const LONG_MS = 1200 // less than a statement may take

const database = await createTestDatabase()
const proxy = await startProxy()
const db = new Kysely<Database>({ dialect: new DeadlineDialect(proxy.url(database.name)) })
after(async () => {
  await db.destroy()
  await database.destroy()
  await proxy.stop()
})
afterEach(() => proxy.heal())

const ask = async () => await sql`select 1`.execute(db)
const spent = () => new WaitBudget(0)

/** What becomes of the statements that match, one after the other, and of all that follow. */
function meet(which: RegExp, ...fates: Fate[]): void {
  proxy.fate = sql => (which.test(sql) ? ((fates.length > 1 ? fates.shift() : fates[0]) ?? 'forward') : 'forward')
}

async function refusedAfter(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now()
  await assert.rejects(work, error => faultKind(error) === 'deadline')
  return performance.now() - started
}

// ASVS V13.1.3, V16.5.2
test('waits of one request do not add up: slow statements, and one that hangs', async () => {
  await ask()
  meet(/select 1$/, { after: LONG_MS }, 'hang-before')
  const ms = await refusedAfter(() => onBudget(new WaitBudget(), async () => [await ask(), await ask()]))
  assert(ms > LONG_MS && ms < ANSWER_MS, `${ms} ms`)
})

test('… a slow statement, and then a transaction that hangs at any of its statements, COMMIT and its receipt', async () => {
  for (const hanging of [/begin|start/, /claims/, /commit/]) {
    await proxy.heal()
    await ask()
    proxy.fate = sql => (hanging.test(sql) ? 'hang-before' : { after: /select 1$/.test(sql) ? LONG_MS : 0 })
    const ms = await refusedAfter(() =>
      onBudget(new WaitBudget(), async () => {
        await ask()
        await transact(db, trx => trx.selectFrom('claims').select('name').execute())
      })
    )
    assert(ms > LONG_MS && ms < ANSWER_MS, `${hanging}: ${ms} ms`)
  }
})

test('… and slow statements, and no connection at the end', async () => {
  await ask()
  meet(/select 1$/, { after: 1950 })
  const ms = await refusedAfter(() =>
    onBudget(new WaitBudget(), async () => {
      await ask()
      await proxy.refuse() // the connection is cut, and a new one gets nowhere
      await proxy.heal()
      proxy.hang()
      await sleep(20) // until the pool has heard of it
      await ask()
    })
  )
  assert(ms > 1950 && ms < 2600, `${ms} ms`)
})

test('transactions that lose races are not tried again when the request is late', async () => {
  meet(/commit$/, { errno: 1213 })
  let attempts = 0
  const lose = async () => await transact(db, async () => void attempts++)
  await assert.rejects(onBudget(new WaitBudget(), lose), { errno: 1213 })
  const inTimeAttempts = attempts
  attempts = 0
  await assert.rejects(onBudget(spent(), lose), { errno: 1213 })
  assert(inTimeAttempts === 6 && attempts < 6, `${inTimeAttempts} attempts, and ${attempts} when late`)
})

test('a request that is late is still served by a database that answers promptly', async () => {
  await onBudget(spent(), async () => {
    for (let i = 0; i < 5; i++) await ask()
    await transact(db, trx => trx.selectFrom('claims').select('name').execute())
  })
  meet(/select 1$/, { after: 500 })
  const ms = await refusedAfter(() => onBudget(spent(), ask))
  assert(ms < 500, `${ms} ms`)
})

test('what nobody in particular waits for has the limits of the pool alone', async () => {
  meet(/select 1$/, { after: 500 })
  await ask()
  await onBudget(spent(), () => offBudget(ask))
  assert.equal(timeFor(5000), 5000)
  assert.equal(
    onBudget(spent(), () => offBudget(() => timeFor(5000))),
    5000
  )
})

test('a request that is late does not wait for the settings of a new session', async () => {
  meet(/set session/, 'hang-before')
  const cold = new Kysely<Database>({ dialect: new DeadlineDialect(proxy.url(database.name)) })
  try {
    const ms = await refusedAfter(() => onBudget(spent(), () => sql`select 1`.execute(cold)))
    assert(ms < 500, `${ms} ms`)
  } finally {
    await cold.destroy()
  }
})

test('a connection is set up for whoever gets it, however late the request was that made the pool open it', async () => {
  const cold = new Kysely<Database>({ dialect: new DeadlineDialect(proxy.url(database.name)) })
  const select = async () => (await sql<{ one: number }>`select 1 as one`.execute(cold)).rows
  try {
    proxy.hang()
    const rushed = Array.from({ length: 10 }, () => onBudget(spent(), select).catch(faultKind))
    const early = select() // in the queue: ten connections are being opened, none of them by us
    assert.deepEqual(new Set(await Promise.all(rushed)), new Set(['deadline']))
    await proxy.heal()
    meet(/set session/, { after: 150 })
    assert.deepEqual(await early, [{ one: 1 }])
  } finally {
    await cold.destroy()
  }
})

test('what else a request waits for, such as a hash, costs nothing; waits at the same time count once', async () => {
  const budget = new WaitBudget(700)
  await onBudget(budget, async () => {
    await ask()
    await sleep(400)
    meet(/select 1$/, { after: 200 })
    await Promise.all([ask(), ask(), ask()])
  })
  assert(budget.left() > 300 && budget.left() <= 500, `${budget.left()} ms`)
})

test('inTime gives what comes in time, fails with what failed, and gives up in time', async () => {
  const never = new Promise<never>(() => {})
  assert.equal(await inTime(Promise.resolve(1), 50, 'late'), 1)
  await assert.rejects(inTime(Promise.reject(new Error('its own')), 50, 'late'), /its own/)
  await assert.rejects(
    inTime(never, 20, 'late'),
    error => faultKind(error) === 'deadline' && /late/.test(String(error))
  )
  const rushed = onBudget(spent(), () => refusedAfter(() => inTime(never, 5000, 'late')))
  assert((await rushed) < 500)
})
