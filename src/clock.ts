/**
 * The one clock. Everything that compares times asks it, so that tests can move it and no two
 * parts of a request disagree with the database's own idea of time (design: times are written
 * and compared by the application's clock, in UTC).
 */
export type Clock = () => Date

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
