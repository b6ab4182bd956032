import type { Context } from '../context.ts'
import { invalid } from '../errors.ts'
import { findPasswordFaults, type PersonalData } from '../passwords/policy.ts'

/**
 * Checks a password that somebody chose, and hashes it: slow, so never inside a transaction.
 *
 * @param person whose password it will be: it must not be made of their name or address
 * @throws Problem validation_failed (400) for a weak password; busy (503)
 */
export async function hashNewPassword(ctx: Context, password: string, person: PersonalData): Promise<string> {
  const faults = findPasswordFaults(password, ctx.config.PASSWORD_MIN_LENGTH, person)
  if (faults.length > 0) throw invalid(...faults)
  return await ctx.hasher.hash(password)
}
