import type { Clock } from '../clock.ts'
import type { Log } from '../log.ts'
import type { CounterStore } from './store.ts'

const CONNECT_MS = 1000 // a start waits so long for the first connection
const ANSWER_MS = 500 // for one command; one takes less than 1 ms, and a request must be answered within 3 s
const SLICE_MS = 50
const AWAY_MS = 2000 // after a failure Redis is not asked for so long: not every request waits for a dead one
const RECONNECT_MS = 2000 // at most, between two tries
const PREFIX = 'guildhall:limit:'

// One command, so that parallel requests cannot slip in between. Time is ours (ARGV), not Redis's own; its expiry only
// clears away what has ended.
const ADD = `
local by, window, now = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
local found = redis.call('HMGET', KEYS[1], 'count', 'until')
local count, ends = tonumber(found[1]), tonumber(found[2])
if not ends or ends <= now then
  if by ~= 1 then return {0, 0} end
  count, ends = 0, now + window
end
if by ~= 0 then
  count = math.max(0, count + by)
  redis.call('HSET', KEYS[1], 'count', count, 'until', ends)
  redis.call('PEXPIRE', KEYS[1], window)
end
return {count, ends - now}`

/**
 * Counters in Redis, shared by all instances. While Redis is away, `spare` counts, which is each process for itself: a
 * limiter must not be an outage. That is said once, and once when it is back.
 */
export async function createRedisStore(
  url: string,
  clock: Clock,
  spare: CounterStore,
  log: Log
): Promise<CounterStore> {
  const { createClient } = await import('@redis/client') // loaded only where it is configured
  const client = createClient({
    url,
    disableOfflineQueue: true,
    disableClientInfo: true,
    socket: {
      connectTimeout: CONNECT_MS,
      reconnectStrategy: (tries: number) => Math.min(RECONNECT_MS, 100 * 2 ** Math.min(tries, 10))
    }
  })
  let awayUntil = 0
  let isAway = false

  function noteAway(error: unknown): void {
    awayUntil = clock().getTime() + AWAY_MS
    if (!isAway) log.warn({ err: error }, 'limits: Redis is away; each process counts for itself')
    isAway = true
  }

  client.on('error', noteAway)
  await inTime(client.connect(), CONNECT_MS).catch(noteAway)

  return {
    async add(key, by, window) {
      if (!isAway || clock().getTime() >= awayUntil) {
        try {
          const args = [by, window, clock().getTime()].map(String)
          const answer = client.eval(ADD, { keys: [PREFIX + key], arguments: args })
          const [count, ttl] = readCount(await inTime(answer, ANSWER_MS))
          if (isAway) log.info({}, 'limits: Redis is back')
          isAway = false
          // Beside it, so that a Redis that comes and goes gives nobody fresh tries.
          void spare.add(key, by, window)
          return { count, ttl }
        } catch (error) {
          noteAway(error)
        }
      }
      return await spare.add(key, by, window)
    },
    async close() {
      client.destroy()
      await spare.close()
    }
  }
}

function readCount(answer: unknown): [count: number, ttl: number] {
  const [count, ttl] = Array.isArray(answer) ? answer : []
  if (typeof count !== 'number' || typeof ttl !== 'number') throw new Error('Redis answers two numbers to the script')
  return [count, ttl]
}

/** A Redis that hangs counts as one that is away. */
async function inTime<T>(work: Promise<T>, ms: number): Promise<T> {
  const { promise: tooLate, reject } = Promise.withResolvers<never>()
  // In slices: while this process itself is too busy to read an answer, no slice passes but one.
  let left = ms
  const timer = setInterval(() => {
    left -= SLICE_MS
    if (left <= 0) reject(new Error(`no answer from Redis within ${ms} ms`))
  }, SLICE_MS)
  try {
    return await Promise.race([work, tooLate])
  } finally {
    clearInterval(timer)
  }
}
