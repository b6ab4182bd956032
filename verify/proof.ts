import type { Random } from '../test/support/random.ts'

export type Scale = 'quick' | 'full'

/** A figure that was measured, beside what was promised. */
export interface Finding {
  what: string
  figure: string
  promise: string
  kept: boolean
  /** What went wrong, a few examples. */
  examples?: string[]
}

/** What a proof works with. */
export interface Run {
  scale: Scale
  /** By the run's seed and the proof's name: the same numbers whichever other proofs run. */
  random: Random
  seed: number
  /** Of a failure that fast-check found (`--path`): that one case again. */
  path: string | undefined
  /** A number of rounds, by scale. */
  rounds(quick: number, full: number): number
  progress(done: number, total: number): void
  /** What is opened is left here, and closed after the proof in reverse order. */
  scope: AsyncDisposableStack
}

export interface Proof {
  name: string
  /** A sentence. */
  promise: string
  run(run: Run): Promise<Finding[]>
}

/** That none of `total` went wrong; `wrong` are those that did, in words; `note` follows the figure. */
export function none(what: string, promise: string, total: number, wrong: readonly string[], note = ''): Finding {
  return {
    what,
    figure: `${number(wrong.length)} of ${number(total)}${note}`,
    promise,
    kept: wrong.length === 0 && total > 0,
    examples: [...new Set(wrong)].slice(0, 5)
  }
}

/** With separators, for people. */
export function number(value: number): string {
  return value.toLocaleString('en')
}

/** Works on a list, a few at a time. */
export async function inLanes<T>(items: Iterable<T>, lanes: number, work: (item: T) => Promise<void>): Promise<void> {
  const iterator = items[Symbol.iterator]()
  const lane = async () => {
    for (let next = iterator.next(); !next.done; next = iterator.next()) await work(next.value)
  }
  await Promise.all(Array.from({ length: lanes }, lane))
}
