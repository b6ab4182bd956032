import { canonical } from './model/canonical.ts'
import { memberSteps } from './model/member.ts'
import { thiefSteps } from './model/thief.ts'
import { passTime, type State, start, type World } from './model/world.ts'

// A model checker for the rules of refreshing: breadth first through every state that the world can reach, so
// that the first broken promise comes with a shortest way to it.

const MOST_STATES = 2_000_000 // more are a mistake in the model, not a result

export interface Exploration {
  states: number
  /** Of these, those in which the session is revoked. */
  revoked: number
  fault: string | undefined
  /** The steps to the fault. */
  trace: string[]
}

/** @param only the fault to look for; others are passed over, in rules that break several promises */
export function explore(world: World, only?: string): Exploration {
  const first = canonical(start())
  const seen = new Set([first.key])
  const queue: State[] = [first.make()]
  const cameFrom = [{ parent: -1, label: 'login' }]
  let revoked = 0
  for (const [index, state] of queue.entries()) {
    const { fault } = state
    if (fault && fault === (only ?? fault))
      return { states: seen.size, revoked, fault, trace: traceTo(index, cameFrom) }
    if (state.row.revoked) {
      revoked++
      continue
    }
    for (const [label, reached] of steps(world, { ...state, fault: undefined })) {
      const { key, make } = canonical(reached)
      if (seen.has(key)) continue
      seen.add(key)
      queue.push(make())
      cameFrom.push({ parent: index, label })
    }
    if (seen.size > MOST_STATES) throw new RangeError(`more than ${MOST_STATES} states`)
  }
  return { states: seen.size, revoked, fault: undefined, trace: [] }
}

function* steps(world: World, state: State) {
  yield* memberSteps(world, state)
  yield* thiefSteps(world, state)
  yield* passTime(world, state)
}

function traceTo(index: number, cameFrom: readonly { parent: number; label: string }[]): string[] {
  const trace: string[] = []
  for (let at = cameFrom[index]; at && at.parent >= 0; at = cameFrom[at.parent]) trace.unshift(at.label)
  return trace
}
