import { useSyncExternalStore } from 'react'

// A table turned into cards by CSS alone is no table to a screen reader any more, and its cards are no list.
const wide = matchMedia('(min-width: 64rem)') // a name, an address, a role and a day side by side, beside the navigation

export function useIsWide(): boolean {
  return useSyncExternalStore(subscribe, () => wide.matches)
}

function subscribe(listener: () => void): () => void {
  wide.addEventListener('change', listener)
  return () => wide.removeEventListener('change', listener)
}
