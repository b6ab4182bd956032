import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { Choice } from '../../controls/choice.tsx'
import { Page } from '../../layout/page.tsx'
import { Empty } from '../list/empty.tsx'
import { useFilters } from '../list/filters.ts'
import { Paged } from '../list/paged.tsx'
import { useAdminTexts } from '../texts.ts'
import { MailItem } from './mail-item.tsx'
import { isUnderWay, type MailState, mailQuery } from './queries.ts'

const FILTERS = ['state'] as const
const LOOK_AGAIN_MS = 4000 // while a mail is being tried

/** Mail that has not arrived: why, and what can be done about it. */
export function Mail() {
  const { mail } = useAdminTexts()
  const [filters, change] = useFilters(FILTERS)
  const state = stateIn(filters.state)
  const query = useInfiniteQuery({
    ...mailQuery(state),
    placeholderData: keepPreviousData,
    refetchInterval: ({ state: { data } }) =>
      data?.pages.some(({ rows }) => rows.some(isUnderWay)) ? LOOK_AGAIN_MS : false
  })
  return (
    <Page title={mail.title} lead={mail.lead} isWide>
      <div className="filters">
        <Choice
          label={mail.show}
          value={state ?? ''}
          options={[
            ['', mail.all],
            ['waiting', mail.waiting],
            ['parked', mail.parked]
          ]}
          onChange={chosen => change({ state: chosen })}
        />
      </div>
      <Paged
        query={query}
        lines={8}
        empty={<Empty title={state ? mail.noneSuch : mail.none} lead={state ? '' : mail.noneLead} />}
      >
        {rows => (
          <ul className="list" aria-label={mail.title}>
            {rows.map(row => (
              <MailItem key={row.id} mail={row} />
            ))}
          </ul>
        )}
      </Paged>
    </Page>
  )
}

function stateIn(text: string | undefined): MailState | undefined {
  return text === 'waiting' || text === 'parked' ? text : undefined
}
