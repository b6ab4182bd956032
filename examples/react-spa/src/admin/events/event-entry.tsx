import type { AuditEvent } from 'guildhall/client'
import { useState } from 'react'
import { EventItem } from '../../activity/event-item.tsx'
import { useFormat } from '../../texts/format.ts'
import { useTexts } from '../../texts/language.tsx'
import { useAdminTexts } from '../texts.ts'
import { EventDetail } from './event-detail.tsx'
import { readDetail } from './read-detail.ts'
import { Who } from './who.tsx'
import { useWording } from './wording.ts'

/** An event with who did it to whom, and all that is known of it behind a click. */
export function EventEntry({ event, pageOf }: { event: AuditEvent; pageOf?: string }) {
  const { events } = useTexts()
  const texts = useAdminTexts().events
  const format = useFormat()
  const [isOpen, open] = useState(false)
  const { actorId, subjectId } = event
  const showsSubject = subjectId !== null && subjectId !== pageOf
  const showsActor = actorId !== null && actorId !== subjectId && actorId !== pageOf
  const { label } = useWording()
  const changed = readDetail(event.detail).changes.map(({ name }) => label(name))
  const who = (
    <>
      {showsSubject && (
        <>
          · <Who id={subjectId} />
        </>
      )}
      {showsActor && (
        <>
          {' '}
          {texts.by} <Who id={actorId} />
        </>
      )}
    </>
  )
  return (
    <EventItem event={event} who={who}>
      <details className="details" onToggle={({ currentTarget }) => open(currentTarget.open)}>
        <summary>
          {changed.length > 0 ? `${texts.details}: ${changed.join(', ')}` : texts.details}
          <span className="visually-hidden">
            {' '}
            {texts.detailsOf(events[event.event] ?? event.event, format.moment(event.at))}
          </span>
        </summary>
        {isOpen && <EventDetail event={event} />}
      </details>
    </EventItem>
  )
}
