import type { Selectable } from 'kysely'
import type { Id } from '../ids.ts'

export type Transport = 'cookie' | 'body'

/** A session is one row, rotated in place: ARCHITECTURE.md, "Sessions". */
export interface SessionTable {
  id: Id
  account_id: Id
  transport: Transport
  /** Key of the inner MAC of its refresh tokens; null once revoked. */
  secret: Buffer | null
  generation: number
  /** Tag of the token that was exchanged for the current generation. */
  parent: Buffer | null
  /** 1 once an access token of the current generation was seen, GRACE after its issue. */
  used: number
  /** Siblings of the current generation handed out later than GRACE after the move. */
  reissues: number
  /** When the current generation came to be, or was last re-issued: GRACE runs from here. */
  moved_at: Date
  created_at: Date
  last_used_at: Date
  idle_expires_at: Date
  expires_at: Date
  revoked_at: Date | null
  /** When the password was entered last, and from where; null: never, or a refresh token was re-issued since. */
  authenticated_at: Date | null
  authenticated_ip: string
  authenticated_agent: string
  ip: string
  user_agent: string
}

export type Session = Selectable<SessionTable>
