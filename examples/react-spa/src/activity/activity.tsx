import { useInfiniteQuery } from '@tanstack/react-query'
import { type AuditEvent, nextCursor, ok } from 'guildhall/client'
import { Link } from 'react-router'
import { client } from '../client.ts'
import { Button } from '../controls/button.tsx'
import { Loaded } from '../feedback/loaded.tsx'
import { Page } from '../layout/page.tsx'
import { useAccount } from '../session/gate.tsx'
import { accountKey } from '../session/session.ts'
import { useTexts } from '../texts/language.tsx'
import { EventDays } from './event-days.tsx'
import { EventItem } from './event-item.tsx'

const PAGE = 30 // events at a time: some screens full

/** What happened to the account, by days. */
export function Activity() {
  const { activity, more, overview } = useTexts()
  const { id } = useAccount()
  const query = useInfiniteQuery({
    queryKey: accountKey(id, 'events'),
    queryFn: ({ pageParam }) => listEvents(id, pageParam),
    initialPageParam: '',
    getNextPageParam: ({ next }) => next
  })
  return (
    <Page title={activity.title} lead={activity.lead}>
      <p>
        {activity.strange} <Link to="/account/password">{overview.changePassword}</Link>
      </p>
      <Loaded query={query} lines={10}>
        {({ pages }) => (
          <>
            <EventDays events={pages.flatMap(page => page.events)}>
              {event => <EventItem key={event.id} event={event} accountId={id} />}
            </EventDays>
            {query.hasNextPage ? (
              <div className="actions">
                <Button look="quiet" isPending={query.isFetchingNextPage} onPress={() => query.fetchNextPage()}>
                  {more}
                </Button>
              </div>
            ) : (
              <p className="muted">{activity.end}</p>
            )}
          </>
        )}
      </Loaded>
    </Page>
  )
}

async function listEvents(id: string, cursor: string): Promise<{ events: AuditEvent[]; next: string | undefined }> {
  const query = { limit: PAGE, ...(cursor && { cursor }) }
  const { data, response } = await ok(client.api.GET('/accounts/{id}/events', { params: { path: { id }, query } }))
  return { events: data, next: nextCursor(response) }
}
