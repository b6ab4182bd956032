import type { AuditEvent } from 'guildhall/client'
import type { ReactNode } from 'react'
import { Icon } from '../controls/icon.tsx'
import { readDevice } from '../sessions/device.ts'
import { useFormat } from '../texts/format.ts'
import { useTexts } from '../texts/language.tsx'
import { changesOf } from './changes.ts'

/** What somebody else may have tried. */
const SUSPICIOUS: readonly AuditEvent['event'][] = [
  'login_failed',
  'code_refused',
  'reauthentication_failed',
  'session_reuse_detected'
]

interface Props {
  event: AuditEvent
  /** Whose page it is: what others did is marked. */
  accountId?: string
  /** Who did it to whom, where that is not plain. */
  who?: ReactNode
  /** In place of what was changed, as the member sees it. */
  children?: ReactNode
}

export function EventItem({ event, accountId, who, children }: Props) {
  const texts = useTexts()
  const format = useFormat()
  const isSuspicious = SUSPICIOUS.includes(event.event)
  const isOthers = accountId !== undefined && event.actorId !== null && event.actorId !== accountId
  const { browser, system } = readDevice(event.userAgent ?? '')
  const device = (browser || system) && texts.sessions.device(browser || texts.sessions.app, system)
  const place = [device, event.ip].filter(Boolean).join(' · ')
  return (
    <li className="list-item" data-look={isSuspicious ? 'warn' : undefined}>
      <time className="list-time" dateTime={event.at}>
        {format.time(event.at)}
      </time>
      <div className="list-text">
        <p className="list-title">
          <strong>{texts.events[event.event] ?? event.event}</strong>
          {isOthers ? texts.activity.byAdmin : who}
          {isSuspicious && (
            <span className="badge" data-look="warn">
              <Icon name="bad" />
              {texts.activity.attention}
            </span>
          )}
        </p>
        {!children &&
          changesOf(event.detail).map(({ name, before, after }) => (
            <p key={name} className="small">
              {texts.activity.change(nameOf(name, { ...texts.fields, role: texts.overview.role }), before, after)}
            </p>
          ))}
        {place && <p className="muted small">{place}</p>}
        {children}
      </div>
    </li>
  )
}

function nameOf(name: string, fields: Record<string, unknown>): string {
  const label = fields[name]
  return typeof label === 'string' ? label : name
}
