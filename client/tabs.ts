import { openLock, ownLock } from './lock.ts'
import type { ErrorCode } from './problem.ts'
import type { Account } from './types.ts'

/** What a tab tells the others of its session. Access tokens go from memory to memory, and are nowhere stored. */
export type News =
  | { kind: 'signedIn' | 'refreshed'; account: Account; token: string; asked: number }
  | { kind: 'signedOut' }
  | { kind: 'ended'; reason: ErrorCode }
  /** There was no session when this tab looked for one. */
  | { kind: 'nobody' }
  /** A refresh failed for want of a network: whoever waited for it need not try at once. */
  | { kind: 'failed' }

export interface Tabs {
  /** Works while no other tab does; `heard` is what a tab that was waited for has told. */
  alone<T>(work: (heard: News | undefined) => Promise<T>): Promise<T>
  tell(news: News): void
  close(): void
}

const HEARSAY_MS = 250 // for the news of a tab that has just let go of the lock; most come within 5

/** Tabs that share one cookie jar: Web Locks and BroadcastChannel, as far as there are any. */
export function openTabs(name: string, onNews: (news: News) => void): Tabs {
  const lock = openLock(name)
  let channel = typeof BroadcastChannel === 'function' ? new BroadcastChannel(name) : undefined
  const listeners = new Set<(news: News) => void>()
  if (channel) {
    if ('unref' in channel && typeof channel.unref === 'function') channel.unref() // Node would never end
    channel.onmessage = ({ data }: { data: News }) => {
      onNews(data)
      for (const listener of listeners) listener(data)
    }
  }

  return {
    async alone(work) {
      let last: News | undefined
      let wake = () => {}
      const listener = (news: News) => {
        last = news
        wake()
      }
      listeners.add(listener)
      try {
        return await lock(async waited => {
          if (waited && last === undefined && channel) {
            await new Promise<void>(resolve => {
              wake = resolve
              setTimeout(resolve, HEARSAY_MS)
            })
          }
          return await work(waited ? last : undefined)
        })
      } finally {
        listeners.delete(listener)
      }
    },
    tell: news => channel?.postMessage(news),
    close() {
      channel?.close()
      channel = undefined // what is under way may yet want to tell
    }
  }
}

/** A program that is alone with its store. */
export function noTabs(): Tabs {
  const lock = ownLock()
  return { alone: work => lock(() => work(undefined)), tell: () => {}, close: () => {} }
}
