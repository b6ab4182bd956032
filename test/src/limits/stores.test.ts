import assert from 'node:assert/strict'
import { after, suite, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Clock, MINUTE } from '../../../src/clock.ts'
import { createMemoryStore } from '../../../src/limits/memory-store.ts'
import { createMysqlStore } from '../../../src/limits/mysql-store.ts'
import { createRedisStore } from '../../../src/limits/redis-store.ts'
import type { CounterStore } from '../../../src/limits/store.ts'

import { faultKind } from '../../../src/mysql/faults.ts'
import { onBudget, WaitBudget } from '../../../src/mysql/wait-budget.ts'
import { createTestDatabase } from '../../support/database.ts'
import { queriesOf } from '../../support/queries.ts'
import { startRedis, withoutRedis } from '../../support/redis.ts'

let time = Date.now()
const clock: Clock = () => new Date(time)
const silent = { info() {}, warn() {} }
const { db, destroy } = await createTestDatabase()
const redis = withoutRedis ? undefined : await startRedis()
const open: CounterStore[] = []
after(async () => {
  for (const store of open) await store.close()
  await destroy()
})

let keys = 0
const newKey = () => (++keys).toString(16).padStart(32, '0')

/** Two instances of each store, on the same counters where they are shared. */
const memory = createMemoryStore(clock)
const stores: Record<string, { skip: string | undefined; pair: () => Promise<[CounterStore, CounterStore]> }> = {
  memory: { skip: undefined, pair: async () => [memory, memory] },
  MySQL: { skip: undefined, pair: async () => [createMysqlStore(db, clock), createMysqlStore(db, clock)] },
  Redis: {
    skip: withoutRedis,
    pair: async () => {
      const connect = () => createRedisStore(redis?.url ?? '', clock, createMemoryStore(clock), silent)
      return [await connect(), await connect()]
    }
  }
}

for (const [name, { skip, pair }] of Object.entries(stores)) {
  suite(`counters in ${name}`, { skip }, async () => {
    const [one, other] = skip ? [memory, memory] : await pair()
    open.push(one, other)

    test('give back as much as was counted, however many do so at once, and never more', async () => {
      const key = newKey()
      const all = async (by: 1 | -1, times: number) =>
        await Promise.all(Array.from({ length: times }, () => one.add(key, by, MINUTE)))
      await all(1, 50)
      await all(-1, 49)
      assert.equal((await other.add(key, 0, MINUTE)).count, 1)
      await all(-1, 10)
      assert.equal((await other.add(key, 0, MINUTE)).count, 0)
      assert.equal((await other.add(key, 1, MINUTE)).count, 1)
    })

    test('count, are shared, and begin again when their window ends', async () => {
      const key = newKey()
      assert.deepEqual(await one.add(key, 1, MINUTE), { count: 1, ttl: MINUTE })
      time += 1000
      assert.deepEqual(await other.add(key, 1, MINUTE), { count: 2, ttl: MINUTE - 1000 })
      assert.deepEqual(await one.add(key, 0, MINUTE), { count: 2, ttl: MINUTE - 1000 }, 'looking counts nothing')
      time += MINUTE - 1001
      assert.deepEqual(await other.add(key, 1, MINUTE), { count: 3, ttl: 1 })
      time += 1 // now ≥ end: it is over
      assert.deepEqual(await one.add(key, 0, MINUTE), { count: 0, ttl: 0 })
      assert.deepEqual(await one.add(key, 1, MINUTE), { count: 1, ttl: MINUTE })
    })

    test('take back, never below nothing, and begin no window so', async () => {
      const key = newKey()
      await one.add(key, -1, MINUTE)
      assert.deepEqual(await one.add(key, 0, MINUTE), { count: 0, ttl: 0 })
      await one.add(key, 1, MINUTE)
      await one.add(key, -1, MINUTE)
      await one.add(key, -1, MINUTE)
      assert.equal((await one.add(key, 1, MINUTE)).count, 1)
    })

    test('give each of 500 parallel requests a place of its own', async () => {
      const key = newKey()
      const answers = await Promise.all(Array.from({ length: 500 }, () => one.add(key, 1, MINUTE)))
      const places = answers.map(({ count }) => count).toSorted((a, b) => a - b)
      assert.deepEqual(
        places,
        Array.from({ length: 500 }, (_, i) => i + 1)
      )
    })

    test('let no more through two instances than through one', async () => {
      const key = newKey()
      const adds = Array.from({ length: 200 }, (_, i) => (i % 2 ? one : other).add(key, 1, MINUTE))
      const admitted = (await Promise.all(adds)).filter(({ count }) => count <= 20)
      assert(admitted.length <= 20, `${admitted.length} were admitted`)
      assert.equal((await one.add(key, 0, MINUTE)).count, 200)
    })

    test('stand apart, whatever their windows are', async () => {
      const [short, long] = [newKey(), newKey()]
      await Promise.all([one.add(short, 1, 1000), one.add(long, 1, MINUTE), one.add(long, 1, MINUTE)])
      time += 1000
      const looks = await Promise.all([one.add(short, 0, 1000), one.add(long, 0, MINUTE)])
      assert.deepEqual(looks, [
        { count: 0, ttl: 0 },
        { count: 2, ttl: MINUTE - 1000 }
      ])
    })
  })
}

