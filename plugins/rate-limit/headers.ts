import { SECOND } from '../../src/clock.ts'
import type { Readings } from '../../src/limits/admission.ts'
import { LIMITS, type LimitName } from '../../src/limits/policy.ts'

// draft-ietf-httpapi-ratelimit-headers-11

/** Makes RateLimit-Policy: every limit of a route, `requests` included. A route's list is written out once. */
export function createPolicies(): (limits: readonly LimitName[]) => string {
  const known = new Map<readonly LimitName[], string>()
  const quota = (name: LimitName) => `"${name}";q=${LIMITS[name].most};w=${LIMITS[name].window / SECOND}`
  return limits => {
    const text = known.get(limits) ?? (['requests', ...limits] satisfies LimitName[]).map(quota).join(', ')
    known.set(limits, text)
    return text
  }
}

/** RateLimit: the tightest of these; undefined where there are none. */
export function stateOf(readings: Readings): string | undefined {
  const share = ([meter, { left }]: Readings[number]) => left / meter.limit.most
  const [tightest] = readings.toSorted((a, b) => share(a) - share(b) || b[1].seconds - a[1].seconds)
  if (!tightest) return undefined
  const [{ name }, { left, seconds }] = tightest
  return `"${name}";r=${left};t=${seconds}`
}
