import { Link, useNavigate } from 'react-router'
import { notify } from '../../feedback/notices.tsx'
import { ActForm } from '../../forms/act-form.tsx'
import { textOf } from '../../forms/form-data.ts'
import { personalWords } from '../../forms/personal-words.ts'
import { useReauthentication } from '../../reauthentication/reauthentication.tsx'
import { useAccount } from '../../session/gate.tsx'
import { useTexts } from '../../texts/language.tsx'
import { useAdminTexts } from '../texts.ts'
import { ConflictPanel } from './conflict.tsx'
import { PLACES } from './draft.ts'
import { MemberFields } from './member-fields.tsx'
import { OptionalPassword } from './optional-password.tsx'
import type { Versioned } from './queries.ts'
import { useEdit } from './use-edit.ts'
import { nameOf } from './words.ts'

export function EditForm({ member }: { member: Versioned }) {
  const { cancel } = useTexts()
  const { edit } = useAdminTexts()
  const navigate = useNavigate()
  const reauthenticate = useReauthentication()
  const me = useAccount()
  const { begun, draft, conflict, change, takeSide, save } = useEdit(member)
  const { id } = begun.account
  const isSelf = id === me.id
  const back = `/admin/members/${id}`

  const submit = async (data: FormData) => {
    const saved = await save(textOf(data, 'password'), reauthenticate)
    if (!saved) return // the conflict stands above the form
    const waits = isSelf && saved.email !== draft.email
    notify(waits ? edit.confirmOwn(draft.email) : edit.saved(nameOf(saved)))
    // Whoever gave up the role has no business here any more.
    await navigate(isSelf && saved.role !== 'Admin' ? '/' : back)
  }
  return (
    <>
      {conflict && <ConflictPanel key={begun.etag} conflict={conflict} draft={draft} onTake={takeSide} />}
      <section className="card">
        <ActForm
          act={submit}
          submit={conflict ? edit.submitOver : edit.submit}
          places={PLACES}
          actions={<Link to={back}>{cancel}</Link>}
        >
          <MemberFields
            draft={draft}
            onChange={change}
            emailHint={draft.email === begun.account.email ? undefined : isSelf ? edit.ownEmailHint : edit.emailHint}
          />
          <OptionalPassword personal={personalWords(draft)} />
        </ActForm>
      </section>
    </>
  )
}
