import type { Account, Role } from './accounts/table.ts'
import { Problem } from './errors.ts'
import { type Id, idFromText } from './ids.ts'
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

/** The session that goes on when an act ends those of an account: one's own; none when somebody else acts. */
export function ownSession(scope: Scope, accountId: Id): Id | undefined {
  return isSelf(scope, accountId) ? scope.member?.sessionId : undefined
}

/**
 * The account that a path names, if the request may act on it: to a User a missing account, a
 * malformed id and somebody else's look the same.
 *
 * @throws Problem forbidden (403) as User; account_not_found (404) as Admin for a malformed id
 */
export function accountId({ membership }: { membership: Scope }, text: string): Id {
  const id = idFromText(text)
  if (!mayActOn(membership, id)) throw new Problem('forbidden')
  if (!id) throw new Problem('account_not_found')
  return id
}
