import type { Account } from 'guildhall/client'
import { Link } from 'react-router'
import { useFormat } from '../../texts/format.ts'
import { useAdminTexts } from '../texts.ts'
import { RoleBadge, UnconfirmedBadge } from './badges.tsx'
import { useIsWide } from './wide.ts'

/** A table where there is room for one, and a list of cards on a phone: nobody scrolls sideways. */
export function MemberList({ members }: { members: readonly Account[] }) {
  return useIsWide() ? <MemberTable members={members} /> : <MemberCards members={members} />
}

function MemberTable({ members }: { members: readonly Account[] }) {
  const texts = useAdminTexts().members
  const format = useFormat()
  return (
    <table className="table members">
      <caption className="visually-hidden">{texts.table}</caption>
      <thead>
        <tr>
          <th scope="col">{texts.name}</th>
          <th scope="col">{texts.email}</th>
          <th scope="col">{texts.role}</th>
          <th scope="col">{texts.since}</th>
        </tr>
      </thead>
      <tbody>
        {members.map(member => (
          <tr key={member.id}>
            <th scope="row">
              <MemberLink member={member} />
            </th>
            <td>
              {member.email} <UnconfirmedBadge member={member} />
            </td>
            <td>
              <RoleBadge role={member.role} />
            </td>
            <td>{format.date(member.created)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function MemberCards({ members }: { members: readonly Account[] }) {
  const texts = useAdminTexts().members
  const format = useFormat()
  return (
    <ul className="list" aria-label={texts.table}>
      {members.map(member => (
        <li key={member.id} className="list-item">
          <div className="list-text">
            <MemberLink member={member} />
            <p>{member.email}</p>
            <p className="muted small">{texts.sinceDay(format.day(member.created))}</p>
          </div>
          <div className="badges">
            {member.role === 'Admin' && <RoleBadge role={member.role} />}
            <UnconfirmedBadge member={member} />
          </div>
        </li>
      ))}
    </ul>
  )
}

function MemberLink({ member: { id, title, firstName, lastName } }: { member: Account }) {
  return (
    <Link className="row-link" to={`/admin/members/${id}`}>
      {lastName}, {firstName} <span className="muted">{title}</span>
    </Link>
  )
}
