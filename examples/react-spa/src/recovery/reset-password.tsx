import { useState } from 'react'
import { useLocation } from 'react-router'
import { ButtonLink } from '../controls/button.tsx'
import { Page } from '../layout/page.tsx'
import { dropLinkToken, linkToken } from '../mail-links/link-token.ts'
import { handedOn } from '../session/handed-on.ts'
import { useTexts } from '../texts/language.tsx'
import { ResetByCode } from './reset-by-code.tsx'
import { ResetByLink } from './reset-by-link.tsx'

/** Where the mail leads to; without a token the code from the mail will do. */
export function ResetPassword() {
  const { reset, session } = useTexts()
  const { state } = useLocation()
  const [token] = useState(() => linkToken('/account/reset-password'))
  const [stage, setStage] = useState<'open' | 'done' | 'dead'>('open')
  const finish = (end: 'done' | 'dead') => {
    dropLinkToken()
    setStage(end)
  }
  if (stage === 'done')
    return (
      <Page key="done" title={reset.done} lead={reset.doneLead}>
        <div className="actions">
          <ButtonLink to="/account/sign-in">{session.signIn}</ButtonLink>
        </div>
      </Page>
    )
  if (stage === 'dead')
    return (
      <Page key="dead" title={reset.dead} lead={reset.deadLead}>
        <div className="actions">
          <ButtonLink to="/account/forgot-password">{reset.newMail}</ButtonLink>
        </div>
      </Page>
    )
  return token === undefined ? (
    <ResetByCode email={handedOn(state).email} onDone={() => finish('done')} />
  ) : (
    <ResetByLink token={token} onDone={() => finish('done')} onDead={() => finish('dead')} />
  )
}
