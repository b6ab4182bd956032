const PATIENCE_MS = 10_000 // for a tab that was suspended with the lock; the server bears two refreshes at once

/** Does one work at a time, in order; `waited` says that another one came first. */
export type Lock = <T>(work: (waited: boolean) => Promise<T>) => Promise<T>

/** Web Locks hold across tabs. Where there are none, or the browser refuses them (sandboxed frames), this tab is alone. */
export function openLock(name: string): Lock {
  const own = ownLock()
  if (typeof navigator !== 'object' || !('locks' in navigator)) return own
  const { locks } = navigator
  return async work => {
    let begun = false
    const begin = (waited: boolean) => {
      begun = true
      return work(waited)
    }
    try {
      const free = await locks.request(name, { ifAvailable: true }, async lock =>
        lock === null ? undefined : { result: await begin(false) }
      )
      if (free) return free.result
      // After that patience one goes ahead at a time: they have all waited, and would all go.
      return await waitFor(locks, name, begin, () =>
        waitFor(locks, `${name}, without who sleeps`, begin, () => begin(true))
      )
    } catch (error) {
      if (begun) throw error
      return await own(begin)
    }
  }
}

async function waitFor<T>(
  locks: typeof navigator.locks,
  name: string,
  work: (waited: true) => Promise<T>,
  otherwise: () => Promise<T>
): Promise<T> {
  const patience = new AbortController()
  const timer = setTimeout(() => patience.abort(), PATIENCE_MS)
  let begun = false
  try {
    return await locks.request(name, { signal: patience.signal }, async () => {
      begun = true
      return await work(true)
    })
  } catch (error) {
    if (begun || !patience.signal.aborted) throw error
  } finally {
    clearTimeout(timer)
  }
  return await otherwise()
}

export function ownLock(): Lock {
  let last: Promise<unknown> = Promise.resolve()
  let waiting = 0
  return work => {
    const waited = waiting++ > 0
    const result = last.then(() => work(waited)).finally(() => waiting--)
    last = result.catch(() => {})
    return result
  }
}
