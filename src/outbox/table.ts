import type { Selectable } from 'kysely'
import type { Id } from '../ids.ts'

/** Mail to be delivered: template and data, rendered at sending. */
export interface OutboxTable {
  id: Id
  recipient: string
  template: string
  locale: string
  /** JSON of what the template needs, without secrets. */
  data: string
  /** A one-time secret on its way, encrypted (src/tokens/sealed.ts); wiped after delivery. */
  secret: Buffer | null
  attempts: number
  /** When to try next, or until when the claim of `owner` holds; null: sent or parked. */
  due_at: Date | null
  owner: Id | null
  created_at: Date
  sent_at: Date | null
  parked_at: Date | null
  last_error: string | null
}

export type OutboxMail = Selectable<OutboxTable>

/** What is shown of a mail that has not arrived: neither what is in it nor who sends it. */
export type UndeliveredMail = Omit<OutboxMail, 'data' | 'secret' | 'owner' | 'sent_at'>
