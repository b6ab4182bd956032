/**
 * The one clock. Everything that writes or compares times asks it, in UTC, so that tests can move it and application
 * and database never disagree.
 */
export type Clock = () => Date

/** The machine's own time. */
export const systemClock: Clock = () => new Date()

/** `ms` milliseconds after `time`. */
export function after(time: Date, ms: number): Date {
  return new Date(time.getTime() + ms)
}

/** Whether `expiry` has come. Expired means now ≥ expiry, everywhere. */
export function isPast(expiry: Date, now: Date): boolean {
  return now.getTime() >= expiry.getTime()
}

export const SECOND = 1000 // ms
export const MINUTE = 60 * SECOND
export const HOUR = 60 * MINUTE
export const DAY = 24 * HOUR
