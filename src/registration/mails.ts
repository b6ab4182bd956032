import type { Account } from '../accounts/table.ts'
import { type Mail, mailTo } from '../outbox/outbox.ts'

/** With the link of a registration attempt. */
export const verifyEmail = (account: Account, secret: string, validFor: number): Mail =>
  mailTo(account, 'verify-email', { validFor }, secret)

/** Somebody registered an address that has an account: its owner is told, the one who asked is not. */
export const alreadyRegistered = (account: Account): Mail => mailTo(account, 'already-registered')
