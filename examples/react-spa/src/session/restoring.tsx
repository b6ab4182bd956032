import { queryOptions, useQuery } from '@tanstack/react-query'
import { client } from '../client.ts'
import { Problem } from '../feedback/problem.tsx'
import { Skeleton } from '../feedback/skeleton.tsx'

const NEXT_TRY_MS = 10_000

/** Whether there is a session from before. main.tsx asks before anything is shown. */
export const restoring = queryOptions({
  queryKey: ['restore'],
  queryFn: () => client.restore(),
  staleTime: Number.POSITIVE_INFINITY,
  gcTime: Number.POSITIVE_INFINITY,
  retry: 1,
  refetchInterval: ({ state }) => state.status === 'error' && NEXT_TRY_MS
})

/** In place of a page that depends on the answer. A server that cannot be reached does not make anybody signed out. */
export function Restoring() {
  const { error, refetch, isFetching } = useQuery(restoring)
  return error ? <Problem error={error} retry={() => refetch()} isRetrying={isFetching} /> : <Skeleton lines={6} />
}
