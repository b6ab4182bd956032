import type { Clock } from '../clock.ts'
import type { CounterStore } from './store.ts'

const MOST = 200_000 // counters, about 30 MB; beyond, what has ended goes, and then the oldest
const FILLED = 0.99 // of them may stay where room is made

/** Counters of this process: for development, for one instance, and while Redis is away. */
export function createMemoryStore(clock: Clock, most = MOST): CounterStore {
  const counters = new Map<string, { count: number; until: number }>()

  /**
   * An attacker who makes up keys must not fill the memory; a ceiling for the installation slows him before this. Room for
   * more than one, because it takes milliseconds to look at them all.
   */
  function makeRoom(now: number): void {
    for (const [key, { until }] of counters) if (until <= now) counters.delete(key)
    const enough = Math.floor(most * FILLED)
    for (const key of counters.keys()) {
      if (counters.size <= enough) break
      counters.delete(key)
    }
  }

  return {
    async add(key, by, window) {
      const now = clock().getTime()
      let counter = counters.get(key)
      if (!counter || counter.until <= now) {
        if (by !== 1) return { count: 0, ttl: 0 }
        if (counters.size >= most) makeRoom(now)
        counter = { count: 0, until: now + window }
        counters.delete(key) // to the end of the Map: the oldest window stands first
        counters.set(key, counter)
      }
      counter.count = Math.max(0, counter.count + by)
      return { count: counter.count, ttl: counter.until - now }
    },
    async close() {
      counters.clear()
    }
  }
}
