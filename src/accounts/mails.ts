import { type Mail, mailTo } from '../outbox/outbox.ts'
import type { Account, Role } from './table.ts'

/** After any change of the password. */
export const passwordChanged = (account: Account): Mail => mailTo(account, 'password-changed')

/** An Admin made this account. */
export const accountCreated = (account: Account): Mail => mailTo(account, 'account-created')

/** The last mail that goes to an account. */
export const accountDeleted = (account: Account): Mail => mailTo(account, 'account-deleted')

/** To the old address: somebody who is signed in wants another one. */
export const emailChangeRequested = (account: Account, newEmail: string): Mail =>
  mailTo(account, 'email-change-requested', { newEmail })

/** Somebody wants an address that has an account: its owner is told, the one who asked is not. */
export const emailChangeTaken = (owner: Account): Mail => mailTo(owner, 'email-change-taken')

/** To the new address: the change takes effect when its link is used. */
export const confirmEmailChange = (account: Account, newEmail: string, secret: string, validFor: number): Mail =>
  mailTo({ ...account, email: newEmail }, 'confirm-email-change', { newEmail, validFor }, secret)

/** To an address that an account has got, or has lost to `newEmail`. */
export const emailChanged = (account: Account, to: string, newEmail: string): Mail =>
  mailTo({ ...account, email: to }, 'email-changed', { newEmail })

/** To the address that an account has lost: with the link that brings it back. */
export const undoEmailChange = (account: Account, newEmail: string, secret: string, validFor: number): Mail =>
  mailTo(account, 'undo-email-change', { newEmail, validFor }, secret)

/** To both addresses: the account has `email` again. */
export const emailChangeUndone = (account: Account, to: string, email: string): Mail =>
  mailTo({ ...account, email: to }, 'email-change-undone', { newEmail: email })

/** The account has another role. */
export const roleChanged = (account: Account, role: Role): Mail => mailTo(account, 'role-changed', { role })
