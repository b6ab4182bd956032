import { setImmediate as nextTick } from 'node:timers/promises'
import type { Kysely } from 'kysely'
import { after, type Clock } from '../clock.ts'
import type { Database } from '../database.ts'
import { faultKind } from '../mysql/faults.ts'
import { inTime, offBudget } from '../mysql/wait-budget.ts'
import * as queries from './queries.ts'
import type { Count, CounterStore, Step } from './store.ts'

const ANSWER_MS = 3000 // the pool's own limits end a statement before
const TRIES = 3 // of a statement that loses races: on Galera two nodes may write one row

interface Batch {
  /** Key → the window that begins with it, and how many wait for it. */
  keys: Map<string, { window: number; waiting: number }>
  counts: Promise<Map<string, Count>>
}

/**
 * Counters in the database, shared by all instances. What is asked in one turn of the event loop goes in one
 * statement: a request with five limits costs as many round trips as one with a single limit, and so do fifty requests.
 *
 * @throws (add) the driver's error when the database is out of reach: 503, as everywhere
 */
export function createMysqlStore(db: Kysely<Database>, clock: Clock): CounterStore {
  const batches = new Map<Step, Batch>()

  function batchOf(by: Step): Batch {
    const known = batches.get(by)
    if (known) return known
    const keys: Batch['keys'] = new Map()
    const counts = nextTick().then(() => {
      batches.delete(by)
      return offBudget(() => send(db, clock(), keys, by))
    })
    const batch = { keys, counts }
    batches.set(by, batch)
    return batch
  }

  return {
    async add(key, by, window) {
      const { keys, counts } = batchOf(by)
      const entry = keys.get(key) ?? { window, waiting: 0 }
      keys.set(key, entry)
      const position = ++entry.waiting
      const found = await inTime(counts, ANSWER_MS, 'no count of a limit in time')
      const { count, ttl } = found.get(key) ?? { count: 0, ttl: 0 }
      // Of those that were counted together each has a place of its own: ten beside each other are not ten tenths.
      return { count: by === 1 ? count - entry.waiting + position : count, ttl }
    },
    async close() {}
  }
}

async function send(db: Kysely<Database>, now: Date, keys: Batch['keys'], by: Step): Promise<Map<string, Count>> {
  const sorted = [...keys].toSorted(([a], [b]) => (a < b ? -1 : 1))
  const ids = sorted.map(([key]) => Buffer.from(key, 'hex'))
  if (by === 1) {
    const counters = sorted.map(([key, { window, waiting }]) => ({
      id: Buffer.from(key, 'hex'),
      count: waiting,
      until: after(now, window)
    }))
    await unlessRaced(() => queries.increment(db, counters, now))
  }
  if (by === -1) {
    const counts = sorted.map(([key, { waiting }]) => ({ id: Buffer.from(key, 'hex'), count: waiting }))
    await unlessRaced(() => queries.decrement(db, counts, now))
    return new Map() // whoever takes back does not ask what is left
  }
  const rows = await queries.findRunning(db, ids, now)
  return new Map(
    rows.map(({ id, count, until }) => [id.toString('hex'), { count, ttl: until.getTime() - now.getTime() }])
  )
}

async function unlessRaced(statement: () => Promise<void>): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await statement()
    } catch (error) {
      if (faultKind(error) !== 'race' || attempt === TRIES) throw error
    }
  }
}
