import { ApiError, ok } from 'guildhall/client'
import { useState } from 'react'
import { useNavigate } from 'react-router'
import { client } from '../client.ts'
import { ButtonLink } from '../controls/button.tsx'
import { ActForm } from '../forms/act-form.tsx'
import { EmailField } from '../forms/email-field.tsx'
import { textOf } from '../forms/form-data.ts'
import { Page } from '../layout/page.tsx'
import { queryClient } from '../query-client.ts'
import { handOn } from '../session/handed-on.ts'
import { useMember } from '../session/session.ts'
import { useTexts } from '../texts/language.tsx'
import { CodeForm } from './code-form.tsx'
import { dropLinkToken, linkToken } from './link-token.ts'
import { resendVerification } from './resend-verification.tsx'

/** Where the mail leads to, after a sign-up and after a change of the address; without a token the code will do. */
export function VerifyEmail() {
  const { verify } = useTexts()
  const [token] = useState(() => linkToken('/account/verify-email'))
  const [state, setState] = useState<'open' | 'done' | 'dead'>('open')
  if (state === 'done') return <Done />
  if (state === 'dead') return <Dead />

  const onConfirmed = () => {
    dropLinkToken()
    void queryClient.invalidateQueries({ queryKey: ['account'] })
    setState('done')
  }
  if (token === undefined)
    return (
      <Page key="code" title={verify.title} lead={verify.byCode}>
        <CodeForm email={undefined} submit={verify.submit} onConfirmed={onConfirmed} />
      </Page>
    )

  // Only on a click: programs that look into mail open links, and must not change anything by that.
  const confirm = async () => {
    try {
      await ok(client.api.POST('/accounts/verify-email', { body: { token } }))
      onConfirmed()
    } catch (error) {
      if (!(error instanceof ApiError) || error.status !== 401) throw error
      dropLinkToken()
      setState('dead')
    }
  }
  return (
    <Page key="link" title={verify.title} lead={verify.lead}>
      <ActForm act={confirm} submit={verify.submit} words={{ email_taken: verify.taken }} />
    </Page>
  )
}

function Done() {
  const { verify, session } = useTexts()
  const member = useMember()
  return (
    <Page key="done" title={verify.done} lead={member ? verify.doneSignedIn : verify.doneSignIn}>
      <div className="actions">
        {member ? (
          <ButtonLink to="/">{verify.onward}</ButtonLink>
        ) : (
          <ButtonLink to="/account/sign-in">{session.signIn}</ButtonLink>
        )}
      </div>
    </Page>
  )
}

function Dead() {
  const { verify, checkMail } = useTexts()
  const navigate = useNavigate()
  const send = async (data: FormData) => {
    const email = textOf(data, 'email')
    await resendVerification(email)
    await navigate('/account/check-mail', { state: handOn({ email }) })
  }
  return (
    <Page key="dead" title={verify.dead} lead={verify.deadLead}>
      <ActForm act={send} submit={verify.newMail}>
        <p>{checkMail.whichAddress}</p>
        <EmailField />
      </ActForm>
    </Page>
  )
}
