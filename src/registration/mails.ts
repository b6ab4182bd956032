import type { Account } from '../accounts/table.ts'
import { type Mail, mailTo } from '../outbox/outbox.ts'

/** With the link of a registration attempt. */
export const verifyEmail = (account: Account, secret: string, validFor: number): Mail =>
  mailTo(account, 'verify-email', { validFor }, secret)

/** To who signed up and asks for the mail again, when it is not clear which attempt is theirs: nothing of any is used. */
export const finishRegistration = (account: Account, secret: string, validFor: number): Mail =>
  mailTo(account, 'finish-registration', { validFor }, secret)

/** To who asks for the mail again and does not need it. */
export const alreadyVerified = (account: Account, secret: string): Mail =>
  mailTo(account, 'already-verified', {}, secret)

/** What an address that waits for nothing would have got; written, never sent. */
export const decoy = (secret: string, validFor: number): Mail =>
  mailTo({ email: '', locale: 'en', first_name: '' }, 'verify-email', { validFor }, secret)

/** Somebody registered an address that has an account: its owner is told, the one who asked is not. */
export const alreadyRegistered = (account: Account): Mail => mailTo(account, 'already-registered')
