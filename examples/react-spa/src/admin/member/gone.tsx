import { Link } from 'react-router'
import { ButtonLink } from '../../controls/button.tsx'
import { Page } from '../../layout/page.tsx'
import { useAdminTexts } from '../texts.ts'

/** The trail of a deleted account outlives it. */
export function MemberGone({ id }: { id: string }) {
  const { member } = useAdminTexts()
  return (
    <Page title={member.gone} lead={member.goneLead}>
      <div className="actions">
        <ButtonLink to="/admin/members">{member.back}</ButtonLink>
        <Link to={`/admin/events?${new URLSearchParams({ subject: id })}`}>{member.goneEvents}</Link>
      </div>
    </Page>
  )
}
