import type { Selectable } from 'kysely'
import type { Id } from '../ids.ts'

export const ROLES = ['User', 'Admin'] as const
export type Role = (typeof ROLES)[number]

export interface AccountTable {
  id: Id
  /** As the member typed it; mail goes here. */
  email: string
  /** Canonical form (src/accounts/address.ts), compared as bytes; unique. */
  email_canonical: Buffer
  title: string
  first_name: string
  last_name: string
  role: Role
  /** Self-describing hash (src/passwords); null until the member chose a password. */
  password_hash: string | null
  locale: string
  verified_at: Date | null
  /** When a mail to the present address was used; an Admin may verify one that he only believes to be right. */
  address_proven_at: Date | null
  suspended_at: Date | null
  /** When a suspension ends by itself; null: when an Admin ends it. */
  suspended_until: Date | null
  /** For Admins and the audit trail; never shown to the member. */
  suspended_reason: string | null
  last_login_at: Date | null
  created_at: Date
  updated_at: Date | null
  /** Counts the changes of the row: an Admin's edit may name the one that it began with. */
  version: number
}

export type Account = Selectable<AccountTable>
