import { provesUse, refresh } from './server.ts'
import { apart, FAULTS, type Message, NONE, SPLIT, type State, type Step, TWICE, UNSPLIT, type World } from './world.ts'

// The honest client: several tabs over one store. It refreshes at any moment, also in parallel, also with
// what it has asked for already; it uses any access token it holds; messages are lost, late and reordered;
// it crashes. A repeat by the network is the same as a second tab that asked at the same moment.

export function* memberSteps(world: World, state: State): Generator<Step> {
  if (state.underWay.length < world.parallel) {
    const request: Message = { kind: 'request', token: state.store, access: 0, age: 0, counts: false }
    yield [`the member sends ${state.store.name}`, { ...state, underWay: [...state.underWay, request] }]
  }
  for (const message of state.underWay) {
    const rest = { ...state, underWay: state.underWay.filter(other => other !== message) }
    yield [message.kind === 'answer' ? 'an answer is lost' : `the request with ${message.token?.name} is lost`, rest]
    yield message.kind === 'answer' ? keep(world, rest, message) : arrive(world, rest, message)
  }
  yield* accessSteps(world, state)
  yield* diskSteps(world, state)
}

function arrive(world: World, state: State, { token, kind }: Message): Step {
  if (!token) throw new TypeError('a refresh presents a token')
  const reply = refresh(world, state, token)
  const label = `the member's ${token.name} arrives: ${reply.verdict}`
  if (!reply.granted) {
    const fault = state.watch === UNSPLIT ? FAULTS.loggedOut : undefined
    return [label, { ...reply.next, fault: reply.next.fault ?? fault }]
  }
  const watch = state.watch === apart(world) ? TWICE : state.watch
  if (kind === 'orphan') return [label, { ...reply.next, watch }]
  const answer: Message = {
    kind: 'answer',
    token: reply.brings,
    access: reply.next.row.generation,
    age: 0,
    counts: watch >= SPLIT
  }
  return [label, { ...reply.next, watch, underWay: [...state.underWay, answer] }]
}

/** An answer arrives: cookie (or body) and access token come together or not at all. */
function keep(world: World, state: State, answer: Message): Step {
  const { token } = answer
  const access = answer.access === state.row.generation ? Math.max(state.access, answer.age) : state.access
  const watch = answer.counts && state.watch === SPLIT ? 0 : state.watch
  const kept = { ...state, access, watch }
  if (!token) return ['an answer without a token arrives', kept]
  const written = world.unflushed === undefined ? { disk: token } : { unflushed: Math.max(state.unflushed, 0) }
  return [`an answer brings ${token.name}`, { ...kept, ...written, store: token }]
}

function* accessSteps(world: World, state: State): Generator<Step> {
  const oldest = Math.max(state.access, ...state.lastAccess.map(({ age }) => age))
  if (!state.row.seen && oldest !== NONE && provesUse(world, state, oldest)) {
    yield ['the member uses an access token of the current generation', { ...state, row: { ...state.row, seen: true } }]
  }
  if (state.row.seen && !state.row.used)
    yield ['the mark of use is written', { ...state, row: { ...state.row, used: true } }]
}

function* diskSteps(world: World, state: State): Generator<Step> {
  if (state.unflushed === NONE) return
  yield ['the store reaches the disk', { ...state, disk: state.store, unflushed: NONE }]
  const tokens = world.accessSurvives ? {} : { access: NONE, lastAccess: leftBehind(world, state) }
  const underWay = state.underWay.flatMap(m => (m.kind === 'answer' ? [] : { ...m, kind: 'orphan' as const }))
  // What the member has not kept is no refresh of his.
  const watch = state.watch >= 0 && state.watch <= (world.unflushed ?? 0) ? SPLIT : state.watch
  yield [
    `the browser dies and wakes with ${state.disk.name}`,
    { ...state, ...tokens, underWay, store: state.disk, unflushed: NONE, watch }
  ]
}

/** The access tokens in requests that outlive the crash: of those that left in this tick, the oldest is enough. */
function leftBehind(world: World, { access, lastAccess }: State): State['lastAccess'] {
  const earlier = lastAccess.filter(({ left }) => left < world.delay)
  const age = Math.max(access, ...lastAccess.filter(({ left }) => left === world.delay).map(({ age }) => age))
  return age === NONE ? earlier : [...earlier, { age, left: world.delay }]
}
