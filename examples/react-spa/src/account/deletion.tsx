import { ok } from 'guildhall/client'
import { client } from '../client.ts'
import { ActForm } from '../forms/act-form.tsx'
import { ConfirmationField } from '../forms/confirmation-field.tsx'
import { textOf } from '../forms/form-data.ts'
import { PasswordField } from '../forms/password-field.tsx'
import { Page } from '../layout/page.tsx'
import { bid } from '../session/farewell.ts'
import { useAccount } from '../session/gate.tsx'
import { useTexts } from '../texts/language.tsx'

export function Deletion() {
  const { deletion, fields } = useTexts()
  const { id, email } = useAccount()
  const remove = async (data: FormData) => {
    const body = { currentPassword: textOf(data, 'currentPassword') }
    await ok(client.api.DELETE('/accounts/{id}', { params: { path: { id } }, body }))
    await client.signOut().catch(() => {}) // its session is gone with it; this is for the cookie and the other tabs
    bid({ kind: 'deleted' })
  }
  return (
    <Page title={deletion.title} lead={deletion.lead}>
      <section className="card">
        <ActForm act={remove} submit={deletion.submit} look="danger">
          <ConfirmationField email={email} />
          <PasswordField name="currentPassword" label={fields.currentPassword} />
        </ActForm>
      </section>
    </Page>
  )
}
