import { setTimeout as sleep } from 'node:timers/promises'
import { SECOND } from '../clock.ts'
import type { Context } from '../context.ts'
import { newId } from '../ids.ts'
import type { Log } from '../log.ts'
import { attempt } from './attempt.ts'
import type { MessageOptions, Send } from './message.ts'
import * as queries from './queries.ts'

const POLL = 5 * SECOND // the fallback: a commit wakes the worker at once
const BATCH = 20
const PAUSE = 15 // ms: the answer leaves first, so that its time does not tell whether there is a mail

/** Messages under way at a time: as many SMTP connections does a worker have. */
export const PARALLEL = 5

export interface Delivery {
  /** Looks for mail now. */
  wake(): void
  /** Ends after the messages that are under way. */
  stop(): Promise<void>
}

/**
 * The worker that delivers committed mail, at least once, any number of them beside each other: a
 * mail is claimed by a guarded UPDATE for the time of a lease, and sent only after that.
 */
export function startDelivery(ctx: Context, send: Send, { log, ...options }: MessageOptions & { log: Log }): Delivery {
  const worker = { ctx, owner: newId(ctx.clock), send, log, options }
  let stopping = false
  let again = false
  let round: Promise<void> | undefined
  const timer = setInterval(wake, POLL)
  timer.unref()

  function wake(): void {
    again = true
    round ??= sleep(PAUSE)
      .then(rounds)
      .finally(() => {
        round = undefined
        if (again && !stopping) wake() // woken after the last look
      })
  }

  async function rounds(): Promise<void> {
    while (again && !stopping) {
      again = false
      try {
        const due = await queries.findDue(ctx.db, ctx.clock(), BATCH)
        if (due.length === BATCH) again = true
        const lanes = Array.from({ length: PARALLEL }, async () => {
          for (let mail = due.shift(); mail && !stopping; mail = due.shift()) await attempt(worker, mail)
        })
        // Every lane ends before the round does: stop() must not leave a message under way.
        const outcomes = await Promise.allSettled(lanes)
        for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason
      } catch (error) {
        log.warn({ err: error }, 'outbox: the database is out of reach; trying again')
        again = false
      }
    }
  }

  wake()
  return {
    wake,
    async stop() {
      stopping = true
      clearInterval(timer)
      await round
    }
  }
}
