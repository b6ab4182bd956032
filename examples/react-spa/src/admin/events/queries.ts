import { type AuditEvent, ok } from 'guildhall/client'
import { client } from '../../client.ts'
import { EVENTS } from '../keys.ts'
import type { Filters } from '../list/filters.ts'
import { pages } from '../list/pages.ts'

const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i
const PAGE = 25 // events at a time; each may name two members that have to be looked up

export const FILTERS = ['event', 'actor', 'subject', 'from', 'to'] as const
export type EventFilters = Filters<(typeof FILTERS)[number]>

/** The whole trail. `from` and `to` are days of the reader, both inclusive. */
export function eventsQuery({ event, actor, subject, from, to }: EventFilters, names: Record<string, unknown>) {
  const query = {
    event: isEventName(event, names) ? event : undefined,
    actor: isAccountId(actor) ? actor : undefined,
    subject: isAccountId(subject) ? subject : undefined,
    from: startOf(from, 0),
    to: startOf(to, 1)
  }
  return pages([...EVENTS, query], (cursor, signal) =>
    ok(client.api.GET('/events', { params: { query: { ...query, cursor, limit: PAGE } }, signal }))
  )
}

/** Whether the last day comes before the first. */
export function areReversed({ from, to }: EventFilters): boolean {
  return Boolean(from && to && from > to)
}

/** Addresses of pages can be typed, too. */
function isEventName(name: string | undefined, names: Record<string, unknown>): name is AuditEvent['event'] {
  return name !== undefined && Object.hasOwn(names, name)
}

export function isAccountId(text: string | undefined): boolean {
  return UUID.test(text ?? '')
}

/** When a day begins where the reader is, or one that comes `later` days after it. */
function startOf(day: string | undefined, later: number): string | undefined {
  const [year, month, date] = (day ?? '').split('-').map(Number)
  if (!year || !month || !date) return undefined
  return new Date(year, month - 1, date + later).toISOString()
}
