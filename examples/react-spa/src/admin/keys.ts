import { queryClient } from '../query-client.ts'
import { accountKey } from '../session/session.ts'

// Everything that Admins read is kept under 'admin', and forgotten with their session (see farewell.ts).

export const MEMBERS = ['admin', 'members'] as const
export const EVENTS = ['admin', 'events'] as const
export const MAIL = ['admin', 'mail'] as const

/** A member, and what belongs to him. */
export function memberKey(id: string, ...rest: string[]): string[] {
  return ['admin', 'member', id, ...rest]
}

/** After an act on a member: whatever may tell of it is read again, as soon as somebody looks at it. */
export async function refreshAround(id: string): Promise<void> {
  const keys = [
    MEMBERS,
    EVENTS,
    memberKey(id, 'suspension'),
    memberKey(id, 'events'),
    accountKey(id, 'sessions'),
    accountKey(id, 'events')
  ]
  await Promise.all(keys.map(queryKey => queryClient.invalidateQueries({ queryKey })))
}
