import type { Context } from '../context.ts'
import type { Log } from '../log.ts'
import { createMemoryStore } from './memory-store.ts'
import { createMysqlStore } from './mysql-store.ts'
import { createRedisStore } from './redis-store.ts'
import type { CounterStore } from './store.ts'

/**
 * Where counters stand that instances share: in Redis where it is configured, else in production in the database, for
 * there may be several instances. One in development counts in its memory.
 */
export async function createSharedStore({ config, db, clock }: Context, log: Log): Promise<CounterStore> {
  if (config.REDIS_URL) return await createRedisStore(config.REDIS_URL, clock, createMemoryStore(clock), log)
  return config.production ? createMysqlStore(db, clock) : createMemoryStore(clock)
}
