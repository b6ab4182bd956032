import { Choice } from '../../controls/choice.tsx'
import { useTexts } from '../../texts/language.tsx'
import { useAdminTexts } from '../texts.ts'
import { DayFilter } from './day-filter.tsx'
import { MemberFilter } from './member-filter.tsx'
import type { EventFilters } from './queries.ts'

interface Props {
  filters: EventFilters
  onChange(changes: EventFilters): void
}

export function EventFilterBar({ filters, onChange }: Props) {
  const { events: names } = useTexts()
  const { events } = useAdminTexts()
  const byWord = Object.entries(names).toSorted(([, a], [, b]) => a.localeCompare(b))
  const event = filters.event && Object.hasOwn(names, filters.event) ? filters.event : ''
  return (
    <div className="filters events">
      <Choice
        label={events.event}
        value={event}
        options={[['', events.every], ...byWord]}
        onChange={chosen => onChange({ event: chosen })}
      />
      <DayFilter label={events.from} value={filters.from} onChange={from => onChange({ from })} />
      <DayFilter label={events.to} value={filters.to} onChange={to => onChange({ to })} />
      <MemberFilter label={events.subject} id={filters.subject} onChange={subject => onChange({ subject })} />
      <MemberFilter label={events.actor} id={filters.actor} onChange={actor => onChange({ actor })} />
    </div>
  )
}
