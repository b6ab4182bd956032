import { useCallback } from 'react'
import { useLocation, useNavigate, useSearchParams } from 'react-router'
import { handedOn, handOn } from '../../session/handed-on.ts'

export type Filters<Name extends string> = Partial<Record<Name, string>>

const NONE: readonly string[] = []

/**
 * What narrows a list. It lives in the address: a reload keeps it, a link hands it on, and the way back from a member
 * leads to what was found.
 *
 * @param unseen those that tell of people: in memory, so that the way back still knows them, and the history does not
 * @returns the filters, and how to change some of them; undefined or '' takes one away
 */
export function useFilters<Name extends string>(
  names: readonly Name[],
  unseen = NONE
): [Filters<Name>, (changes: Filters<Name>) => void] {
  const [parameters] = useSearchParams()
  const { state } = useLocation()
  const navigate = useNavigate()
  const filters: Filters<Name> = {}
  for (const name of names)
    filters[name] = unseen.includes(name) ? handedOn(state)[name] : (parameters.get(name) ?? undefined)
  const change = useCallback(
    (changes: Filters<Name>) => {
      const next = new URLSearchParams(location.search) // as it is now: several filters may change at once
      const words = { ...handedOn(state) }
      for (const [name, value] of Object.entries<string | undefined>(changes)) {
        if (unseen.includes(name)) words[name] = value || undefined
        else if (value) next.set(name, value)
        else next.delete(name)
      }
      // Another look at the same list is no step to go back to, and nobody wants to jump to its top.
      const options = { replace: true, preventScrollReset: true, state: handOn(words) }
      void navigate({ search: next.toString() }, options)
    },
    [navigate, state, unseen]
  )
  return [filters, change]
}
