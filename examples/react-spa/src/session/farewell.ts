import type { ErrorCode } from 'guildhall/client'
import { useSyncExternalStore } from 'react'
import { client } from '../client.ts'
import { forgetMember } from '../query-client.ts'
import { dropHandedOn } from './handed-on.ts'

/** How the last session here came to its end: on purpose, with the account, or by the server for a reason. */
export type Farewell = { kind: 'signedOut' } | { kind: 'deleted' } | { kind: 'ended'; reason: ErrorCode }

let farewell: Farewell | undefined
let last: string | undefined // whose the session is, or was
const listeners = new Set<() => void>()

/** What the next page says about it. */
export function useFarewell(): Farewell | undefined {
  return useSyncExternalStore(subscribe, () => farewell)
}

export function bid(next: Farewell | undefined): void {
  farewell = next
  for (const listener of listeners) listener()
}

/** Listens to the client, and forgets a member who is gone, with a sign-out or without. */
export function watchFarewells(): void {
  client.on('signedIn', ({ id }) => {
    if (id !== last) forget()
    last = id
    bid(undefined)
  })
  client.on('signedOut', () => part({ kind: 'signedOut' }))
  client.on('sessionEnded', reason => part({ kind: 'ended', reason }))
}

function part(next: Farewell): void {
  forget()
  bid(next)
}

function forget(): void {
  forgetMember()
  dropHandedOn()
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
