import type { ErrorCode } from './problem.ts'
import type { Account } from './types.ts'

export interface Events {
  /** Somebody is signed in: by `signIn`, by a session that was found at the start, or in another tab. */
  signedIn: [account: Account]
  /** Signed out on purpose, in this tab or in another one. */
  signedOut: []
  /** The server ended the session: `session_revoked`, `session_expired`, … */
  sessionEnded: [reason: ErrorCode]
  /** `client.session` is another one. It comes before the event that says why. */
  changed: []
}

export type Listener<Name extends keyof Events> = (...details: Events[Name]) => void

export class Emitter {
  readonly #listeners: { [Name in keyof Events]: Set<{ listener: Listener<Name> }> } = {
    signedIn: new Set(),
    signedOut: new Set(),
    sessionEnded: new Set(),
    changed: new Set()
  }

  /** @returns how to stop listening */
  on<Name extends keyof Events>(name: Name, listener: Listener<Name>): () => void {
    const entry = { listener }
    this.#listeners[name].add(entry)
    return () => this.#listeners[name].delete(entry)
  }

  /** What a listener throws is the page's fault, and told to it: the session goes its way. */
  emit<Name extends keyof Events>(name: Name, ...details: Events[Name]): void {
    const listeners = this.#listeners[name]
    for (const entry of [...listeners]) {
      try {
        if (listeners.has(entry)) entry.listener(...details)
      } catch (error) {
        setTimeout(() => {
          throw error
        })
      }
    }
  }
}
