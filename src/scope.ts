import type { Account, Role } from './accounts/table.ts'
import type { Id } from './ids.ts'
import type { Place } from './places.ts'

export interface Member {
  accountId: Id
  sessionId: Id
  role: Role
  /** The account's row, as the guard read it. */
  account: Account
  /**
   * When the password was entered last in this session, and where; undefined: never, or a refresh token was re-issued
   * since.
   */
  passwordEntry: (Place & { at: Date }) | undefined
}

/**
 * Who is asking, and from where. Every verb that acts takes one; what it holds of a member was
 * read from the database for this very request.
 */
export interface Scope extends Place {
  /** The member, when the request proved one. */
  member: Member | undefined
  /** Accept-Language's first choice among the languages we write. */
  locale: string
  requestId: string
}

/** The program itself, where no request asks: clean-up, command line. */
export function ownScope(what: string): Scope {
  return { member: undefined, ip: '', userAgent: 'guildhall', locale: 'en', requestId: what }
}

/** Whether the request may act on this account: its member does, or an Admin. */
export function mayActOn(scope: Scope, accountId: Id | undefined): boolean {
  const { member } = scope
  if (!member) return false
  return member.role === 'Admin' || (accountId !== undefined && member.accountId.equals(accountId))
}

/** Whether the member acts on his own account. */
export function isSelf(scope: Scope, accountId: Id): boolean {
  return scope.member?.accountId.equals(accountId) ?? false
}
