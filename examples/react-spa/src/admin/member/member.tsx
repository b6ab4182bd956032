import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from 'react-router'
import { Loaded } from '../../feedback/loaded.tsx'
import { Page } from '../../layout/page.tsx'
import { useAccount } from '../../session/gate.tsx'
import { useAdminTexts } from '../texts.ts'
import { DeleteMember } from './delete-member.tsx'
import { MemberGone } from './gone.tsx'
import { MemberDetails } from './member-details.tsx'
import { MemberEvents } from './member-events.tsx'
import { MemberSessions } from './member-sessions.tsx'
import { isGone, memberQuery } from './queries.ts'
import { Suspension } from './suspension.tsx'
import { nameOf } from './words.ts'

/** All of a member on one page. Its parts load side by side, and each fails for itself. */
export function Member() {
  const { id = '' } = useParams()
  return <MemberOf key={id} id={id} />
}

function MemberOf({ id }: { id: string }) {
  const { member } = useAdminTexts()
  const isSelf = useAccount().id === id
  const query = useQuery(memberQuery(id))
  if (isGone(query.error)) return <MemberGone id={id} />
  const account = query.data?.account
  return (
    <Page title={account ? nameOf(account) : member.title} lead={<Link to="/admin/members">{member.back}</Link>} isWide>
      <Loaded query={query} lines={8}>
        {known => <MemberDetails account={known.account} />}
      </Loaded>
      <Suspension id={id} member={query.data} isSelf={isSelf} />
      <MemberSessions id={id} account={account} />
      <MemberEvents id={id} />
      {query.data && !isSelf && <DeleteMember member={query.data} />}
    </Page>
  )
}
