import type { Id } from '../ids.ts'

/** Who holds what: work for the time of a lease, or a privilege for ever (`until` null). */
export interface ClaimTable {
  name: string
  owner: Id
  until: Date | null
}
