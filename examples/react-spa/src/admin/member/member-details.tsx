import type { Account } from 'guildhall/client'
import { ButtonLink } from '../../controls/button.tsx'
import { useFormat } from '../../texts/format.ts'
import { useTexts } from '../../texts/language.tsx'
import { RoleBadge, UnconfirmedBadge } from '../members/badges.tsx'
import { useAdminTexts } from '../texts.ts'
import { Part } from './part.tsx'

export function MemberDetails({ account }: { account: Account }) {
  const { member } = useAdminTexts()
  const { overview } = useTexts()
  const format = useFormat()
  const edit = (
    <ButtonLink look="quiet" to={`/admin/members/${account.id}/edit`}>
      {member.edit}
    </ButtonLink>
  )
  return (
    <Part look="card" title={member.details} aside={edit}>
      <dl className="facts">
        <dt>{overview.name}</dt>
        <dd>
          {account.title} {account.firstName} {account.lastName}
        </dd>
        <dt>{overview.email}</dt>
        <dd>
          {account.email} <UnconfirmedBadge member={account} />
        </dd>
        <dt>{overview.role}</dt>
        <dd>
          <RoleBadge role={account.role} />
        </dd>
        <dt>{overview.since}</dt>
        <dd>{format.moment(account.created)}</dd>
        <dt>{member.updated}</dt>
        <dd>{account.updated ? format.moment(account.updated) : member.never}</dd>
        <dt>{member.id}</dt>
        <dd className="id">{account.id}</dd>
      </dl>
    </Part>
  )
}
