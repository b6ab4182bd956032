import { ok } from 'guildhall/client'
import { client } from '../../client.ts'
import { notify } from '../../feedback/notices.tsx'
import { AskFirst } from '../../forms/ask-first.tsx'
import { useAdminTexts } from '../texts.ts'
import type { Versioned } from './queries.ts'
import { useMemberAct } from './use-member-act.ts'
import { nameOf } from './words.ts'

export function Restore({ member }: { member: Versioned }) {
  const { suspension: texts } = useAdminTexts()
  const act = useMemberAct(member)
  const name = nameOf(member.account)
  const restore = async () => {
    await act((params, currentPassword) =>
      ok(client.api.DELETE('/accounts/{id}/suspension', { params, body: { currentPassword } }))
    )
    notify(texts.restored(name))
  }
  return (
    <AskFirst
      label={texts.restore}
      title={texts.restoreTitle(name)}
      lead={texts.restoreLead}
      submit={texts.restore}
      look="main"
      act={restore}
    />
  )
}
