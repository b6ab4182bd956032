import { ApiError, ok } from 'guildhall/client'
import { useNavigate } from 'react-router'
import { client } from '../../client.ts'
import { notify } from '../../feedback/notices.tsx'
import { AskFirst } from '../../forms/ask-first.tsx'
import { ConfirmationField } from '../../forms/confirmation-field.tsx'
import { queryClient } from '../../query-client.ts'
import { useReauthentication } from '../../reauthentication/reauthentication.tsx'
import { useTexts } from '../../texts/language.tsx'
import { EVENTS, MEMBERS, memberKey } from '../keys.ts'
import { useAdminTexts } from '../texts.ts'
import { Part } from './part.tsx'
import { readNewest, type Versioned } from './queries.ts'
import { nameOf } from './words.ts'

export function DeleteMember({ member: { account, etag } }: { member: Versioned }) {
  const { deletion } = useAdminTexts()
  const { submit } = useTexts().deletion
  const navigate = useNavigate()
  const reauthenticate = useReauthentication()
  const { id } = account
  const name = nameOf(account)

  const remove = async () => {
    const params = { path: { id }, header: { 'if-match': etag } }
    try {
      await reauthenticate(currentPassword =>
        ok(client.api.DELETE('/accounts/{id}', { params, body: { currentPassword } }))
      )
    } catch (error) {
      if (error instanceof ApiError && error.code === 'precondition_failed') await readNewest(id)
      throw error
    }
    notify(deletion.done(name))
    void queryClient.invalidateQueries({ queryKey: MEMBERS })
    void queryClient.invalidateQueries({ queryKey: EVENTS })
    await navigate('/admin/members')
    queryClient.removeQueries({ queryKey: memberKey(id) }) // once nobody shows it
  }
  return (
    <Part look="card" title={deletion.title}>
      <p>{deletion.lead}</p>
      <div className="actions">
        <AskFirst label={deletion.ask} title={deletion.askTitle(name)} submit={submit} act={remove}>
          <ConfirmationField email={account.email} />
        </AskFirst>
      </div>
    </Part>
  )
}
