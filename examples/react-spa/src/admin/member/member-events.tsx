import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from 'react-router'
import { EventDays } from '../../activity/event-days.tsx'
import { useTexts } from '../../texts/language.tsx'
import { EventEntry } from '../events/event-entry.tsx'
import { Paged } from '../list/paged.tsx'
import { useAdminTexts } from '../texts.ts'
import { Part } from './part.tsx'
import { memberEventsQuery } from './queries.ts'

export function MemberEvents({ id }: { id: string }) {
  const { activity } = useTexts()
  const { events } = useAdminTexts()
  const query = useInfiniteQuery(memberEventsQuery(id))
  return (
    <Part
      look="stack part"
      title={activity.title}
      aside={<Link to={`/admin/events?${new URLSearchParams({ actor: id })}`}>{events.allBy}</Link>}
    >
      <Paged query={query} lines={6} empty={<p className="muted">{events.none}</p>}>
        {rows => (
          <EventDays events={rows} heading="h3">
            {event => <EventEntry key={event.id} event={event} pageOf={id} />}
          </EventDays>
        )}
      </Paged>
    </Part>
  )
}
