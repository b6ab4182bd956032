import type { UseQueryResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { Problem } from './problem.tsx'
import { Skeleton } from './skeleton.tsx'

interface Props<Data> {
  query: Pick<UseQueryResult<Data>, 'data' | 'error' | 'isFetching' | 'refetch'>
  /** About how tall the content will be. */
  lines: number
  children(data: Data): ReactNode
}

/** What a query brings; until then its shape, and where it fails, why. What is there stays when it cannot be renewed. */
export function Loaded<Data>({ query: { data, error, isFetching, refetch }, lines, children }: Props<Data>) {
  return (
    <>
      {error && <Problem error={error} retry={refetch} isRetrying={isFetching} />}
      {data === undefined ? !error && <Skeleton lines={lines} /> : children(data)}
    </>
  )
}
