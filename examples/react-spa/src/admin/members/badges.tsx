import type { Account, Role } from 'guildhall/client'
import { useTexts } from '../../texts/language.tsx'
import { useAdminTexts } from '../texts.ts'

/** Admins stand out; members are the rule. */
export function RoleBadge({ role }: { role: Role }) {
  const { roles } = useTexts().overview
  return role === 'Admin' ? <span className="badge">{roles[role]}</span> : <span>{roles[role]}</span>
}

export function UnconfirmedBadge({ member: { isVerified } }: { member: Account }) {
  const { members } = useAdminTexts()
  return isVerified ? null : (
    <span className="badge" data-look="warn">
      {members.unconfirmed}
    </span>
  )
}
