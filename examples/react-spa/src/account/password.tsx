import { ok } from 'guildhall/client'
import { useState } from 'react'
import { client } from '../client.ts'
import { notify } from '../feedback/notices.tsx'
import { ActForm } from '../forms/act-form.tsx'
import { textOf } from '../forms/form-data.ts'
import { NewPasswordField } from '../forms/new-password-field.tsx'
import { personalWords } from '../forms/personal-words.ts'
import { UsernameHint } from '../forms/username-hint.tsx'
import { Page } from '../layout/page.tsx'
import { useReauthentication } from '../reauthentication/reauthentication.tsx'
import { useAccount } from '../session/gate.tsx'
import { useTexts } from '../texts/language.tsx'

export function Password() {
  const { changePassword } = useTexts()
  const account = useAccount()
  const reauthenticate = useReauthentication()
  const [changes, setChanges] = useState(0)
  const change = async (data: FormData) => {
    const password = textOf(data, 'password')
    await reauthenticate(currentPassword =>
      ok(
        client.api.PUT('/accounts/{id}', {
          params: { path: { id: account.id } },
          body: { password, confirmPassword: password, currentPassword }
        })
      )
    )
    notify(changePassword.changed)
    setChanges(changes + 1) // an empty form
  }
  return (
    <Page title={changePassword.title} lead={changePassword.lead}>
      <section className="card">
        <ActForm key={changes} act={change} submit={changePassword.submit}>
          <UsernameHint email={account.email} />
          <NewPasswordField personal={personalWords(account)} />
        </ActForm>
      </section>
    </Page>
  )
}
