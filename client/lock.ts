const PATIENCE_MS = 10_000 // for a tab that was suspended with the lock; the server bears two refreshes at once

/** Does one work at a time, in order; `waited` says that another one came first. */
export type Lock = <T>(work: (waited: boolean) => Promise<T>) => Promise<T>

/** Web Locks hold across tabs. Where there are none, as in React Native, this program is alone. */
export function openLock(name: string): Lock {
  return typeof navigator === 'object' && 'locks' in navigator ? webLock(navigator.locks, name) : ownLock()
}

function webLock(locks: typeof navigator.locks, name: string): Lock {
  return async work => {
    const free = await locks.request(name, { ifAvailable: true }, async lock =>
      lock === null ? undefined : { result: await work(false) }
    )
    if (free) return free.result
    let begun = false
    const begin = async () => {
      begun = true
      return await work(true)
    }
    const patience = new AbortController()
    const timer = setTimeout(() => patience.abort(), PATIENCE_MS)
    try {
      return await locks.request(name, { signal: patience.signal }, begin)
    } catch (error) {
      if (begun) throw error
      return await begin()
    } finally {
      clearTimeout(timer)
    }
  }
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
