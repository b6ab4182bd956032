import type { Mail } from '../outbox/outbox.ts'
import type { Account } from './table.ts'

const to = (account: Account, template: Mail['template'], data: Mail['data'] = {}): Mail => ({
  to: account.email,
  template,
  locale: account.locale,
  data: { firstName: account.first_name, ...data }
})

export const passwordChanged = (account: Account) => to(account, 'password-changed')
export const accountCreated = (account: Account) => to(account, 'account-created')
export const accountDeleted = (account: Account) => to(account, 'account-deleted')
export const emailChangeRequested = (account: Account, newEmail: string) =>
  to(account, 'email-change-requested', { newEmail })
export const emailChangeTaken = (owner: Account) => to(owner, 'email-change-taken')

/** To the new address: the change takes effect when its link is used. */
export const confirmEmailChange = (account: Account, newEmail: string, secret: string, validFor: number): Mail => ({
  ...to({ ...account, email: newEmail }, 'confirm-email-change', { newEmail, validFor }),
  secret
})

/** To both addresses, after the change. */
export const emailChanged = (account: Account, newEmail: string): Mail[] =>
  [account.email, newEmail].map(email => to({ ...account, email }, 'email-changed', { newEmail }))
