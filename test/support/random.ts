export interface Random {
  /** From 0 up to, but not including, 1. */
  next(): number
  /** A whole number from 0 up to, but not including, `below`. */
  below(below: number): number
  chance(probability: number): boolean
  pick<T>(list: readonly T[]): T
  shuffle<T>(list: readonly T[]): T[]
}

/** Mulberry32: the same seed gives the same numbers, so that a failure can be repeated. */
export function createRandom(seed: number): Random {
  let state = seed
  const random: Random = {
    next() {
      state = (state + 0x6d2b79f5) | 0
      let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
      mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
      return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
    },
    below: below => Math.floor(random.next() * below),
    chance: probability => random.next() < probability,
    pick(list) {
      const found = list.slice(random.below(list.length))[0]
      if (found === undefined) throw new Error('nothing to pick from')
      return found
    },
    shuffle(list) {
      const keyed = list.map(item => ({ item, key: random.next() }))
      return keyed.sort((a, b) => a.key - b.key).map(({ item }) => item)
    }
  }
  return random
}
