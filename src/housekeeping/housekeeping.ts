import { setTimeout as sleep } from 'node:timers/promises'
import { purge } from '../accounts/purge.ts'
import { deleteOld as deleteOldEvents } from '../audit/queries.ts'
import { claim } from '../claims/claims.ts'
import { after, DAY, HOUR, MINUTE } from '../clock.ts'
import type { Context } from '../context.ts'
import { type Id, newId } from '../ids.ts'
import { deleteEnded as deleteEndedCounters } from '../limits/queries.ts'
import type { Log } from '../log.ts'
import { KEPT } from '../one-time/issue.ts'
import { deleteExpired as deleteExpiredTokens } from '../one-time/queries.ts'
import { deleteOldTries } from '../one-time/try-queries.ts'
import { deleteParked as deleteParkedMail, deleteSent as deleteSentMail } from '../outbox/queries.ts'
import { ownScope } from '../scope.ts'
import { deleteEnded as deleteEndedSessions } from '../sessions/ending-queries.ts'

const EVERY = 10 * MINUTE
const LEASE = 9 * MINUTE // of a batch: one instance at a time, another takes over when this one dies
const BATCH = 500 // rows a statement: by primary key, small enough that nobody waits for its locks
const BATCH_PAUSE = 50 // ms: requests come in between

// What is over, and how long it is kept. A sweeping DELETE would lock what it reads, so each room finds its own rows by
// an index and deletes a batch of them by primary key.
const JOBS = [
  [deleteEndedSessions, 7 * DAY], // a revoked session still tells theft from a forgery; support looks at it
  [deleteExpiredTokens, KEPT], // an expired link still says "expired" rather than "unknown"
  [deleteOldTries, HOUR], // whoever has had all tries may try again by then
  [deleteSentMail, 30 * DAY],
  [deleteParkedMail, 30 * DAY], // until then an Admin may try it again; its links are dead long before
  [deleteOldEvents, 365 * DAY],
  [deleteEndedCounters, HOUR] // their windows are over; an hour for clocks that differ
] as const

const PURGE_BATCH = 100 // accounts: a transaction each

export interface Housekeeping {
  /** One round now, if no other instance has it. @returns rows deleted */
  tidy(): Promise<number>
  stop(): Promise<void>
}

/**
 * Deletes dead sessions, used and expired links, old counts of tries, old mail, events and counters, and accounts that
 * nobody verified, in small batches.
 */
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
      deleted += await inBatches(async () => (await deleteBatch(ctx.db, before, BATCH)) || undefined)
    }
    deleted += await inBatches(unverified())
    if (deleted > 0) log.info({ deleted }, 'housekeeping: done')
    return deleted
  }

  /**
   * Runs a job until it has nothing left. Claimed anew for each batch: a long round keeps its lease, and ends when
   * another instance has it.
   */
  async function inBatches(runBatch: () => Promise<number | undefined>): Promise<number> {
    let deleted = 0
    while (!stopping.signal.aborted && (await claim(ctx.db, ctx.clock, 'housekeeping', owner, LEASE))) {
      const batch = await runBatch()
      if (batch === undefined) break
      deleted += batch
      await sleep(BATCH_PAUSE)
    }
    return deleted
  }

  /** The accounts page by page: those that stay must not hide the ones behind them. */
  function unverified(): () => Promise<number | undefined> {
    // After the last link, which held for a day unless configured, a week lets somebody come back from a journey. Not
    // longer, for the address may be a stranger's.
    const before = after(ctx.clock(), -KEPT)
    let reached: Id | undefined
    return async () => {
      const { deleted, last } = await purge(ctx, ownScope('housekeeping'), {
        before,
        after: reached,
        limit: PURGE_BATCH
      })
      reached = last
      return last && deleted
    }
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
