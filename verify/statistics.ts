/** The value below which that share of the samples lies. */
export function quantile(samples: readonly number[], share: number): number {
  const sorted = samples.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
}

export const median = (samples: readonly number[]) => quantile(samples, 0.5)

/** The standard error of a median, of whatever distribution (McKean and Schrader, 1984). */
export function medianError(samples: readonly number[]): number {
  const sorted = samples.toSorted((a, b) => a - b)
  const z = 2.576 // 99 %
  const at = Math.max(0, Math.round((sorted.length + 1) / 2 - z * Math.sqrt(sorted.length / 4)) - 1)
  return ((sorted.at(-1 - at) ?? Number.NaN) - (sorted[at] ?? Number.NaN)) / (2 * z)
}

/**
 * The area under the ROC curve: how often a sample of `a` is larger than one of `b`. 0.5 is a coin; an attacker who
 * guesses by time is right that often. It is the Mann-Whitney U, as a share.
 */
export function auc(a: readonly number[], b: readonly number[]): number {
  const all = [...a.map(value => ({ value, isA: true })), ...b.map(value => ({ value, isA: false }))]
  all.sort((one, two) => one.value - two.value)
  let ranks = 0
  for (let from = 0; from < all.length; ) {
    let to = from
    while (to < all.length && all[to]?.value === all[from]?.value) to++
    const rank = (from + 1 + to) / 2 // of equal samples the middle one
    ranks += rank * all.slice(from, to).filter(({ isA }) => isA).length
    from = to
  }
  return (ranks - (a.length * (a.length + 1)) / 2) / (a.length * b.length)
}

/** The standard error of `auc` for samples of one distribution, whatever that is (Mann and Whitney, 1947). */
export function aucError(a: number, b: number): number {
  return Math.sqrt((a + b + 1) / (12 * a * b))
}
