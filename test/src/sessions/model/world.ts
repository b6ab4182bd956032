import type { judge, provesUse } from '../../../../src/sessions/rules.ts'

// The world of the model checker: one session row, one store with several tabs, and perhaps a thief.
// Time goes in ticks of a quarter of GRACE. Ages stop counting where no rule and no property asks
// further, so hours are as many ticks as GRACE, and the set of states is finite: it is explored to
// its end, not to a depth.

export const TICK = 20_000 // ms; any length does, the rules compare with GRACE only

export interface Rules {
  judge: typeof judge
  provesUse: typeof provesUse
}

export interface World {
  rules: Rules
  /** REFRESH_GRACE in ticks. */
  grace: number
  /** Whether a settling answer brings back the token that was presented (body clients). */
  echo?: boolean
  /** Requests and answers that are under way at once: tabs, retries, repeats by the network. */
  parallel: number
  /** Ticks that a message takes at most, each way; otherwise it is lost. */
  delay: number
  /** Ticks for which a write of the store may be lost in a crash; undefined: no crash. */
  unflushed?: number
  /** Whether access tokens outlive a crash that loses the refresh token of the same answer. */
  accessSurvives?: boolean
  /** How many late re-issues a generation has left; undefined: they are not counted, so never too many. */
  reissuesLeft?: number
  thief?: boolean
}

/** Equal tags mean the same token; age in ticks since issue. Names are for traces: 2b is the second of generation 2. */
export interface Token {
  generation: number
  tag: number
  age: number
  name: string
}

/** A refresh request with the token it presents, or an answer with the token it brings (none: settled). */
export interface Message {
  kind: 'request' | 'orphan' | 'answer'
  token: Token | undefined
  /** Generation of the access token in an answer. */
  access: number
  age: number
  /** An answer to a refresh of the member's after the thief's first exchange. */
  counts: boolean
}

export interface Row {
  generation: number
  parent: number
  used: boolean
  /** An access token that proves use was seen; the mark may come late, or never. */
  seen: boolean
  reissues: number
  movedAge: number
  revoked: boolean
  /** Tokens given of this generation, for their names. */
  given: number
}

export interface State {
  row: Row
  /** The one store, what of it has reached the disk, and the age of the oldest write that has not (or NONE). */
  store: Token
  disk: Token
  unflushed: number
  underWay: readonly Message[]
  /** Age of the oldest access token of the current generation that the member holds, or NONE. */
  access: number
  /** The same of requests that left before a crash, with the ticks in which they may still arrive. */
  lastAccess: readonly { age: number; left: number }[]
  /** What the thief holds: one copy, and what he was given for it. Empty before the copy. */
  loot: readonly Token[]
  /** UNSPLIT, SPLIT, or the ticks since the member kept the first refresh after it, or TWICE. */
  watch: number
  /** The promise that was broken on the way here. */
  fault?: string
}

/** The promises, as what must not be reached. */
export const FAULTS = {
  loggedOut: 'an honest client is logged out',
  riding: 'a rider is not found',
  dead: 'a token passes although its successor was seen in use',
  stuck: 'a token older than GRACE is not exchanged'
}

export const NONE = -1
/** The thief has exchanged nothing yet; his tokens are the member's own. */
export const UNSPLIT = -2
/** The thief was given a token that the member does not have. */
export const SPLIT = -1
/** The member has refreshed twice since then, GRACE apart. */
export const TWICE = 99

/** A step of somebody's, in words, and where it leads. */
export type Step = readonly [label: string, next: State]

/** After the login, written and answered. */
export function start(): State {
  const login: Token = { generation: 0, tag: 0, age: 0, name: '0a' }
  const row: Row = {
    generation: 0,
    parent: 0,
    used: false,
    seen: false,
    reissues: 0,
    movedAge: 0,
    revoked: false,
    given: 1
  }
  const store = { store: login, disk: login, unflushed: NONE, underWay: [] }
  return { row, ...store, access: 0, lastAccess: [], loot: [], watch: UNSPLIT }
}

/** A tick passes: what is overdue is lost, what should have reached the disk must have. */
export function* passTime(world: World, state: State): Generator<Step> {
  if (state.unflushed >= (world.unflushed ?? 0)) return
  const older = (age: number) => Math.min(age + 1, world.grace)
  const aged = (token: Token) => ({ ...token, age: older(token.age) })
  const underWay = state.underWay.filter(message => message.age < world.delay)
  yield [
    'a tick passes',
    {
      ...state,
      row: { ...state.row, movedAge: older(state.row.movedAge) },
      store: aged(state.store),
      disk: aged(state.disk),
      unflushed: state.unflushed === NONE ? NONE : state.unflushed + 1,
      underWay: underWay.map(message => ({
        ...message,
        token: message.token && aged(message.token),
        age: message.age + 1
      })),
      access: state.access === NONE ? NONE : older(state.access),
      lastAccess: state.lastAccess.flatMap(({ age, left }) => (left > 0 ? { age: older(age), left: left - 1 } : [])),
      loot: state.loot.map(aged),
      watch: state.watch >= 0 && state.watch < TWICE ? Math.min(state.watch + 1, apart(world)) : state.watch
    }
  ]
}

/** Ticks between two refreshes that are GRACE apart: what was under way at the first has arrived besides. */
export function apart(world: World): number {
  return world.grace + world.delay
}
