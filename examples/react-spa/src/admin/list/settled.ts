import { useEffect, useState } from 'react'

export const PAUSE_MS = 300 // in the typing, after which it is looked for: shorter than a wait, longer than between two keys

/** What was typed, once there is a pause. */
export function useSettled(value: string): string {
  const [settled, settle] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => settle(value), PAUSE_MS)
    return () => clearTimeout(timer)
  }, [value])
  return settled
}
