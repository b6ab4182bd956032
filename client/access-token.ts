// Access tokens are judged by their own lifetime, `exp` minus `iat`, from the moment they were asked for. What the
// device believes the time is does not matter: wrong clocks are common, and clocks are set while a page is open.

const LONGEST_MARGIN = 60_000 // ms before its end that a token is exchanged: requests under way must arrive in time
const MARGIN = 0.2 // of the lifetime, where that is shorter

/** When something happened, by two clocks: the one stands still in a suspended laptop, the other may be set. */
export interface Moment {
  steady: number
  wall: number
}

export interface AccessToken {
  text: string
  /** ms */
  lifetime: number
  since: Moment
}

export function now(): Moment {
  return { steady: performance.now(), wall: Date.now() }
}

/** ms. A wall clock that was set back says less than the steady one; one that was set ahead costs a refresh, no more. */
export function timeSince(moment: Moment): number {
  const { steady, wall } = now()
  return Math.max(steady - moment.steady, wall - moment.wall)
}

/** @param since when the token was asked for, so that it is never thought younger than it is */
export function readAccessToken(text: string, since: Moment): AccessToken {
  const { exp, iat } = payloadOf(text) ?? { exp: 0, iat: 0 }
  return { text, lifetime: (exp - iat) * 1000, since }
}

/** ms until it is to be exchanged; 0 or less: now. */
export function timeLeft(token: AccessToken): number {
  return lifeLeft(token) - Math.min(LONGEST_MARGIN, token.lifetime * MARGIN)
}

/** ms until the server refuses it, as far as we can tell. */
export function lifeLeft({ lifetime, since }: AccessToken): number {
  return lifetime - timeSince(since)
}

/** The times of a token, or undefined for what is none. */
export function payloadOf(text: string): { exp: number; iat: number } | undefined {
  try {
    const payload = (text.split('.')[1] ?? '').replace(/-/g, '+').replace(/_/g, '/')
    const { exp, iat } = JSON.parse(atob(payload)) // ASCII by contract
    return Number.isFinite(exp) && Number.isFinite(iat) && exp > iat ? { exp, iat } : undefined
  } catch {
    return undefined
  }
}
