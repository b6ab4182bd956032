import { judge, provesUse } from '../../../../src/sessions/rules.ts'
import type { Rules } from './world.ts'

// Rules that others live by, and ours with one of them taken away. The model checker must find what each of
// them costs; where it does not, it is the checker that is broken.

/** RFC 9700 §4.14.2 to the letter: every refresh moves, every replay is theft. */
export const strict = judging((line, token, now) => judge(line, token, now, 0))

/** A reuse interval: the previous token passes for a while, whoever presents it. */
export const timeWindow = judging((line, token, now, grace) => {
  if (token.generation !== line.generation - 1) return judge(line, token, now, grace)
  return now.getTime() - line.movedAt.getTime() < grace ? { kind: 'sibling', reissue: false } : { kind: 'theft' }
})

/** supabase/auth: the parent of the active token passes at any time. */
export const previousAlways = judging((line, token, now, grace) => {
  if (token.generation !== line.generation - 1) return judge(line, token, now, grace)
  return { kind: 'sibling', reissue: false }
})

/** Rule 2 away: the line moves as often as it is asked to. */
export const withoutSettling = judging((line, token, now, grace) =>
  judge(line, { ...token, issuedAt: new Date(0) }, now, grace)
)

/** Rule 2 without its end. */
export const settlingForEver = judging((line, token, now, grace) =>
  judge(line, { ...token, issuedAt: now }, now, grace)
)

/** Rule 4 without the parent's tag: every sibling of the previous generation passes. */
export const withoutParent = judging((line, token, now, grace) =>
  judge({ ...line, parent: token.tag }, token, now, grace)
)

/** Rule 4 without the mark of use. */
export const withoutUsed = judging((line, token, now, grace) => judge({ ...line, used: false }, token, now, grace))

/** Rule 4 away: nothing but the current generation passes. */
export const withoutSiblings = judging((line, token, now, grace) => judge({ ...line, parent: null }, token, now, grace))

/** Rule 6 without GRACE: a young access token proves use while other answers are under way. */
export const hastyMarks: Rules = {
  judge,
  provesUse: (line, token) => !line.used && token.generation === line.generation
}

function judging(broken: Rules['judge']): Rules {
  return { judge: broken, provesUse }
}
