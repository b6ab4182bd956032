import { setTimeout as sleep } from 'node:timers/promises'
import { claim } from '../claims/claims.ts'
import { after, DAY, MINUTE } from '../clock.ts'
import type { Context } from '../context.ts'
import { type Id, newId } from '../ids.ts'
import * as queries from './queries.ts'

const EVERY = 10 * MINUTE
const LEASE = 9 * MINUTE // of the round: one instance at a time, another takes over when this one dies
const BATCH = 500 // rows a statement: by primary key, small enough that nobody waits for its locks
const BREATH = 50 // ms between batches

// How long what is over is kept.
const KEEP_SESSIONS = 7 * DAY // a revoked session still tells theft from a forgery; support looks at it
const KEEP_TOKENS = 7 * DAY // an expired link still says "expired" rather than "unknown"
const KEEP_MAIL = 30 * DAY
const KEEP_EVENTS = 365 * DAY

export interface Housekeeping {
  /** One round now, if no other instance has it. @returns rows deleted */
  tidy(): Promise<number>
  stop(): Promise<void>
}

export interface HousekeepingLog {
  info(data: object, text: string): void
  warn(data: object, text: string): void
}

/** Deletes dead sessions, used and expired links, sent mail and old events, in small batches. */
export function startHousekeeping(ctx: Context, log: HousekeepingLog): Housekeeping {
  const owner = newId(ctx.clock)
  const stopping = new AbortController()
  let round = Promise.resolve(0)
  const timer = setInterval(() => {
    round = tidy().catch(error => {
      log.warn({ err: error }, 'housekeeping: put off')
      return 0
    })
  }, EVERY)
  timer.unref()

  async function tidy(): Promise<number> {
    if (!(await claim(ctx.db, ctx.clock, 'housekeeping', owner, LEASE))) return 0
    const ago = (age: number) => after(ctx.clock(), -age)
    let deleted = 0
    deleted += await drain(
      () => queries.findDeadSessions(ctx.db, ago(KEEP_SESSIONS), BATCH),
      ids => queries.deleteSessions(ctx.db, ids)
    )
    deleted += await drain(
      () => queries.findDeadTokens(ctx.db, ago(KEEP_TOKENS), BATCH),
      ids => queries.deleteTokens(ctx.db, ids)
    )
    deleted += await drain(
      () => queries.findSentMail(ctx.db, ago(KEEP_MAIL), BATCH),
      ids => queries.deleteMail(ctx.db, ids)
    )
    deleted += await drain(
      () => queries.findOldEvents(ctx.db, ago(KEEP_EVENTS), BATCH),
      ids => queries.deleteEvents(ctx.db, ids)
    )
    if (deleted > 0) log.info({ deleted }, 'housekeeping: done')
    return deleted
  }

  async function drain(find: () => Promise<Id[]>, remove: (ids: Id[]) => Promise<void>): Promise<number> {
    for (let deleted = 0; ; ) {
      const ids = stopping.signal.aborted ? [] : await find()
      if (ids.length === 0) return deleted
      await remove(ids)
      deleted += ids.length
      await sleep(BREATH)
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
