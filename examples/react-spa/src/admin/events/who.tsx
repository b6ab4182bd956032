import { useQuery } from '@tanstack/react-query'
import { Link } from 'react-router'
import { useAccount } from '../../session/gate.tsx'
import { isGone, memberQuery } from '../member/queries.ts'
import { nameOf } from '../member/words.ts'
import { useAdminTexts } from '../texts.ts'

const NAME_FRESH_MS = 5 * 60_000 // names change seldom: one look-up serves all events of a member

/** The member behind an id. Events have no names: they outlive the accounts. */
export function Who({ id }: { id: string }) {
  const { events, you } = useAdminTexts()
  const me = useAccount()
  const isSelf = id === me.id
  const { data, error } = useQuery({ ...memberQuery(id), staleTime: NAME_FRESH_MS, enabled: !isSelf })
  if (isGone(error)) return <span className="muted">{events.deleted(short(id))}</span>
  const account = isSelf ? me : data?.account
  return (
    <Link to={`/admin/members/${id}`}>
      {account ? nameOf(account) : short(id)}
      {isSelf && ` (${you})`}
    </Link>
  )
}

/** Ids are made by time: those of one day begin alike, and differ at their end. */
function short(id: string): string {
  return `…${id.slice(-8)}`
}
