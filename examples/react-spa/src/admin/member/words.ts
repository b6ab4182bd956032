import type { Account } from 'guildhall/client'
import type { Texts } from '../../texts/en.ts'
import type { Draft, Part } from './draft.ts'

export function nameOf({ firstName, lastName }: Pick<Account, 'firstName' | 'lastName'>): string {
  return `${firstName} ${lastName}`
}

export function partLabel(part: Part, { fields, overview }: Texts): string {
  return part === 'role' ? overview.role : fields[part]
}

export function partText(part: Part, draft: Draft, { overview }: Texts): string {
  return part === 'role' ? overview.roles[draft.role] : draft[part]
}
