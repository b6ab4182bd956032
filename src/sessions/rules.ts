import { isPast, SECOND } from '../clock.ts'

// Refreshing as one pure function of row, token and clock. The model checker in test/src/sessions
// explores it; refresh.ts follows its verdict in the database.

/** Re-issues of one generation, each later than GRACE after the move or the one before; one more is taken for theft. */
export const MAX_REISSUES = 20

/** The part of a session row that the rules read. */
export interface Line {
  generation: number
  /** Tag of the token that was exchanged for the current generation. */
  parent: Uint8Array | null
  /** Whether an access token of the current generation was seen, older than GRACE. */
  used: boolean
  reissues: number
  /** When the current generation began, or was last re-issued. */
  movedAt: Date
  idleExpiresAt: Date
  expiresAt: Date
  revoked: boolean
}

/** The part of a presented refresh token that the rules read; its MACs were checked before. */
export interface Presented {
  generation: number
  tag: Uint8Array
  issuedAt: Date
}

export type Verdict =
  /** The session has ended; nothing is touched. */
  | { kind: 'revoked' | 'expired' }
  /** The token is ahead of the row that was read: read again from the primary. */
  | { kind: 'ahead' }
  /** The token is fresh: answer with an access token, keep the refresh token. */
  | { kind: 'settle' }
  /** Exchange the token for the next generation. */
  | { kind: 'move' }
  /** A lost, late or parallel answer: another token of the current generation. */
  | { kind: 'sibling'; reissue: boolean }
  /** Somebody else has moved the line: revoke the session. */
  | { kind: 'theft' }

// The rules. k is the generation of the presented token; GRACE is REFRESH_GRACE.
//
//  1. The session has ended, or k is ahead of the row even when that is read again from the primary: refused, and
//     nothing is touched.
//  2. k is current, k > 0, the token younger than GRACE: settle. A new access token, the same refresh token. The line
//     moves at most once per GRACE, so requests that were under way cannot fall two generations behind.
//  3. k is current otherwise: move to k + 1, guarded by WHERE generation = k. Who loses that race is judged again.
//  4. k is the previous generation, its tag is the parent, the current generation was never used: a sibling, which is
//     another token of the current generation (tabs, lost answers, crashes; days later, too). Later than GRACE after the
//     move it counts as a re-issue, at most MAX_REISSUES per generation; each opens another GRACE.
//  5. Any other older k: theft. Revoke the session, commit, then 401; when the commit fails, 503.
//  6. An access token of the current generation, older than GRACE, seen at any request, marks that generation as used:
//     provesUse(). The mark may be late or lost.
//
// With GRACE = 0 rules 2, 4 and 6 are off: strict rotation, every replay is theft.

/** @param grace REFRESH_GRACE in ms; 0 is strict rotation (RFC 9700 §4.14.2) */
export function judge(line: Line, token: Presented, now: Date, grace: number): Verdict {
  if (line.revoked) return { kind: 'revoked' }
  if (isPast(line.idleExpiresAt, now) || isPast(line.expiresAt, now)) return { kind: 'expired' }
  if (token.generation > line.generation) return { kind: 'ahead' }
  if (token.generation === line.generation) {
    const settling = token.generation > 0 && now.getTime() - token.issuedAt.getTime() < grace
    return { kind: settling ? 'settle' : 'move' }
  }
  const wasExchanged = token.generation === line.generation - 1 && sameTag(token.tag, line.parent)
  if (grace === 0 || !wasExchanged || line.used) return { kind: 'theft' }
  const reissue = now.getTime() - line.movedAt.getTime() >= grace
  if (reissue && line.reissues >= MAX_REISSUES) return { kind: 'theft' }
  return { kind: 'sibling', reissue }
}

/**
 * Whether an access token proves that the current generation arrived (rule 6): it is of that
 * generation, and older than GRACE, so that no answer can still be under way.
 *
 * @param issuedAt of the access token, in whole seconds: a second is allowed for the rounding
 */
export function provesUse(
  line: Pick<Line, 'generation' | 'used'>,
  token: { generation: number; issuedAt: Date },
  now: Date,
  grace: number
): boolean {
  if (grace === 0 || line.used || token.generation !== line.generation) return false
  return now.getTime() - token.issuedAt.getTime() >= grace + SECOND
}

function sameTag(a: Uint8Array, b: Uint8Array | null): boolean {
  return b !== null && Buffer.compare(a, b) === 0
}
