import { useRef } from 'react'
import { Button } from '../../controls/button.tsx'
import { Choice } from '../../controls/choice.tsx'
import { useTexts } from '../../texts/language.tsx'
import { useAdminTexts } from '../texts.ts'
import { DayFilter } from './day-filter.tsx'
import { MemberFilter } from './member-filter.tsx'
import { areReversed, type EventFilters, FILTERS } from './queries.ts'

interface Props {
  filters: EventFilters
  onChange(changes: EventFilters): void
}

export function EventFilterBar({ filters, onChange }: Props) {
  const { events: names } = useTexts()
  const { events, list } = useAdminTexts()
  const byWord = Object.entries(names).toSorted(([, a], [, b]) => a.localeCompare(b))
  const event = filters.event && Object.hasOwn(names, filters.event) ? filters.event : ''
  const bar = useRef<HTMLDivElement>(null)
  const clear = () => {
    onChange({ event: '', actor: '', subject: '', from: '', to: '' })
    bar.current?.querySelector('select')?.focus() // the button will be gone
  }
  return (
    <div className="filters events" ref={bar}>
      <Choice
        label={events.event}
        value={event}
        options={[['', events.every], ...byWord]}
        onChange={chosen => onChange({ event: chosen })}
      />
      <DayFilter label={events.from} value={filters.from} onChange={from => onChange({ from })} />
      <DayFilter
        label={events.to}
        value={filters.to}
        fault={areReversed(filters) ? events.reversed : undefined}
        onChange={to => onChange({ to })}
      />
      <MemberFilter label={events.subject} id={filters.subject} onChange={subject => onChange({ subject })} />
      <MemberFilter label={events.actor} id={filters.actor} onChange={actor => onChange({ actor })} />
      {FILTERS.some(name => filters[name]) && (
        <Button look="quiet" onPress={clear}>
          {list.clear}
        </Button>
      )}
    </div>
  )
}
