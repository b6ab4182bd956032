import type { Account } from '../accounts/table.ts'
import { type Mail, mailTo } from '../outbox/outbox.ts'

/** With the link to the page for a new password. */
export const resetPassword = (account: Account, secret: string, validFor: number): Mail =>
  mailTo(account, 'reset-password', { validFor }, secret)

/** What an unknown address would have got; written, never sent. */
export const decoy = (secret: string, validFor: number): Mail =>
  mailTo({ email: '', locale: 'en', first_name: '' }, 'reset-password', { validFor }, secret)

/** To an Admin made from the command line: the same link, other words. */
export const inviteAdmin = (account: Account, secret: string, validFor: number): Mail =>
  mailTo(account, 'invite-admin', { validFor }, secret)
