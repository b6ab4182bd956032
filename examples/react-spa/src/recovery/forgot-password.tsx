import { Link, useLocation, useNavigate } from 'react-router'
import { ActForm } from '../forms/act-form.tsx'
import { EmailField } from '../forms/email-field.tsx'
import { textOf } from '../forms/form-data.ts'
import { Page } from '../layout/page.tsx'
import { handedOn, handOn } from '../session/handed-on.ts'
import { useTexts } from '../texts/language.tsx'
import { requestReset } from './reset.ts'

/** Says the same of an address that has an account and of one that has none, as the API does. */
export function ForgotPassword() {
  const { forgotten } = useTexts()
  const navigate = useNavigate()
  const { state } = useLocation()
  const send = async (data: FormData) => {
    const email = textOf(data, 'email')
    await requestReset(email)
    await navigate('/account/reset-password', { state: handOn({ email }) })
  }
  return (
    <Page title={forgotten.title} lead={forgotten.lead}>
      <ActForm
        act={send}
        submit={forgotten.submit}
        actions={<Link to="/account/reset-password">{forgotten.haveCode}</Link>}
      >
        <EmailField defaultValue={handedOn(state).email} />
      </ActForm>
      <p>
        <Link to="/account/sign-in">{forgotten.remembered}</Link>
      </p>
    </Page>
  )
}
