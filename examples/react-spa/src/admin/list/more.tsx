import { useEffect, useRef } from 'react'
import { Button } from '../../controls/button.tsx'
import { Problem } from '../../feedback/problem.tsx'
import { useTexts } from '../../texts/language.tsx'
import { useAdminTexts } from '../texts.ts'
import type { PagesQuery } from './pages.ts'

/** The end of a list, as far as it is here. */
export function More<Row>({ query }: { query: PagesQuery<Row> }) {
  const { more } = useTexts()
  const { list } = useAdminTexts()
  const { hasNextPage, isFetchingNextPage, isFetchNextPageError, error, fetchNextPage } = query
  const end = useRef<HTMLParagraphElement>(null)
  const wasFetching = useRef(false)
  useEffect(() => {
    // With the last page the button goes, and with it the focus: the next row is before the end, not at the top.
    if (wasFetching.current && !hasNextPage && document.activeElement === document.body) end.current?.focus()
    wasFetching.current = isFetchingNextPage
  }, [hasNextPage, isFetchingNextPage])
  if (!hasNextPage)
    return (
      <p ref={end} className="muted list-end" tabIndex={-1}>
        {list.end}
      </p>
    )
  return (
    <>
      {isFetchNextPageError && error && <Problem error={error} />}
      <div className="actions">
        <Button look="quiet" isPending={isFetchingNextPage} onPress={() => fetchNextPage()}>
          {more}
        </Button>
      </div>
    </>
  )
}
