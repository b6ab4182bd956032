import { queryClient } from '../query-client.ts'
import { accountKey } from '../session/session.ts'

// Everything that Admins read is kept under 'admin', and forgotten with their session (see query-client.ts).

export const MEMBERS = ['admin', 'members'] as const
export const EVENTS = ['admin', 'events'] as const
export const MAIL = ['admin', 'mail'] as const

/** A member, and what belongs to him. */
export function memberKey(id: string, ...rest: string[]): string[] {
  return ['admin', 'member', id, ...rest]
}

/** After an act on a member: the lists that may tell of it are read again, as soon as somebody looks at them. */
export async function refreshAround(id: string): Promise<void> {
  await Promise.all([refresh(MEMBERS), refresh(accountKey(id, 'sessions')), refreshEvents(id)])
}

/** Every act leaves its trace. */
export async function refreshEvents(id: string): Promise<void> {
  await Promise.all([refresh(EVENTS), refresh(memberKey(id, 'events')), refresh(accountKey(id, 'events'))])
}

async function refresh(queryKey: readonly unknown[]): Promise<void> {
  await queryClient.invalidateQueries({ queryKey })
}
