import type { Message, State, Token } from './world.ts'

// Two states that no rule can tell apart are one: generations count from zero only as far as rules see the
// difference (0, or more), tags are names, and what is under way has no order.

const KEPT = 2 // generations above zero: the current one and the one before it
const PARENT = 1
const OTHER = 0
const KINDS = { answer: 0, request: 2, orphan: 4 }

/** A key that is equal for equal states. The state itself, under its canonical names, is made for new ones only. */
export interface Canonical {
  key: string
  make(): State
}

export function canonical(state: State): Canonical {
  const { row } = state
  const names: number[] = [] // tags of the current generation, in the order in which they are met
  const shift = Math.max(row.generation - KEPT, 0)
  const rename = (t: Token): Token => {
    const generation = Math.max(t.generation - shift, 0)
    if (t.generation < row.generation - 1) return { ...t, generation, tag: OTHER, age: 0 }
    return { ...t, generation, tag: nameOf(state, names, t) }
  }
  const underWay = inOrder(state.underWay, message => weightOf(state, names, message))
  const access = (m: Message) => (m.kind === 'answer' ? Math.max(m.access - shift, 0) : 0)

  // Every number is small: one character each.
  const flags = (row.used ? 1 : 0) + (row.seen ? 2 : 0) + (row.revoked ? 4 : 0) + (state.fault ? 8 : 0)
  const codes = [row.generation - shift, flags, row.reissues, row.movedAge]
  codes.push(state.unflushed + 1, state.access + 1, state.watch + 2)
  const add = (t: Token | undefined) => {
    if (!t) codes.push(9, 9, 9)
    else if (t.generation < row.generation - 1) codes.push(Math.max(t.generation - shift, 0), OTHER, 0)
    else codes.push(t.generation - shift, nameOf(state, names, t), t.age)
  }
  // Names are given on the way: store and disk first, then what is under way, then the loot.
  add(state.store)
  add(state.disk)
  const sorted = underWay()
  codes.push(sorted.length, state.lastAccess.length)
  for (const { age, left } of state.lastAccess) codes.push(age, left)
  for (const m of sorted) {
    codes.push(KINDS[m.kind] + (m.counts ? 1 : 0), access(m), m.age)
    add(m.token)
  }
  const loot = inOrder(useful(state), t => weigh(state, names, t))()
  for (const token of loot) add(token)

  return {
    key: String.fromCharCode(...codes),
    make: () => ({
      ...state,
      row: { ...row, generation: row.generation - shift, parent: PARENT },
      store: rename(state.store),
      disk: rename(state.disk),
      underWay: sorted.map(m => ({ ...m, token: m.token && rename(m.token), access: access(m) })),
      loot: loot.map(rename)
    })
  }
}

/** What a tag is called among those of its generation; a new one gets the next name. */
function nameOf({ row }: State, names: number[], t: Token): number {
  if (t.generation < row.generation) return t.tag === row.parent ? PARENT : OTHER
  const known = names.indexOf(t.tag)
  return 2 + (known >= 0 ? known : names.push(t.tag) - 1)
}

/** For an order that does not depend on names that are not given yet. */
function weigh({ row }: State, names: readonly number[], t: Token | undefined): number {
  if (!t) return -1
  const name = t.generation === row.generation ? names.indexOf(t.tag) + 1 : t.tag === row.parent ? 1 : 0
  return (t.generation * 64 + t.age) * 64 + name
}

function weightOf(state: State, names: readonly number[], m: Message): number {
  return ((weigh(state, names, m.token) + 1) * 8 + m.age) * 32 + m.access * 8 + KINDS[m.kind] + (m.counts ? 1 : 0)
}

/** Sorted when it is asked for; most lists are too short to need it. */
function inOrder<T>(list: readonly T[], weight: (item: T) => number): () => readonly T[] {
  return () => (list.length < 2 ? list : list.toSorted((a, b) => weight(a) - weight(b)))
}

/**
 * What of the loot makes a difference: of his own tokens of one generation the oldest serves the thief best, it
 * is the first that moves the line; those he shares with the member, and the parent, are each of a kind.
 */
function useful(state: State): readonly Token[] {
  if (state.loot.length < 2) return state.loot
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
