import { isPast } from '../clock.ts'
import type { Account } from './table.ts'

/**
 * Whether an account is suspended at `now`. A suspension with an end is over when that has come, and nobody needs to
 * clean it up; queries.ts says the same in SQL, where a decision must be part of a write.
 */
export function isSuspended(account: Pick<Account, 'suspended_at' | 'suspended_until'>, now: Date): boolean {
  const { suspended_at, suspended_until } = account
  return suspended_at !== null && !(suspended_until && isPast(suspended_until, now))
}
