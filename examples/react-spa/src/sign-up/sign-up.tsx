import { ok } from 'guildhall/client'
import { useState } from 'react'
import { Link, Navigate, useLocation, useNavigate } from 'react-router'
import { client } from '../client.ts'
import { ActForm } from '../forms/act-form.tsx'
import { EmailField } from '../forms/email-field.tsx'
import { textOf } from '../forms/form-data.ts'
import { NameFields } from '../forms/name-fields.tsx'
import { NewPasswordField } from '../forms/new-password-field.tsx'
import { personalWords } from '../forms/personal-words.ts'
import { TermsField } from '../forms/terms-field.tsx'
import { Page } from '../layout/page.tsx'
import { handedOn, handOn } from '../session/handed-on.ts'
import { useMember } from '../session/session.ts'
import { useTexts } from '../texts/language.tsx'

/** The password is typed once: it can be looked at, and who mistypes it all the same gets a new one by mail. */
export function SignUp() {
  const { signUp, session, fields } = useTexts()
  const navigate = useNavigate()
  const known = handedOn(useLocation().state)
  const member = useMember()
  const [personal, setPersonal] = useState(known)
  if (member) return <Navigate to="/" replace />

  const register = async (data: FormData) => {
    const attempt = {
      title: textOf(data, 'title'),
      firstName: textOf(data, 'firstName'),
      lastName: textOf(data, 'lastName'),
      email: textOf(data, 'email')
    }
    const password = textOf(data, 'password')
    await ok(
      client.api.POST('/accounts/register', {
        body: { ...attempt, password, confirmPassword: password, acceptTerms: true }
      })
    )
    await navigate('/account/check-mail', { state: handOn(attempt) })
  }
  return (
    <Page title={signUp.title} lead={signUp.lead}>
      <ActForm act={register} submit={signUp.submit}>
        <NameFields known={known} onChange={(name, value) => setPersonal({ ...personal, [name]: value })} />
        <EmailField isNew defaultValue={known.email} onChange={email => setPersonal({ ...personal, email })} />
        <NewPasswordField label={fields.password} personal={personalWords(personal)} />
        <TermsField />
      </ActForm>
      <p>
        {signUp.haveAccount} <Link to="/account/sign-in">{session.signIn}</Link>
      </p>
    </Page>
  )
}
