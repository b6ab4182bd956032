/** What stands in a counter. */
export interface Count {
  count: number
  /** ms until its window ends; 0 where there is none. */
  ttl: number
}

/** Counters with windows that begin with their first count. Times are compared by the one clock, in every store. */
export interface CounterStore {
  /**
   * Adds to a counter: 1 counts, −1 takes one back (never below 0, and begins no window), 0 only looks.
   *
   * @param window ms, of a window that begins now
   */
  add(key: string, by: Step, window: number): Promise<Count>
  close(): Promise<void>
}

export type Step = 1 | 0 | -1

/** Keys are this long, in hexadecimal: 128 bits do not collide. */
export const KEY_BYTES = 16
