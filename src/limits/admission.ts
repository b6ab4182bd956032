import type { Limit } from './policy.ts'

/** What a counter says of one request. */
export interface Reading {
  /** Requests that are left in the window, this one counted. */
  left: number
  /** This one was too many. */
  isExceeded: boolean
  /** Seconds until the window ends. */
  seconds: number
}

/** One limit, as it applies to one request. */
export interface Meter {
  name: string
  limit: Limit
  look(): Promise<Reading>
  count(): Promise<Reading>
  /** Takes the count back. It may be late or lost: then the limit is tighter than it says. */
  takeBack(): void
}

export type Readings = readonly (readonly [Meter, Reading])[]

export type Admission =
  /** To be taken back by whoever knows how the request ended. */
  | { admitted: true; counted: Readings }
  /** By these, until the last of them ends. */
  | { admitted: false; refusedBy: Readings }

const TRIES = 2 // a flood may fill what was free when we looked; then a known device is asked for, too

/**
 * Whether a request may go on. It is counted before its work begins, so that parallel tries cannot slip through; what
 * is refused is counted nowhere, so that a flood which one limit holds does not fill the others, and no delay grows by
 * asking.
 *
 * @param whoIsSpared the limits of a known device or of a session, or undefined when the request comes from neither; asked
 *   for only where all limits that are full spare somebody
 */
export async function admit(
  meters: readonly Meter[],
  whoIsSpared: () => Promise<readonly Meter[] | undefined>
): Promise<Admission> {
  let refusedBy: Readings = []
  for (let attempt = 1; attempt <= TRIES; attempt++) {
    const full = await fullOnes(meters)
    let open = meters
    if (full.length > 0) {
      const spared = full.every(([{ limit }]) => limit.spares) ? await whoIsSpared() : undefined
      if (!spared) return { admitted: false, refusedBy: full }
      const names = new Set(full.map(([{ name }]) => name))
      open = [...meters.filter(({ name }) => !names.has(name)), ...spared]
    }
    // What fails here stays as it is: taken back without having been counted, it would give others a try more.
    const counted = await readAll(open, meter => meter.count())
    refusedBy = counted.filter(([, { isExceeded }]) => isExceeded)
    if (refusedBy.length === 0) return { admitted: true, counted }
    for (const meter of open) meter.takeBack()
  }
  return { admitted: false, refusedBy }
}

async function fullOnes(meters: readonly Meter[]): Promise<Readings> {
  return (await readAll(meters, meter => meter.look())).filter(([, { left }]) => left === 0)
}

async function readAll(meters: readonly Meter[], read: (meter: Meter) => Promise<Reading>): Promise<Readings> {
  return await Promise.all(meters.map(async meter => [meter, await read(meter)] as const))
}
