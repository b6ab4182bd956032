import { AsyncLocalStorage } from 'node:async_hooks'
import { DeadlineError } from './faults.ts'

// Together less than the 3 s within which a request is answered whatever the database does.
const REQUEST_MS = 2400 // of a request; then it waits for nothing long
const PROMPT_MS = 100 // for what comes later: a busy server whose database works is no outage

const deadlines = new AsyncLocalStorage<number>()

/** When a request that begins now must not wait long any more: an instant of performance.now(). */
export function newDeadline(): number {
  return performance.now() + REQUEST_MS
}

/** Runs `work`, and all that it awaits, under a deadline. */
export function withDeadline<T>(deadline: number, work: () => T): T {
  return deadlines.run(deadline, work)
}

/** Runs what several requests wait for, so that the first of them does not set its limits. */
export function withoutDeadline<T>(work: () => T): T {
  return deadlines.exit(work)
}

/** How much of `ms` something may take under the deadline, if there is one, ms. */
export function timeFor(ms: number): number {
  const deadline = deadlines.getStore()
  return deadline === undefined ? ms : Math.min(ms, Math.max(deadline - performance.now(), PROMPT_MS))
}

/**
 * @param ms how long `work` may be waited for where there is no deadline
 * @throws DeadlineError when it takes longer, or longer than the deadline allows
 */
export async function inTime<T>(work: Promise<T>, ms: number, what: string): Promise<T> {
  const { promise: tooLate, reject } = Promise.withResolvers<never>()
  const timer = setTimeout(() => reject(new DeadlineError(what)), timeFor(ms))
  try {
    return await Promise.race([work, tooLate])
  } finally {
    clearTimeout(timer)
  }
}
