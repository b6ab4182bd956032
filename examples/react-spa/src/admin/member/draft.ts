import type { Account } from 'guildhall/client'
import type { Places } from '../../forms/faults.ts'

export const PARTS = ['title', 'firstName', 'lastName', 'email', 'role'] as const
export type Part = (typeof PARTS)[number]

/** What an Admin edits of an account. */
export type Draft = Pick<Account, Part>

export const BLANK: Draft = { title: '', firstName: '', lastName: '', email: '', role: 'User' }

/** Which refusals are about a field of it. */
export const PLACES: Places = { email_taken: 'email', last_admin: 'role' }

export function draftOf({ title, firstName, lastName, email, role }: Account): Draft {
  return { title, firstName, lastName, email, role }
}

/** Two edits of one account that met. */
export interface Conflict {
  theirs: Draft
  mine: Draft
  /** What both have changed, each to something else: to be decided. */
  parts: Part[]
  /** What only somebody else has changed. */
  taken: Part[]
}

/**
 * Holds what was typed against the newer version: what only somebody else changed is taken over, what was typed stays.
 *
 * @param base what the edit began with
 */
export function reconcile(base: Draft, mine: Draft, theirs: Draft): { merged: Draft; conflict: Conflict } {
  const changed = PARTS.filter(part => theirs[part] !== base[part] && theirs[part] !== mine[part])
  const { parts = [], taken = [] } = Object.groupBy(changed, part => (mine[part] === base[part] ? 'taken' : 'parts'))
  return { merged: take(mine, theirs, taken), conflict: { theirs, mine, parts, taken } }
}

/** What differs: of the rest the API need not know, nor ask for a password because of it. */
export function changesTo(draft: Draft, begun: Draft): Partial<Draft> {
  return Object.fromEntries(PARTS.filter(part => draft[part] !== begun[part]).map(part => [part, draft[part]]))
}

/** A draft with these parts of another one. */
export function take(draft: Draft, other: Draft, parts: readonly Part[]): Draft {
  return { ...draft, ...Object.fromEntries(parts.map(part => [part, other[part]])) }
}
