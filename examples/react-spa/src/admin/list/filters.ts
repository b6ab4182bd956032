import { useCallback } from 'react'
import { useNavigate, useSearchParams } from 'react-router'

export type Filters<Name extends string> = Partial<Record<Name, string>>

/**
 * What narrows a list. It lives in the address: a reload keeps it, a link hands it on, and the way back from a member
 * leads to what was found.
 *
 * @returns the filters, and how to change some of them; undefined or '' takes one away
 */
export function useFilters<Name extends string>(
  names: readonly Name[]
): [Filters<Name>, (changes: Filters<Name>) => void] {
  const [parameters] = useSearchParams()
  const navigate = useNavigate()
  const filters: Filters<Name> = {}
  for (const name of names) filters[name] = parameters.get(name) ?? undefined
  const change = useCallback(
    (changes: Filters<Name>) => {
      const next = new URLSearchParams(location.search) // as it is now: several filters may change at once
      for (const [name, value] of Object.entries<string | undefined>(changes)) {
        if (value) next.set(name, value)
        else next.delete(name)
      }
      // Another look at the same list is no step to go back to, and nobody wants to jump to its top.
      void navigate({ search: next.toString() }, { replace: true, preventScrollReset: true })
    },
    [navigate]
  )
  return [filters, change]
}
