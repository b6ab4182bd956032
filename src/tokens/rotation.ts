import type { KeptKey } from './key-file.ts'
import { generateSigningKey } from './signing-keys.ts'

const MINUTE = 60_000 // ms

/** How long the published keys may be kept by those who verify offline. */
export const JWKS_MAX_AGE = 5 * MINUTE
/** How often a server looks whether its key files have changed. */
export const REREAD_EVERY = MINUTE / 2
/** For how long a key is published before it signs: until everybody who may meet a token of it has heard of it. */
export const PUBLISHED_FOR = JWKS_MAX_AGE + 2 * REREAD_EVERY
const CLOCK_SKEW = MINUTE // of those who verify offline

/** Rotated: the next key signs. Announced: there was none, and now there is. Replaced: nothing old is left. */
export interface Rotation {
  done: 'rotated' | 'announced' | 'replaced'
  keys: KeptKey[]
}

export interface RotationOptions {
  now: Date
  /** ms: how long tokens of a previous key may still come. */
  accessTokenTtl: number
  /** Do not wait until the next key has been published for long enough. */
  forced: boolean
}

/** A next key that has not been published for long enough. */
export class TooEarly extends Error {
  readonly until: Date

  constructor(until: Date, now: Date) {
    const seconds = Math.ceil((until.getTime() - now.getTime()) / 1000)
    super(
      `the next key is not known everywhere yet: it may sign from ${until.toISOString()} on, in ${seconds} s (or --force)`
    )
    this.name = 'TooEarly'
    this.until = until
  }
}

/**
 * The next key becomes the current one, the current one previous, and a new next key is made. A previous key leaves
 * when every token of it has expired. Where there is no next key, one is made and nothing else changes: no key signs
 * that was not published before (NIST SP 800-57 part 1 §5.3: overlapping periods of use).
 *
 * @param keys as readKeys gives them: the first is the current one
 * @throws TooEarly unless forced
 */
export function rotate(keys: readonly KeptKey[], { now, accessTokenTtl, forced }: RotationOptions): Rotation {
  const [current, ...others] = keys
  if (!current) throw new Error('a key file without keys cannot be: readKeys refuses it')
  const next = others.find(({ state }) => state === 'next') ?? (forced ? newKey('next', now) : undefined)
  // A key that nobody dated has been previous since a moment ago: it stays for as long as any other.
  const previous = others.filter(key => key !== next).map(({ pem, since = now }) => previousKey(pem, since))
  if (!next) return { done: 'announced', keys: [current, newKey('next', now), ...previous] }
  const until = new Date((next.since ?? now).getTime() + PUBLISHED_FOR)
  if (!forced && now < until) throw new TooEarly(until, now)
  const overlap = accessTokenTtl + PUBLISHED_FOR + CLOCK_SKEW
  const kept = previous.filter(({ since }) => now.getTime() < since.getTime() + overlap)
  const signing = { pem: next.pem, state: 'current' as const, since: now }
  return { done: 'rotated', keys: [signing, newKey('next', now), previousKey(current.pem, now), ...kept] }
}

/** After a leak: no key stays that somebody else may have. Access tokens of the old ones are refused from then on. */
export function replace(now: Date): Rotation {
  return { done: 'replaced', keys: [newKey('current', now), newKey('next', now)] }
}

function newKey(state: 'current' | 'next', now: Date): KeptKey {
  return { pem: generateSigningKey(), state, since: now }
}

function previousKey(pem: string, since: Date) {
  return { pem, state: 'previous' as const, since }
}
