import { type Static, Type } from '@sinclair/typebox'
import { EXAMPLE_TIME, exampleOf } from '../examples.ts'
import { Body, CurrentPassword, FREE_TEXT, IN_UTC, orNull, Time } from '../schemas.ts'

const EXAMPLE_REASON = 'The subscription was cancelled by the bank.'

export const SuspendRequest = Body('SuspendRequest', {
  reason: Type.String({
    minLength: 1,
    maxLength: 255,
    pattern: FREE_TEXT,
    description: 'For Admins and the audit trail; the member is not told.',
    examples: [EXAMPLE_REASON]
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
export const RestoreRequest = Body(
  'RestoreRequest',
  { currentPassword: Type.Optional(CurrentPassword) },
  { examples: [{ currentPassword: exampleOf(CurrentPassword) }] }
)
export type RestoreRequest = Static<typeof RestoreRequest>
export type SuspendRequest = Static<typeof SuspendRequest>

export const SuspensionView = Type.Object(
  {
    since: Time,
    until: orNull(Time, 'UTC. null: until an Admin ends it.'),
    reason: Type.String({ description: 'For Admins; the member is not told.' })
  },
  { title: 'Suspension', examples: [{ since: EXAMPLE_TIME, until: null, reason: EXAMPLE_REASON }] }
)
export type SuspensionView = Static<typeof SuspensionView>
