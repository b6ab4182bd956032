import { ok } from 'guildhall/client'
import { Link, useNavigate } from 'react-router'
import { client } from '../client.ts'
import { ActForm } from '../forms/act-form.tsx'
import { EmailField } from '../forms/email-field.tsx'
import { textOf } from '../forms/form-data.ts'
import { Page } from '../layout/page.tsx'
import { useReauthentication } from '../reauthentication/reauthentication.tsx'
import { useAccount } from '../session/gate.tsx'
import { handOn } from '../session/handed-on.ts'
import { useTexts } from '../texts/language.tsx'

/** A new address counts once its mail was read: the next page waits for that. */
export function Email() {
  const texts = useTexts()
  const navigate = useNavigate()
  const account = useAccount()
  const reauthenticate = useReauthentication()
  const change = async (data: FormData) => {
    const email = textOf(data, 'email')
    await reauthenticate(currentPassword =>
      ok(
        client.api.PUT('/accounts/{id}', {
          params: { path: { id: account.id } },
          body: { email, currentPassword }
        })
      )
    )
    await navigate('/account/email/confirm', { state: handOn({ email }) })
  }
  return (
    <Page title={texts.email.title} lead={texts.email.lead}>
      <section className="card">
        <div>
          <p className="muted">{texts.email.present}</p>
          <p className="address">{account.email}</p>
        </div>
        <ActForm
          act={change}
          submit={texts.email.submit}
          actions={<Link to="/account/email/confirm">{texts.email.haveCode}</Link>}
        >
          <EmailField
            isNew
            label={texts.fields.newEmail}
            validate={email => (email.toLowerCase() === account.email ? texts.email.same : null)}
          />
        </ActForm>
      </section>
    </Page>
  )
}
