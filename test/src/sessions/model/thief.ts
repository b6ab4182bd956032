import { refresh } from './server.ts'
import { FAULTS, SPLIT, type State, type Step, type Token, TWICE, UNSPLIT, type World } from './world.ts'

// The thief: copies one refresh token, once, from the store or from an answer, and refreshes with any token
// he holds at any moment, or waits. The noisy, the silent and the following thief are paths of this one.
// His messages take no time (a late one is a later one), and his access tokens prove nothing: a mark can only
// end the session sooner, so leaving it out leaves more behaviour, not less.

export function* thiefSteps(world: World, state: State): Generator<Step> {
  if (!world.thief) return
  if (state.loot.length === 0) {
    yield [`the thief copies ${state.store.name} from the store`, { ...state, loot: [state.store] }]
    for (const { kind, token } of state.underWay) {
      if (kind === 'answer' && token)
        yield [`the thief copies ${token.name} from an answer`, { ...state, loot: [token] }]
    }
  }
  for (const token of state.loot) yield replay(world, state, token)
}

function replay(world: World, state: State, token: Token): Step {
  const reply = refresh(world, state, token)
  const label = `the thief refreshes with ${token.name}: ${reply.verdict}`
  if (!reply.granted) return [label, reply.next]
  const fault = reply.next.fault ?? (state.watch === TWICE ? FAULTS.riding : undefined)
  if (!reply.brings || reply.verdict === 'settle') return [label, { ...reply.next, fault }]
  const watch = state.watch === UNSPLIT ? SPLIT : state.watch
  return [label, { ...reply.next, fault, watch, loot: [...state.loot, reply.brings] }]
}
