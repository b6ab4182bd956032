import type { ErrorCode } from './problem.ts'
import type { Account } from './types.ts'

export interface Events {
  /** Somebody is signed in: by `signIn`, by a session that was found at the start, or in another tab. */
  signedIn: [account: Account]
  /** Signed out on purpose, in this tab or in another one. */
  signedOut: []
  /** The server ended the session: `session_revoked`, `session_expired`, … */
  sessionEnded: [reason: ErrorCode]
  /** `client.session` is another one; every one of the above is preceded by it. */
  changed: []
}

export type Listener<Name extends keyof Events> = (...details: Events[Name]) => void

export class Emitter {
  readonly #listeners: { [Name in keyof Events]: Set<Listener<Name>> } = {
    signedIn: new Set(),
    signedOut: new Set(),
    sessionEnded: new Set(),
    changed: new Set()
  }

  /** @returns how to stop listening */
  on<Name extends keyof Events>(name: Name, listener: Listener<Name>): () => void {
    this.#listeners[name].add(listener)
    return () => this.#listeners[name].delete(listener)
  }

  emit<Name extends keyof Events>(name: Name, ...details: Events[Name]): void {
    for (const listener of [...this.#listeners[name]]) listener(...details)
  }
}
