import type { UpdateAccountRequest } from './schemas.ts'
import type { Account } from './table.ts'

/**
 * Whether an update would change how somebody gets in, or what he may do (ASVS V7.5.1, V7.5.3): password, address or
 * role. By what would really change, for existing clients send their whole form.
 */
export function isSensitive(account: Account, { password, email, role }: UpdateAccountRequest): boolean {
  return (
    password !== undefined ||
    (email !== undefined && email !== account.email) ||
    (role !== undefined && role !== account.role)
  )
}
