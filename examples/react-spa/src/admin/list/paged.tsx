import { type ReactNode, useRef } from 'react'
import { Loaded } from '../../feedback/loaded.tsx'
import { useAdminTexts } from '../texts.ts'
import { useKeptFocus } from './kept-focus.ts'
import { More } from './more.tsx'
import type { PagesQuery } from './pages.ts'

interface Props<Row> {
  query: PagesQuery<Row>
  /** About how tall the first page will be. */
  lines: number
  empty: ReactNode
  /** How many there are, in words; they are read out when they change. */
  inWords?(shown: number, isAll: boolean): string
  children(rows: Row[]): ReactNode
}

/** A list, its waits and faults, and the way to more of it. */
export function Paged<Row>({ query, lines, empty, inWords, children }: Props<Row>) {
  const { list } = useAdminTexts()
  const { data, isFetching, refetch, isFetchNextPageError, isPlaceholderData, hasNextPage } = query
  const error = isFetchNextPageError ? null : query.error // that one stands where more was asked for
  const shown = data?.pages.reduce((sum, { rows }) => sum + rows.length, 0) ?? 0
  const counted = (inWords ?? list.shown)(shown, !hasNextPage)
  const count = useRef<HTMLParagraphElement>(null)
  const kept = useKeptFocus(count)
  return (
    <div className="paged" aria-busy={isPlaceholderData} {...kept}>
      <p ref={count} className="muted small" role="status" tabIndex={-1}>
        {isPlaceholderData ? list.stale : data && counted}
      </p>
      <Loaded query={{ data, error, isFetching, refetch }} lines={lines}>
        {({ pages }) =>
          shown === 0 ? (
            empty
          ) : (
            <>
              <div className="paged-rows">{children(pages.flatMap(({ rows }) => rows))}</div>
              <More query={query} />
            </>
          )
        }
      </Loaded>
    </div>
  )
}
