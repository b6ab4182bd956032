import { setTimeout as sleep } from 'node:timers/promises'
import { deleteOld as deleteOldEvents } from '../audit/queries.ts'
import { claim } from '../claims/claims.ts'
import { after, DAY, HOUR, MINUTE } from '../clock.ts'
import type { Context } from '../context.ts'
import { newId } from '../ids.ts'
import { deleteEnded as deleteEndedCounters } from '../limits/queries.ts'
import type { Log } from '../log.ts'
import { deleteExpired as deleteExpiredTokens } from '../one-time/queries.ts'
import { deleteSent as deleteSentMail } from '../outbox/queries.ts'
import { deleteEnded as deleteEndedSessions } from '../sessions/queries.ts'

const EVERY = 10 * MINUTE
const LEASE = 9 * MINUTE // of a batch: one instance at a time, another takes over when this one dies
const BATCH = 500 // rows a statement: by primary key, small enough that nobody waits for its locks
const BATCH_PAUSE = 50 // ms: requests come in between

// What is over, and how long it is kept. A sweeping DELETE would lock what it reads, so each room finds its own rows by
// an index and deletes a batch of them by primary key.
const JOBS = [
  [deleteEndedSessions, 7 * DAY], // a revoked session still tells theft from a forgery; support looks at it
  [deleteExpiredTokens, 7 * DAY], // an expired link still says "expired" rather than "unknown"
  [deleteSentMail, 30 * DAY],
  [deleteOldEvents, 365 * DAY],
  [deleteEndedCounters, HOUR] // their windows are over; an hour for clocks that differ
] as const

export interface Housekeeping {
  /** One round now, if no other instance has it. @returns rows deleted */
  tidy(): Promise<number>
  stop(): Promise<void>
}

/** Deletes dead sessions, used and expired links, sent mail, old events and ended counters, in small batches. */
export function startHousekeeping(ctx: Context, log: Log): Housekeeping {
  const owner = newId(ctx.clock)
  const stopping = new AbortController()
  let round: Promise<unknown> | undefined
  const timer = setInterval(() => {
    round ??= tidy()
      .catch(error => log.warn({ err: error }, 'housekeeping: put off'))
      .finally(() => {
        round = undefined
      })
  }, EVERY)
  timer.unref()

  async function tidy(): Promise<number> {
    let deleted = 0
    for (const [deleteBatch, kept] of JOBS) {
      const before = after(ctx.clock(), -kept)
      // Claimed anew for each batch: a long round keeps its lease, and ends when another instance has it.
      while (!stopping.signal.aborted && (await claim(ctx.db, ctx.clock, 'housekeeping', owner, LEASE))) {
        const batch = await deleteBatch(ctx.db, before, BATCH)
        if (batch === 0) break
        deleted += batch
        await sleep(BATCH_PAUSE)
      }
    }
    if (deleted > 0) log.info({ deleted }, 'housekeeping: done')
    return deleted
  }

  return {
    tidy,
    async stop() {
      stopping.abort()
      clearInterval(timer)
      await round
    }
  }
}
