import { queryOptions, useQuery } from '@tanstack/react-query'
import { type DeviceSession, ok } from 'guildhall/client'
import { client } from '../client.ts'
import { Loaded } from '../feedback/loaded.tsx'
import { Page } from '../layout/page.tsx'
import { useAccount } from '../session/gate.tsx'
import { accountKey } from '../session/session.ts'
import { useTexts } from '../texts/language.tsx'
import { EndSessions } from './end-sessions.tsx'
import { SessionItem } from './session-item.tsx'

/** Where the member is signed in. */
export function Sessions() {
  const { sessions } = useTexts()
  const { id } = useAccount()
  const query = useQuery(sessionsQuery(id))
  const endOthers = {
    label: sessions.endOthers,
    title: sessions.endOthersTitle,
    lead: sessions.endOthersLead,
    done: sessions.othersEnded
  }
  return (
    <Page title={sessions.title} lead={sessions.lead}>
      <Loaded query={query} lines={6}>
        {list => (
          <>
            <ul className="list" aria-label={sessions.list}>
              {list.map(session => (
                <SessionItem key={session.id} accountId={id} session={session} />
              ))}
            </ul>
            {list.length > 1 ? (
              <EndSessions accountId={id} words={endOthers} />
            ) : (
              <p className="muted">{sessions.only}</p>
            )}
          </>
        )}
      </Loaded>
    </Page>
  )
}

export function sessionsQuery(id: string) {
  return queryOptions({ queryKey: accountKey(id, 'sessions'), queryFn: () => listSessions(id) })
}

/** This device first, then by last use. */
async function listSessions(id: string): Promise<DeviceSession[]> {
  const { data } = await ok(client.api.GET('/accounts/{id}/sessions', { params: { path: { id } } }))
  return data.toSorted((a, b) => Number(b.current) - Number(a.current) || b.lastUsed.localeCompare(a.lastUsed))
}
