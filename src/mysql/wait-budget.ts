import { AsyncLocalStorage } from 'node:async_hooks'
import { DeadlineError } from './faults.ts'

// Together less than the 3 s within which a request is answered whatever the database does.
const REQUEST_MS = 2400 // of a request; then it waits for nothing long
const PROMPT_MS = 100 // for what comes later: a busy server whose database works is no outage

/**
 * What a request may still wait for the database. Only such waits count: neither the time that its client takes to send a
 * body, nor the queue for a hash.
 */
export class WaitBudget {
  #spent = 0
  #waits = 0
  #since = 0
  readonly #ms: number

  /** @param ms for all waits together */
  constructor(ms = REQUEST_MS) {
    this.#ms = ms
  }

  /** A wait begins; of several at a time the clock counts one. @returns ends it */
  begin(): () => void {
    if (this.#waits++ === 0) this.#since = performance.now()
    return () => {
      if (--this.#waits === 0) this.#spent += performance.now() - this.#since
    }
  }

  left(): number {
    const running = this.#waits > 0 ? performance.now() - this.#since : 0
    return Math.max(this.#ms - this.#spent - running, PROMPT_MS)
  }
}

const budgets = new AsyncLocalStorage<WaitBudget>()

/** Runs `work`, and all that it awaits, on a budget. */
export function onBudget<T>(budget: WaitBudget, work: () => T): T {
  return budgets.run(budget, work)
}

/** Runs what is nobody's, or what several requests wait for: the first of them does not set its limits. */
export function offBudget<T>(work: () => T): T {
  return budgets.exit(work)
}

/** How much of `ms` something may take on the budget, if there is one, ms. */
export function timeFor(ms: number): number {
  return Math.min(ms, budgets.getStore()?.left() ?? ms)
}

/** A wait that is timed elsewhere begins. @returns ends it */
export function beginWait(): () => void {
  return budgets.getStore()?.begin() ?? (() => {})
}

/**
 * @param ms how long `work` may be waited for where there is no budget
 * @throws DeadlineError when it takes longer, or longer than the budget allows
 */
export async function inTime<T>(work: Promise<T>, ms: number, what: string): Promise<T> {
  const { promise: tooLate, reject } = Promise.withResolvers<never>()
  const timer = setTimeout(() => reject(new DeadlineError(what)), timeFor(ms))
  const end = beginWait()
  try {
    return await Promise.race([work, tooLate])
  } finally {
    end()
    clearTimeout(timer)
  }
}
