import type { AuditEvent } from 'guildhall/client'
import type { ReactNode } from 'react'
import { useFormat } from '../texts/format.ts'

interface Props {
  events: readonly AuditEvent[]
  /** Of the days; one below the heading around them. */
  heading?: 'h2' | 'h3'
  children(event: AuditEvent): ReactNode
}

/** Events under the day on which they happened. */
export function EventDays({ events, heading: Heading = 'h2', children }: Props) {
  const format = useFormat()
  return [...Map.groupBy(events, ({ at }) => format.day(at))].map(([day, ofDay]) => (
    <section key={day} className="stack">
      <Heading className="day">{day}</Heading>
      <ul className="list">{ofDay.map(children)}</ul>
    </section>
  ))
}
