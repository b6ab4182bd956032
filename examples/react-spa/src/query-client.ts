import { QueryClient } from '@tanstack/react-query'
import { ApiError } from 'guildhall/client'

const RETRIES = 2
const FRESH_MS = 30_000 // what was read so lately is not read again because a window got the focus

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      // Also offline: a request that fails says so, one that is put off until the network returns shows nothing.
      networkMode: 'always',
      staleTime: FRESH_MS,
      retry: (failures, error) => failures < RETRIES && isPassing(error),
      retryDelay: (attempt, error) => 1000 * ((error instanceof ApiError && error.retryAfter) || 2 ** attempt)
    },
    mutations: { networkMode: 'always' }
  }
})

/** Whether it may be over in a moment. A refusal (4xx) stands, and a limit is not met by asking more often. */
function isPassing(error: Error): boolean {
  return !(error instanceof ApiError) || error.status >= 500
}
