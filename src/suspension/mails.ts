import type { Account } from '../accounts/table.ts'
import { type Mail, mailTo } from '../outbox/outbox.ts'

/** A suspension, or another end of one. The reason is not in it: it is for Admins, and may name others. */
export const accountSuspended = (account: Account, until: Date | null): Mail =>
  mailTo(account, 'account-suspended', until ? { until: until.toISOString() } : {})

/** An Admin ended it; of one that ends by itself the first mail said when. */
export const accountRestored = (account: Account): Mail => mailTo(account, 'account-restored')
