import { Link, useLocation, useNavigate } from 'react-router'
import { notify } from '../feedback/notices.tsx'
import { Page } from '../layout/page.tsx'
import { CodeForm } from '../mail-links/code-form.tsx'
import { ResendVerification } from '../mail-links/resend-verification.tsx'
import { handedOn, handOn } from '../session/handed-on.ts'
import { useTexts } from '../texts/language.tsx'

/** After the sign-up, and after a sign-in that came too early. */
export function CheckMail() {
  const { checkMail, verify } = useTexts()
  const navigate = useNavigate()
  const { state } = useLocation()
  const { email, because } = handedOn(state)
  const isUnverified = because === 'unverified'
  const onConfirmed = (confirmed: string) => {
    notify(`${verify.done}. ${verify.doneSignIn}`)
    void navigate('/account/sign-in', { state: handOn({ email: confirmed }) })
  }
  return (
    <Page title={checkMail.title} lead={email === undefined ? verify.byCode : undefined}>
      {email !== undefined && (
        <div>
          <p>{isUnverified ? checkMail.unverified : checkMail.sent}</p>
          <p className="address">{email}</p>
        </div>
      )}
      <p>{checkMail.act}</p>
      <CodeForm email={email} submit={checkMail.submit} onConfirmed={onConfirmed} />
      {email !== undefined && (
        <section className="aside">
          <h2>{checkMail.nothing}</h2>
          <p>{checkMail.nothingLead}</p>
          <ResendVerification email={email} isFresh={!isUnverified} />
          <p>
            {checkMail.wrong}{' '}
            <Link to="/account/sign-up" state={state}>
              {checkMail.change}
            </Link>
          </p>
        </section>
      )}
    </Page>
  )
}
