import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { EventDays } from '../../activity/event-days.tsx'
import { Page } from '../../layout/page.tsx'
import { useTexts } from '../../texts/language.tsx'
import { Empty } from '../list/empty.tsx'
import { useFilters } from '../list/filters.ts'
import { Paged } from '../list/paged.tsx'
import { useAdminTexts } from '../texts.ts'
import { EventEntry } from './event-entry.tsx'
import { EventFilterBar } from './event-filters.tsx'
import { areReversed, eventsQuery, FILTERS } from './queries.ts'

/** Who did what to which account. */
export function Events() {
  const texts = useTexts()
  const { events } = useAdminTexts()
  const [filters, change] = useFilters(FILTERS)
  const query = useInfiniteQuery({ ...eventsQuery(filters, texts.events), placeholderData: keepPreviousData })
  const none = areReversed(filters) ? events.reversed : events.none
  const isFiltered = FILTERS.some(name => filters[name])
  return (
    <Page title={events.title} lead={events.lead} isWide>
      <EventFilterBar filters={filters} onChange={change} />
      <Paged query={query} lines={12} empty={<Empty title={none} lead={isFiltered ? events.noneLead : ''} />}>
        {rows => <EventDays events={rows}>{event => <EventEntry key={event.id} event={event} />}</EventDays>}
      </Paged>
    </Page>
  )
}
