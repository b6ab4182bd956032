import { type InfiniteData, infiniteQueryOptions, type UseInfiniteQueryResult } from '@tanstack/react-query'
import { nextCursor } from 'guildhall/client'

export interface PageOf<Row> {
  rows: Row[]
  /** Of the next page; undefined on the last one. */
  next: string | undefined
}

export type PagesQuery<Row> = UseInfiniteQueryResult<InfiniteData<PageOf<Row>>>

/**
 * A list that comes by the page. The API's cursors lead onwards only, so that what is shown grows; nothing is skipped or
 * repeated when rows come and go meanwhile.
 *
 * @param read one page: of the cursor, or the first one; the signal says that nobody waits for it any more
 */
export function pages<Row>(
  queryKey: readonly unknown[],
  read: (cursor: string | undefined, signal: AbortSignal) => Promise<{ data: Row[]; response: Response }>
) {
  return infiniteQueryOptions({
    queryKey,
    queryFn: async ({ pageParam, signal }): Promise<PageOf<Row>> => {
      const { data, response } = await read(pageParam || undefined, signal)
      return { rows: data, next: nextCursor(response) }
    },
    initialPageParam: '',
    getNextPageParam: ({ next }) => next
  })
}
