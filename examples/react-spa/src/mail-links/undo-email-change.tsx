import { ApiError, ok } from 'guildhall/client'
import { useState } from 'react'
import { client } from '../client.ts'
import { ActForm } from '../forms/act-form.tsx'
import { Page } from '../layout/page.tsx'
import { lookAgain } from '../session/session.ts'
import { useTexts } from '../texts/language.tsx'
import { dropLinkToken, linkToken } from './link-token.ts'

/** For the owner of the old address, who may have lost the account to somebody else. */
export function UndoEmailChange() {
  const { undo, verify } = useTexts()
  const [token] = useState(() => linkToken('/account/undo-email-change'))
  const [state, setState] = useState<'open' | 'done' | 'dead'>('open')
  if (state === 'done') return <Page key="done" title={undo.done} lead={undo.doneLead} />
  if (state === 'dead') return <Page key="dead" title={undo.dead} lead={undo.deadLead} />
  if (token === undefined) return <Page key="incomplete" title={undo.incomplete} lead={undo.incompleteLead} />

  // Only on a click: programs that look into mail open links, and must not change anything by that.
  const restore = async () => {
    try {
      await ok(client.api.POST('/accounts/undo-email-change', { body: { token } }))
      dropLinkToken()
      setState('done')
      await lookAgain()
    } catch (error) {
      if (!(error instanceof ApiError) || error.status !== 401) throw error
      dropLinkToken()
      setState('dead')
    }
  }
  return (
    <Page key="open" title={undo.title} lead={undo.lead}>
      <ul className="consequences">
        {undo.consequences.map(consequence => (
          <li key={consequence}>{consequence}</li>
        ))}
      </ul>
      <ActForm act={restore} submit={undo.submit} words={{ email_taken: verify.taken }} />
    </Page>
  )
}
