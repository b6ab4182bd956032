import type { Account } from '../accounts/table.ts'
import type { Mail } from '../outbox/outbox.ts'

export const resetPassword = (account: Account, secret: string, validFor: number): Mail => ({
  to: account.email,
  template: 'reset-password',
  locale: account.locale,
  data: { firstName: account.first_name, validFor },
  secret
})

/** What an unknown address would have got; written, never sent. */
export const decoy = (secret: string, validFor: number): Mail => ({
  to: '',
  template: 'reset-password',
  locale: 'en',
  data: { validFor },
  secret
})

/** To an Admin made from the command line: the same link, other words. */
export const inviteAdmin = (account: Account, secret: string, validFor: number): Mail => ({
  ...resetPassword(account, secret, validFor),
  template: 'invite-admin'
})
