import type { Account } from '../accounts/table.ts'
import type { Mail } from '../outbox/outbox.ts'

export const verifyEmail = (account: Account, secret: string, validFor: number): Mail => ({
  to: account.email,
  template: 'verify-email',
  locale: account.locale,
  data: { firstName: account.first_name, validFor },
  secret
})

/** Somebody registered an address that has an account: its owner is told, the one who asked is not. */
export const alreadyRegistered = (account: Account): Mail => ({
  to: account.email,
  template: 'already-registered',
  locale: account.locale,
  data: { firstName: account.first_name }
})
