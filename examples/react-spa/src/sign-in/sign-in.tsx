import { ApiError } from 'guildhall/client'
import { Link, Navigate, useLocation, useNavigate, useSearchParams } from 'react-router'
import { client } from '../client.ts'
import { Alert } from '../feedback/alert.tsx'
import { ActForm } from '../forms/act-form.tsx'
import { EmailField } from '../forms/email-field.tsx'
import { textOf } from '../forms/form-data.ts'
import { PasswordField } from '../forms/password-field.tsx'
import { Page } from '../layout/page.tsx'
import { useFarewell } from '../session/farewell.ts'
import { handedOn, handOn } from '../session/handed-on.ts'
import { returnPath } from '../session/return-path.ts'
import { useMember } from '../session/session.ts'
import { useTexts } from '../texts/language.tsx'

/** Leads back to where the gate stood, or to the start. */
export function SignIn() {
  const texts = useTexts()
  const navigate = useNavigate()
  const { state } = useLocation()
  const [parameters] = useSearchParams()
  const farewell = useFarewell()
  const member = useMember()
  if (member) return <Navigate to={returnPath(parameters.get('next'))} replace />

  const signIn = async (data: FormData) => {
    const email = textOf(data, 'email')
    try {
      await client.signIn({ email, password: textOf(data, 'password') })
    } catch (error) {
      if (!(error instanceof ApiError) || error.code !== 'email_not_verified') throw error
      await navigate('/account/check-mail', { state: handOn({ email, because: 'unverified' }) })
    }
  }
  return (
    <Page title={texts.signIn.title}>
      {farewell?.kind === 'ended' && (
        <Alert look="plain">
          <p>{texts.errors[farewell.reason] ?? texts.errors.session_revoked}</p>
        </Alert>
      )}
      <ActForm
        act={signIn}
        submit={texts.session.signIn}
        actions={<Link to="/account/forgot-password">{texts.signIn.forgotten}</Link>}
      >
        <EmailField defaultValue={handedOn(state).email} />
        <PasswordField />
      </ActForm>
      <p>
        {texts.signIn.newHere} <Link to="/account/sign-up">{texts.signIn.signUp}</Link>
      </p>
    </Page>
  )
}
