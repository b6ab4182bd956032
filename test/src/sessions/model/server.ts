import { type Line, MAX_REISSUES, type Verdict } from '../../../../src/sessions/rules.ts'
import { FAULTS, NONE, type Row, type State, TICK, type Token, type World } from './world.ts'

// The server: one row that follows the verdicts as the rules in rules.ts say. A verdict and its guarded update are
// one step: a request whose row has changed in between reads and is judged again.

const NOW = new Date(Date.UTC(2030, 0))
const SOME_DAYS = new Date(NOW.getTime() + 7 * 86_400_000)
const AGES = Array.from({ length: 32 }, (_, ticks) => new Date(NOW.getTime() - ticks * TICK))
// The issue time of an access token is in whole seconds, so a token may look a second older than it is.
const ROUNDED = AGES.map(time => new Date(time.getTime() - 1000))
const TAGS = Array.from({ length: 32 }, (_, tag) => Uint8Array.of(tag))
/** No token has this tag when a step begins: tags are renamed after each. */
const NEW_TAG = 31

export interface Reply {
  verdict: Verdict['kind']
  next: State
  /** The refresh token in the answer; none when refused or settled. */
  brings: Token | undefined
  granted: boolean
}

/** A refresh arrives: the row follows the verdict. */
export function refresh(world: World, state: State, token: Token): Reply {
  const presented = { ...token, tag: at(TAGS, token.tag), issuedAt: at(AGES, token.age) }
  const verdict = world.rules.judge(lineOf(state), presented, NOW, world.grace * TICK)
  const { row } = state
  switch (verdict.kind) {
    case 'settle':
      return granted(world, state, token, { verdict: 'settle', row, brings: world.echo ? token : undefined })
    case 'move': {
      const reissues = world.reissuesLeft === undefined ? 0 : MAX_REISSUES - world.reissuesLeft
      const unused = { used: false, seen: false, reissues, movedAge: 0, given: 1 }
      const moved = { ...row, ...unused, generation: row.generation + 1, parent: token.tag }
      return granted(world, state, token, { verdict: 'move', row: moved, brings: successor(token, moved) })
    }
    case 'sibling': {
      const reissues = verdict.reissue && world.reissuesLeft !== undefined ? row.reissues + 1 : row.reissues
      // A re-issue opens another GRACE: the tabs of a restored browser are counted once.
      const movedAge = verdict.reissue ? 0 : row.movedAge
      const given = { ...row, reissues, movedAge, given: row.given + 1 }
      return granted(world, state, token, { verdict: 'sibling', row: given, brings: successor(token, given) })
    }
    case 'theft':
      return { verdict: 'theft', next: { ...state, row: { ...row, revoked: true } }, brings: undefined, granted: false }
    default: // revoked rows are not asked, nothing expires here, and no token is ahead of the only database
      return {
        verdict: verdict.kind,
        next: { ...state, fault: `impossible: ${verdict.kind}` },
        brings: undefined,
        granted: false
      }
  }
}

/** The answer, and the two properties that concern a single one; they are kept apart from the rules under test. */
function granted(
  world: World,
  state: State,
  token: Token,
  { verdict, row, brings }: Pick<Reply, 'verdict' | 'brings'> & { row: Row }
): Reply {
  const isDead = state.row.used && token.generation < state.row.generation
  const isStuck = verdict === 'settle' && token.age >= world.grace
  const fault = isDead ? FAULTS.dead : isStuck ? FAULTS.stuck : state.fault
  const access = verdict === 'move' ? { access: NONE, lastAccess: [] } : {} // older access tokens prove nothing more
  return { verdict, next: { ...state, ...access, row, fault }, brings, granted: true }
}

function successor(token: Token, row: Row): Token {
  const name = `${Number.parseInt(token.name, 10) + 1}${String.fromCharCode(96 + row.given)}`
  return { generation: row.generation, tag: NEW_TAG, age: 0, name }
}

/** An access token of the current generation, so many ticks old, is shown: does it prove use? */
export function provesUse(world: World, state: State, age: number): boolean {
  return world.rules.provesUse(
    lineOf(state),
    { generation: state.row.generation, issuedAt: at(ROUNDED, age) },
    NOW,
    world.grace * TICK
  )
}

function lineOf({ row }: State): Line {
  return {
    generation: row.generation,
    parent: row.generation === 0 ? null : at(TAGS, row.parent),
    used: row.used,
    reissues: row.reissues,
    movedAt: at(AGES, row.movedAge),
    idleExpiresAt: SOME_DAYS,
    expiresAt: SOME_DAYS,
    revoked: row.revoked
  }
}

function at<T>(table: readonly T[], index: number): T {
  const value = table[index]
  if (value === undefined) throw new RangeError(`the model's tables end before ${index}`)
  return value
}
