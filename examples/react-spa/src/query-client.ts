import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query'
import { ApiError, NetworkError } from 'guildhall/client'
import { isCancelled } from './reauthentication/cancelled.ts'

const RETRIES = 2
const FRESH_MS = 30_000 // what was read so lately is not read again because a window got the focus

export const queryClient = new QueryClient({
  queryCache: new QueryCache({ onError: reportFault }),
  mutationCache: new MutationCache({ onError: reportFault }),
  defaultOptions: {
    queries: {
      // Also offline: a request that fails says so, one that is put off until the network returns shows nothing.
      networkMode: 'always',
      staleTime: FRESH_MS,
      retry: (failures, error) => failures < RETRIES && isTrouble(error),
      retryDelay: (attempt, error) => 1000 * ((error instanceof ApiError && error.retryAfter) || 2 ** attempt)
    },
    // What was sent is not kept once its form is gone: there are passwords among it.
    mutations: { networkMode: 'always', gcTime: 0 }
  }
})

/** Of every query that may be kept for the next member, the first part of its key. */
const PUBLIC: readonly unknown[] = ['restore', 'reset-token']

/** Forgets what was read and sent for a member who is gone. */
export function forgetMember(): void {
  queryClient.getMutationCache().clear()
  queryClient.removeQueries({ predicate: ({ queryKey: [first] }) => !PUBLIC.includes(first) })
}

/** On the way or on the server, and maybe over in a moment. A refusal (4xx) stands; a limit is not met by asking more. */
function isTrouble(error: Error): boolean {
  return error instanceof NetworkError || (error instanceof ApiError && error.status >= 500)
}

/** What nobody expects is a fault of ours: the page says so, and whoever watches the console sees which. */
function reportFault(error: Error): void {
  if (!(error instanceof NetworkError || error instanceof ApiError || isCancelled(error))) reportError(error)
}
