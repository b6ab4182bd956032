import { type Static, Type } from '@sinclair/typebox'
import { EXAMPLE_EVENT_ID, EXAMPLE_ID, EXAMPLE_SESSION_ID, EXAMPLE_USER_AGENT } from '../examples.ts'
import { pageQuery } from '../paging.ts'
import { orNull, Time, Uuid } from '../schemas.ts'
import { type AuditEvent, EVENTS } from './table.ts'

const EVENT_NAME = { title: 'EventName', type: 'string', enum: [...EVENTS] }

export const EventView = Type.Object(
  {
    id: Uuid,
    at: Time,
    event: Type.Unsafe<AuditEvent>(EVENT_NAME),
    actorId: orNull(Uuid, 'The account that did it; null when nobody was signed in, or the program did.'),
    subjectId: orNull(Uuid, 'The account that it was done to; null when there is none, as after a wrong address.'),
    sessionId: orNull(Uuid, 'The session that did it; of an event about a session, that one.'),
    ip: orNull(Type.String(), 'Where the request came from.'),
    userAgent: orNull(Type.String(), 'The device, as it described itself.'),
    requestId: orNull(Type.String(), 'The request, as the log and error answers name it.'),
    detail: orNull(
      Type.Object({}, { additionalProperties: true }),
      'What changed, often `before` and `after`, in the names that the account has. Never a secret.'
    )
  },
  {
    title: 'Event',
    examples: [
      {
        id: EXAMPLE_EVENT_ID,
        at: '2025-11-24T19:30:12.000Z',
        event: 'account_updated',
        actorId: EXAMPLE_ID,
        subjectId: EXAMPLE_ID,
        sessionId: EXAMPLE_SESSION_ID,
        ip: '203.0.113.7',
        userAgent: EXAMPLE_USER_AGENT,
        requestId: '5b0c2f5e-4a39-4a53-b6e5-0f1f4f2c7a11',
        detail: { before: { lastName: 'Byron' }, after: { lastName: 'Lovelace' } }
      }
    ]
  }
)
export type EventView = Static<typeof EventView>

export const AccountEventsQuery = Type.Object(pageQuery('Events'), { additionalProperties: false })
export type AccountEventsQuery = Static<typeof AccountEventsQuery>

export const EventsQuery = Type.Object(
  {
    ...pageQuery('Events'),
    event: Type.Optional(Type.Unsafe<AuditEvent>({ ...EVENT_NAME, description: 'Only events of this name.' })),
    actor: Type.Optional(Type.String({ format: 'uuid', description: 'Only what this account did.' })),
    subject: Type.Optional(
      Type.String({ format: 'uuid', description: 'Only what was done to this account, also after it was deleted.' })
    ),
    from: Type.Optional(Type.String({ format: 'date-time', description: 'Only events at this time or later.' })),
    to: Type.Optional(Type.String({ format: 'date-time', description: 'Only events before this time.' }))
  },
  { additionalProperties: false }
)
export type EventsQuery = Static<typeof EventsQuery>
