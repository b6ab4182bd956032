import { payloadOf } from './access-token.ts'
import { openLock, ownLock } from './lock.ts'
import type { ApiError, ErrorCode } from './problem.ts'
import type { Account } from './types.ts'

/** What a tab tells the others of its session. Access tokens go from memory to memory, and are nowhere stored. */
export type News =
  | { kind: 'signedIn' | 'refreshed'; account: Account; token: string; asked: number }
  | { kind: 'signedOut' }
  | { kind: 'ended'; reason: ErrorCode }
  /** There was no session when this tab looked for one. */
  | { kind: 'nobody' }
  /** A refresh failed, but ended nothing: whoever waited for it need not try at once. */
  | { kind: 'failed'; problem?: Pick<ApiError, 'status' | 'message' | 'retryAfter'> & { code: ErrorCode } }

export interface Tabs {
  /** Works while no other tab does; `heard` is what a tab that was waited for has told. */
  alone<T>(work: (heard: News | undefined) => Promise<T>): Promise<T>
  tell(news: News): void
  close(): void
}

const HEARSAY_MS = 250 // for the news of a tab that has just let go of the lock; most come within 5
const KINDS = ['signedIn', 'refreshed', 'signedOut', 'ended', 'nobody', 'failed']

/** Tabs that share one cookie jar: Web Locks and BroadcastChannel, as far as there are any. */
export function openTabs(name: string, onNews: (news: News) => void): Tabs {
  const lock = openLock(name)
  let channel = openChannel(name)
  const listeners = new Set<(news: News) => void>()
  if (channel) {
    channel.onmessage = ({ data }: { data: unknown }) => {
      if (!isNews(data)) return // of another version of the page
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

function openChannel(name: string) {
  try {
    const channel = new BroadcastChannel(name)
    // In Node, under a simulated page, it would keep the program from its end.
    if ('unref' in channel && typeof channel.unref === 'function') channel.unref()
    return channel
  } catch {
    return undefined // there are none, or the browser refuses them: where storage is blocked
  }
}

function isNews(data: unknown): data is News {
  if (typeof data !== 'object' || data === null || !('kind' in data) || !KINDS.includes(String(data.kind))) return false
  if (data.kind !== 'signedIn' && data.kind !== 'refreshed') return true
  return 'account' in data && 'token' in data && typeof data.token === 'string' && payloadOf(data.token) !== undefined
}
