import { Link, useLocation, useNavigate } from 'react-router'
import { notify } from '../feedback/notices.tsx'
import { Page } from '../layout/page.tsx'
import { CodeForm } from '../mail-links/code-form.tsx'
import { ResendVerification } from '../mail-links/resend-verification.tsx'
import { queryClient } from '../query-client.ts'
import { useAccount } from '../session/gate.tsx'
import { handedOn } from '../session/handed-on.ts'
import { accountKey } from '../session/session.ts'
import { useTexts } from '../texts/language.tsx'

/** After the change was asked for; or later, when its address is no longer at hand. */
export function ConfirmEmail() {
  const texts = useTexts()
  const navigate = useNavigate()
  const { id } = useAccount()
  const { email } = handedOn(useLocation().state)
  const onConfirmed = () => {
    void queryClient.invalidateQueries({ queryKey: accountKey(id) })
    notify(texts.email.changed)
    void navigate('/account/email')
  }
  return (
    <Page title={texts.email.sentTitle} lead={email === undefined ? texts.email.byCode : undefined}>
      <section className="card">
        {email !== undefined && (
          <>
            <div>
              <p>{texts.email.sent}</p>
              <p className="address">{email}</p>
            </div>
            <p>{texts.email.act}</p>
          </>
        )}
        <CodeForm isNew email={email} submit={texts.email.confirm} onConfirmed={onConfirmed} />
      </section>
      <section className="aside">
        <h2>{texts.checkMail.nothing}</h2>
        <p>{texts.checkMail.nothingLead}</p>
        {email !== undefined && <ResendVerification email={email} isFresh />}
        <p>
          {texts.checkMail.wrong} <Link to="/account/email">{texts.email.other}</Link>
        </p>
      </section>
    </Page>
  )
}
