import { ok } from 'guildhall/client'
import { useState } from 'react'
import { Link, useNavigate } from 'react-router'
import { client } from '../../client.ts'
import { notify } from '../../feedback/notices.tsx'
import { ActForm } from '../../forms/act-form.tsx'
import { textOf } from '../../forms/form-data.ts'
import { NewPasswordField } from '../../forms/new-password-field.tsx'
import { personalWords } from '../../forms/personal-words.ts'
import { Page } from '../../layout/page.tsx'
import { useReauthentication } from '../../reauthentication/reauthentication.tsx'
import { useTexts } from '../../texts/language.tsx'
import { refreshAround } from '../keys.ts'
import { BLANK, PLACES } from '../member/draft.ts'
import { MemberFields } from '../member/member-fields.tsx'
import { keepMember, versioned } from '../member/queries.ts'
import { nameOf } from '../member/words.ts'
import { useAdminTexts } from '../texts.ts'

export function NewMember() {
  const { cancel } = useTexts()
  const { create } = useAdminTexts()
  const navigate = useNavigate()
  const reauthenticate = useReauthentication()
  const [draft, setDraft] = useState(BLANK)

  const submit = async (data: FormData) => {
    const password = textOf(data, 'password')
    const made = await reauthenticate(currentPassword =>
      ok(client.api.POST('/accounts', { body: { ...draft, password, confirmPassword: password, currentPassword } }))
    )
    keepMember(versioned(made))
    void refreshAround(made.data.id)
    notify(create.done(nameOf(made.data)))
    await navigate(`/admin/members/${made.data.id}`)
  }
  return (
    <Page title={create.title} lead={create.lead}>
      <section className="card">
        <ActForm
          act={submit}
          submit={create.submit}
          places={PLACES}
          actions={<Link to="/admin/members">{cancel}</Link>}
        >
          <MemberFields draft={draft} onChange={changes => setDraft({ ...draft, ...changes })} />
          <NewPasswordField label={create.password} personal={personalWords(draft)} />
          <p className="hint">{create.passwordHint}</p>
        </ActForm>
      </section>
    </Page>
  )
}
