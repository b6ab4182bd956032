import { type Static, Type } from '@sinclair/typebox'
import { EXAMPLE_MAIL_ID } from '../examples.ts'
import { idToText } from '../ids.ts'
import { pageQuery } from '../paging.ts'
import { orNull, Time, Uuid } from '../schemas.ts'
import type { UndeliveredMail } from './table.ts'

const STATES = ['waiting', 'parked'] as const
type MailState = (typeof STATES)[number]
const MAIL_STATE = { title: 'MailState', type: 'string', enum: [...STATES] }

export const UndeliveredMailView = Type.Object(
  {
    id: Uuid,
    to: Type.String({ description: 'The address that it is for.' }),
    template: Type.String({ description: 'Which of our mails it is, such as `verify-email`.' }),
    locale: Type.String({ description: 'The language that it is written in, where there is wording for it.' }),
    state: Type.Unsafe<MailState>(MAIL_STATE),
    attempts: Type.Integer({ minimum: 0, description: 'Tries so far, since it was last parked.' }),
    created: Time,
    nextTry: orNull(Time, 'When it is tried again; null where it is parked.'),
    parked: orNull(Time, 'When it was given up; null where it waits.'),
    lastError: orNull(
      Type.String(),
      'What the mail server, or the program, said of the last try; without addresses, links and codes.'
    )
  },
  {
    title: 'UndeliveredMail',
    examples: [
      {
        id: EXAMPLE_MAIL_ID,
        to: 'ada@example.com',
        template: 'verify-email',
        locale: 'en',
        state: 'parked',
        attempts: 1,
        created: '2025-11-24T19:30:12.000Z',
        nextTry: null,
        parked: '2025-11-24T19:30:13.000Z',
        lastError: 'Can\u2019t send mail - all recipients were rejected: 550 5.1.1 <…>: no such user'
      }
    ]
  }
)
export type UndeliveredMailView = Static<typeof UndeliveredMailView>

export const UndeliveredMailQuery = Type.Object(
  {
    ...pageQuery('Mails'),
    state: Type.Optional(Type.Unsafe<MailState>({ ...MAIL_STATE, description: 'Only mail in this state.' }))
  },
  { additionalProperties: false }
)
export type UndeliveredMailQuery = Static<typeof UndeliveredMailQuery>

export const MailId = Type.Object({
  id: Type.String({ maxLength: 100, description: 'UUID of the mail.', examples: [EXAMPLE_MAIL_ID] })
})

export function presentMail(mail: UndeliveredMail): UndeliveredMailView {
  return {
    id: idToText(mail.id),
    to: mail.recipient,
    template: mail.template,
    locale: mail.locale,
    state: mail.parked_at ? 'parked' : 'waiting',
    attempts: mail.attempts,
    created: mail.created_at.toISOString(),
    nextTry: mail.due_at?.toISOString() ?? null,
    parked: mail.parked_at?.toISOString() ?? null,
    lastError: mail.last_error
  }
}
