import type { Message, State, Token } from './world.ts'

// Two states that no rule can tell apart are one: generations count from zero only as far as rules see the
// difference (0, or more), tags are names, and what is under way has no order.

const KEPT = 2 // generations above zero: the current one and the one before it
const PARENT = 1
const OTHER = 0
const KINDS = { answer: 0, request: 2, orphan: 4 }

/** The same state under its canonical names, and a key that is equal for equal states. */
export function canonical(state: State): readonly [key: string, state: State] {
  const { row } = state
  const shift = Math.max(row.generation - KEPT, 0)
  const current = row.generation
  const names = new Map<number, number>()
  const weigh = (t: Token | undefined) =>
    t
      ? (t.generation * 64 + t.age) * 64 +
        (t.generation === current ? (names.get(t.tag) ?? 0) : t.tag === row.parent ? 1 : 0)
      : -1
  const rename = (t: Token): Token => {
    if (t.generation < current - 1) return { ...t, generation: Math.max(t.generation - shift, 0), tag: OTHER, age: 0 }
    if (t.generation === current - 1)
      return { ...t, generation: t.generation - shift, tag: t.tag === row.parent ? PARENT : OTHER }
    const tag = names.get(t.tag) ?? names.size + 2
    names.set(t.tag, tag)
    return { ...t, generation: t.generation - shift, tag }
  }
  const store = rename(state.store)
  const disk = rename(state.disk)
  const weight = (m: Message) =>
    ((weigh(m.token) + 1) * 8 + m.age) * 32 + m.access * 8 + KINDS[m.kind] + (m.counts ? 1 : 0)
  const underWay = state.underWay
    .toSorted((a, b) => weight(a) - weight(b))
    .map(m => ({
      ...m,
      token: m.token && rename(m.token),
      access: m.kind !== 'answer' ? 0 : Math.max(m.access - shift, 0)
    }))
  const loot = useful(state)
    .sort((a, b) => weigh(a) - weigh(b))
    .map(rename)
  const next = {
    ...state,
    row: { ...row, generation: row.generation - shift, parent: PARENT },
    store,
    disk,
    underWay,
    loot
  }
  return [keyOf(next), next]
}

/**
 * What of the loot makes a difference: of his own tokens of one generation the oldest serves the thief best, it
 * is the first that moves the line; those he shares with the member, and the parent, are each of a kind.
 */
function useful(state: State): Token[] {
  if (state.loot.length === 0) return []
  const { row } = state
  const members = [state.store, state.disk, ...state.underWay.flatMap(({ token }) => token ?? [])]
  const kindOf = (t: Token) => {
    if (t.generation < row.generation - 1) return 'dead'
    if (t.generation < row.generation) return t.tag === row.parent ? 'parent' : 'beaten'
    return members.some(m => same(m, t)) ? t.tag : 'own'
  }
  const kinds = new Map<string | number, Token>()
  for (const token of state.loot) {
    const kind = kindOf(token)
    const other = kinds.get(kind)
    if (!other || token.age > other.age) kinds.set(kind, token)
  }
  if (kinds.size > 1) kinds.delete('dead')
  return [...kinds.values()]
}

function same(a: Token, b: Token): boolean {
  return a.tag === b.tag && a.generation === b.generation
}

/** Every number is small: one character each. */
function keyOf(state: State): string {
  const { row } = state
  const flags = (row.used ? 1 : 0) + (row.seen ? 2 : 0) + (row.revoked ? 4 : 0) + (state.fault ? 8 : 0)
  const codes = [row.generation, flags, row.reissues, row.movedAge]
  codes.push(state.unflushed + 1, state.access + 1, state.watch + 2)
  addToken(codes, state.store)
  addToken(codes, state.disk)
  codes.push(state.underWay.length, state.lastAccess.length)
  for (const { age, left } of state.lastAccess) codes.push(age, left)
  for (const m of state.underWay) {
    codes.push(KINDS[m.kind] + (m.counts ? 1 : 0), m.access, m.age)
    addToken(codes, m.token)
  }
  for (const token of state.loot) addToken(codes, token)
  return String.fromCharCode(...codes)
}

function addToken(codes: number[], token: Token | undefined): void {
  if (token) codes.push(token.generation, token.tag, token.age)
  else codes.push(9, 9, 9)
}
