import { useDeferredValue, useEffect, useState } from 'react'
import type { Texts } from '../texts/en.ts'
import type { Estimate } from './zxcvbn.ts'

export type Advice = keyof Texts['password']['advice']

/**
 * How hard a password is to guess: 0 to 4, and what would make it better. Undefined as long as nothing is typed, or the
 * word lists are not here; without them a form works as well, since the server decides.
 */
export function useStrength(password: string, personal: readonly string[]): Estimate | undefined {
  const [estimate, setEstimate] = useState<{ of(password: string, personal: readonly string[]): Estimate }>()
  const isWanted = password !== ''
  useEffect(() => {
    if (!isWanted) return
    let isHere = true
    import('./zxcvbn.ts').then(
      loaded => isHere && setEstimate(loaded),
      () => {} // offline: the next page load tries again
    )
    return () => {
      isHere = false
    }
  }, [isWanted])
  const deferred = useDeferredValue(password) // typing goes first
  return estimate && isWanted ? estimate.of(deferred, personal) : undefined
}
