import { queryOptions, useQuery } from '@tanstack/react-query'
import { client } from '../client.ts'
import { Problem } from '../feedback/problem.tsx'
import { Skeleton } from '../feedback/skeleton.tsx'
import { Page } from '../layout/page.tsx'
import { useTexts } from '../texts/language.tsx'

const NEXT_TRY_MS = 10_000

/** Asks whether there is a session from before; the client keeps whose. main.tsx asks before anything is shown. */
export const restoring = queryOptions({
  queryKey: ['restore'],
  queryFn: async () => {
    await client.restore()
    return true
  },
  staleTime: Number.POSITIVE_INFINITY,
  gcTime: Number.POSITIVE_INFINITY,
  retry: 1,
  refetchInterval: ({ state }) => state.status === 'error' && NEXT_TRY_MS
})

/** In place of a page that depends on the answer. A server that cannot be reached does not make anybody signed out. */
export function Restoring() {
  const { error, refetch, isFetching } = useQuery(restoring)
  const { unreachable } = useTexts()
  if (!error) return <Skeleton lines={6} />
  return (
    <Page title={unreachable}>
      <Problem error={error} retry={() => refetch()} isRetrying={isFetching} />
    </Page>
  )
}
