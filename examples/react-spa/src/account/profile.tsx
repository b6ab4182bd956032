import { ok } from 'guildhall/client'
import { client } from '../client.ts'
import { notify } from '../feedback/notices.tsx'
import { ActForm } from '../forms/act-form.tsx'
import { textOf } from '../forms/form-data.ts'
import { NameFields } from '../forms/name-fields.tsx'
import { Page } from '../layout/page.tsx'
import { useAccount } from '../session/gate.tsx'
import { keepAccount } from '../session/session.ts'
import { useTexts } from '../texts/language.tsx'

export function Profile() {
  const { profile } = useTexts()
  const account = useAccount()
  const save = async (data: FormData) => {
    const body = {
      title: textOf(data, 'title'),
      firstName: textOf(data, 'firstName'),
      lastName: textOf(data, 'lastName')
    }
    const { data: saved } = await ok(client.api.PUT('/accounts/{id}', { params: { path: { id: account.id } }, body }))
    keepAccount(saved)
    notify(profile.saved)
  }
  return (
    <Page title={profile.title} lead={profile.lead}>
      <section className="card">
        <ActForm act={save} submit={profile.submit}>
          <NameFields known={account} />
        </ActForm>
      </section>
    </Page>
  )
}
