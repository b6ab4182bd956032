import { type Static, Type } from '@sinclair/typebox'
import { Body, CurrentPassword, FREE_TEXT, IN_UTC, Time } from '../schemas.ts'

export const SuspendRequest = Body('SuspendRequest', {
  reason: Type.String({
    minLength: 1,
    maxLength: 255,
    pattern: FREE_TEXT,
    description: 'For Admins and the audit trail; the member is not told.'
  }),
  until: Type.Optional(
    Type.String({
      format: 'date-time',
      pattern: IN_UTC,
      description: 'When it ends by itself: in the future, in UTC. Without it an Admin ends it.',
      examples: ['2030-01-01T00:00:00Z']
    })
  ),
  currentPassword: Type.Optional(CurrentPassword)
})
export const RestoreRequest = Body('RestoreRequest', { currentPassword: Type.Optional(CurrentPassword) })
export type RestoreRequest = Static<typeof RestoreRequest>
export type SuspendRequest = Static<typeof SuspendRequest>

export const SuspensionView = Type.Object(
  {
    since: Time,
    until: Type.Union([Time, Type.Null()], { description: 'null: until an Admin ends it.' }),
    reason: Type.String({ description: 'For Admins; the member is not told.' })
  },
  { title: 'Suspension' }
)
export type SuspensionView = Static<typeof SuspensionView>
