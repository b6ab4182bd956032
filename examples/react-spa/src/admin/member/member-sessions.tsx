import { useQuery } from '@tanstack/react-query'
import type { Account } from 'guildhall/client'
import { Loaded } from '../../feedback/loaded.tsx'
import { EndSessions } from '../../sessions/end-sessions.tsx'
import { SessionItem } from '../../sessions/session-item.tsx'
import { sessionsQuery } from '../../sessions/sessions.tsx'
import { useTexts } from '../../texts/language.tsx'
import { refreshEvents } from '../keys.ts'
import { useAdminTexts } from '../texts.ts'
import { Part } from './part.tsx'
import { nameOf } from './words.ts'

/** Where the member is signed in. Of one's own devices the one that asks stays. */
export function MemberSessions({ id, account }: { id: string; account: Account | undefined }) {
  const own = useTexts().sessions
  const { sessions } = useAdminTexts()
  const query = useQuery(sessionsQuery(id))
  const name = account ? nameOf(account) : ''
  const all = {
    label: sessions.endAll,
    title: sessions.endAllTitle(name),
    lead: sessions.endAllLead,
    done: sessions.allEnded(name)
  }
  const others = {
    label: own.endOthers,
    title: own.endOthersTitle,
    lead: own.endOthersLead,
    done: own.othersEnded
  }
  const refresh = () => void refreshEvents(id)
  return (
    <Part look="card" title={sessions.title}>
      <Loaded query={query} lines={3}>
        {list =>
          list.length === 0 ? (
            <p className="muted">{sessions.none}</p>
          ) : (
            <>
              <ul className="list" aria-label={sessions.title}>
                {list.map(session => (
                  <SessionItem key={session.id} accountId={id} session={session} heading="h3" onEnded={refresh} />
                ))}
              </ul>
              {account && list.some(({ current }) => !current) && (
                <EndSessions
                  accountId={id}
                  words={list.some(({ current }) => current) ? others : all}
                  onEnded={refresh}
                />
              )}
            </>
          )
        }
      </Loaded>
    </Part>
  )
}
