import { useMutation } from '@tanstack/react-query'
import { ApiError, type DeviceSession, ok } from 'guildhall/client'
import { client } from '../client.ts'
import { Button } from '../controls/button.tsx'
import { Icon } from '../controls/icon.tsx'
import { notify } from '../feedback/notices.tsx'
import { Problem } from '../feedback/problem.tsx'
import { queryClient } from '../query-client.ts'
import { accountKey } from '../session/session.ts'
import { useFormat } from '../texts/format.ts'
import { useTexts } from '../texts/language.tsx'
import { readDevice } from './device.ts'

interface Props {
  accountId: string
  session: DeviceSession
  /** Of the device; one below the heading around it. */
  heading?: 'h2' | 'h3'
  onEnded?(): void
}

export function SessionItem({ accountId, session, heading: Heading = 'h2', onEnded }: Props) {
  const { sessions } = useTexts()
  const format = useFormat()
  const { browser, system, isPhone } = readDevice(session.userAgent)
  const device = browser || system ? sessions.device(browser || sessions.app, system) : sessions.unknown
  const { mutate, isPending, error } = useMutation({
    mutationFn: () => end(accountId, session.id),
    onSuccess: async () => {
      notify(sessions.ended(device))
      onEnded?.()
      await queryClient.invalidateQueries({ queryKey: accountKey(accountId, 'sessions') })
    }
  })
  return (
    <li className="list-item">
      <Icon name={isPhone ? 'phone' : 'computer'} />
      <div className="list-text">
        <Heading className="list-title">
          {device}
          {session.current && <span className="badge">{sessions.current}</span>}
        </Heading>
        <p className="muted small">
          {sessions.lastUsed(format.ago(session.lastUsed))} · {sessions.from(session.ip)}
        </p>
        <p className="muted small">{sessions.since(format.moment(session.created))}</p>
        {error && <Problem error={error} retry={() => mutate()} isRetrying={isPending} />}
      </div>
      {!session.current && (
        <Button look="quiet" aria-label={sessions.endOf(device)} isPending={isPending} onPress={() => mutate()}>
          {sessions.end}
        </Button>
      )}
    </li>
  )
}

async function end(id: string, sessionId: string): Promise<void> {
  try {
    await ok(client.api.DELETE('/accounts/{id}/sessions/{sessionId}', { params: { path: { id, sessionId } } }))
  } catch (error) {
    if (!(error instanceof ApiError) || error.code !== 'session_not_found') throw error // it has ended meanwhile: well
  }
}
