import type { Selectable } from 'kysely'
import type { Id } from '../ids.ts'

export const PURPOSES = ['verify-email', 'change-email', 'reset-password', 'undo-email-change'] as const
export type Purpose = (typeof PURPOSES)[number]

/**
 * Single-use secrets that went out by mail, bound to purpose and address. The secret itself is not
 * here, only its SHA-256. A registration attempt carries what its link will install.
 */
export interface OneTimeTokenTable {
  hash: Buffer
  account_id: Id
  purpose: Purpose
  email: string
  /** Its canonical form: who types a code names an address. Null in rows that nobody can use. */
  email_canonical: Buffer | null
  created_at: Date
  expires_at: Date
  /** When it was presented and did its work; what is revoked is deleted. */
  used_at: Date | null
  title: string | null
  first_name: string | null
  last_name: string | null
  password_hash: string | null
  /** What the code beside the link is checked against; null: there is none. */
  code: Buffer | null
  /** The session that asked for it, where using it ends the others; null: nobody's. */
  session_id: Id | null
}

/** Wrong codes of an account, which may have tokens or not: five in a while, whatever tokens come and go. */
export interface CodeTriesTable {
  account_id: Id
  tries: number
  since: Date
}

export type OneTimeToken = Selectable<OneTimeTokenTable>
