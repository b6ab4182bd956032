import { type Static, Type } from '@sinclair/typebox'
import { pageQuery } from '../paging.ts'
import { Time } from '../schemas.ts'
import { type AuditEvent, EVENTS } from './table.ts'

const EVENT_NAME = { title: 'EventName', type: 'string', enum: [...EVENTS] }
const Uuid = Type.String({ format: 'uuid' })
const orNull = (description: string, type = Type.String()) => Type.Union([type, Type.Null()], { description })

export const EventView = Type.Object(
  {
    id: Uuid,
    at: Time,
    event: Type.Unsafe<AuditEvent>(EVENT_NAME),
    actorId: orNull('The account that did it; null when nobody was signed in, or the program did.', Uuid),
    subjectId: orNull('The account that it was done to; null when there is none, as after a wrong address.', Uuid),
    sessionId: orNull('The session that did it; of an event about a session, that one.', Uuid),
    ip: orNull('Where the request came from.'),
    userAgent: orNull('The device, as it described itself.'),
    requestId: orNull('The request, as the log and error answers name it.'),
    detail: Type.Union([Type.Object({}, { additionalProperties: true }), Type.Null()], {
      description: 'What changed, often `before` and `after`, in the names that the account has. Never a secret.'
    })
  },
  {
    title: 'Event',
    examples: [
      {
        id: '0199d6a2-1c4f-7a3b-9d61-5e8f7a6b5c4d',
        at: '2025-11-24T19:30:12.000Z',
        event: 'account_updated',
        actorId: '0199d6a0-5f2b-7c41-9a3e-8d6b1f0c2e47',
        subjectId: '0199d6a0-5f2b-7c41-9a3e-8d6b1f0c2e47',
        sessionId: '0199d6a1-7b3e-7d10-8a52-3c9e4f5a6b7c',
        ip: '203.0.113.7',
        userAgent: 'Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0',
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