test('in MySQL, what is asked at once goes in one statement, two where it counts', async () => {
  const store = createMysqlStore(db, clock)
  const many = Array.from({ length: 60 }, (_, i) => [newKey(), 1000 * (i + 1)] as const)
  const count = async (by: 1 | 0 | -1) =>
    (await queriesOf(() => Promise.all(many.map(([key, window]) => store.add(key, by, window))))).queries.length
  assert.deepEqual([await count(0), await count(1), await count(-1)], [1, 2, 1])
})

test('in MySQL, what a late request and a fresh one ask at once is waited for by each as long as it may', async () => {
  const store = createMysqlStore(db, clock)
  const key = newKey()
  await store.add(key, 1, MINUTE)
  const [late, fresh] = await db.transaction().execute(async trx => {
    await trx.selectFrom('limit_counters').where('id', '=', Buffer.from(key, 'hex')).selectAll().forUpdate().execute()
    const asked = [new WaitBudget(0), new WaitBudget()].map(budget =>
      onBudget(budget, () => store.add(key, 1, MINUTE)).catch(faultKind)
    )
    await sleep(400) // while the counter is held
    return asked
  })
  assert.equal(await late, 'deadline')
  assert.deepEqual(await fresh, { count: 3, ttl: MINUTE })
})

test('in memory, a new key costs no look at all the others, where none of them is over', async () => {
  const store = createMemoryStore(clock, 50_000)
  const timeOf = async (count: number, name: string) => {
    const begun = performance.now()
    for (let i = 0; i < count; i++) await store.add(`${name} ${i}`, 1, MINUTE)
    return performance.now() - begun
  }
  const filling = await timeOf(50_000, 'first')
  assert((await timeOf(3000, 'more')) < filling, 'whoever makes up keys would hold everybody up')
})

test('in memory, what is over goes first, then the oldest: made-up keys do not fill it', async () => {
  const store = createMemoryStore(clock, 3)
  await store.add('a', 1, 1000)
  await store.add('b', 1, MINUTE)
  await store.add('c', 1, MINUTE)
  time += 1000
  await store.add('d', 1, MINUTE)
  assert.equal((await store.add('b', 0, MINUTE)).count, 1, 'only what was over went')
  await store.add('e', 1, MINUTE)
  const left = await Promise.all(['b', 'c', 'd', 'e'].map(key => store.add(key, 0, MINUTE)))
  assert.deepEqual(
    left.map(({ count }) => count),
    [0, 1, 1, 1]
  )
})

suite('while Redis is away', { skip: withoutRedis }, () => {
  test('each process counts for itself, which is said once, and once when it is back', async () => {
    const server = await startRedis()
    const lines: string[] = []
    const note = (_: object, text: string) => void lines.push(text)
    const store = await createRedisStore(server.url, clock, createMemoryStore(clock), { info: note, warn: note })
    open.push(store)
    const key = newKey()
    assert.equal((await store.add(key, 1, MINUTE)).count, 1)
    await server.stop()
    const started = performance.now()
    const counts = []
    for (let i = 0; i < 5; i++) counts.push((await store.add(key, 1, MINUTE)).count)
    assert.deepEqual(counts, [2, 3, 4, 5, 6], 'what it counted itself is not forgotten: nobody gets fresh tries')
    assert(performance.now() - started < 2000, 'nobody waits for it')
    assert.deepEqual(lines, ['limits: Redis is away; each process counts for itself'])
    await server.start()
    const deadline = Date.now() + 10_000
    while (lines.length < 2 && Date.now() < deadline) {
      time += 2000
      await store.add(key, 1, MINUTE)
      await sleep(20)
    }
    assert.deepEqual(lines.slice(1), ['limits: Redis is back'])
  })

  test('a start waits for it a second, and goes on', async () => {
    const store = await createRedisStore('redis://127.0.0.1:1', clock, createMemoryStore(clock), silent)
    open.push(store)
    assert.equal((await store.add(newKey(), 1, MINUTE)).count, 1)
  })
})
