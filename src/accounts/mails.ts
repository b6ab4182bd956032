import { type Mail, mailTo } from '../outbox/outbox.ts'
import type { Account } from './table.ts'

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

/** To both addresses, after the change. */
export const emailChanged = (account: Account, newEmail: string): Mail[] =>
  [account.email, newEmail].map(email => mailTo({ ...account, email }, 'email-changed', { newEmail }))
