import { ApiError, type ErrorCode, NetworkError } from 'guildhall/client'
import type { Texts } from '../texts/en.ts'

/** What an error means for who reads it; `words` are those of a page, where it knows better. */
export function explain(error: Error, texts: Texts, words: Partial<Record<ErrorCode, string>> = {}): string {
  if (error instanceof NetworkError) return texts.network
  if (!(error instanceof ApiError)) return texts.bug
  const { code, message } = error
  const known: Partial<Record<string, string>> = { ...texts.errors, ...words }
  return known[code] ?? message // a newer server may know codes that we do not
}

/** Whether the same request may succeed in a while: no connection, too many requests, a fault of the server. */
export function isPassing(error: Error): boolean {
  return error instanceof NetworkError || (error instanceof ApiError && (error.status === 429 || error.status >= 500))
}

/** Seconds until another try makes sense. */
export function retryAfter(error: Error): number {
  return (error instanceof ApiError && error.retryAfter) || 0
}
