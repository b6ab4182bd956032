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

/** @param since when the token was asked for, so that it is never thought younger than it is */
export function readAccessToken(text: string, since: Moment): AccessToken {
  const { exp, iat } = payloadOf(text)
  return { text, lifetime: (exp - iat) * 1000, since }
}

/** ms until it is to be exchanged; 0 or less: now. */
export function timeLeft({ lifetime, since }: AccessToken): number {
  const { steady, wall } = now()
  // A wall clock that was set back says less than the steady one; one that was set ahead costs a refresh, no more.
  const age = Math.max(steady - since.steady, wall - since.wall)
  return lifetime - Math.min(LONGEST_MARGIN, lifetime * MARGIN) - age
}

function payloadOf(text: string): { exp: number; iat: number } {
  const payload = (text.split('.')[1] ?? '').replace(/-/g, '+').replace(/_/g, '/')
  return JSON.parse(atob(payload)) // ASCII by contract
}
