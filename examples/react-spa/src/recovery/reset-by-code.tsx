import { ActForm } from '../forms/act-form.tsx'
import { CodeField, codeOf } from '../forms/code-field.tsx'
import { EmailField } from '../forms/email-field.tsx'
import { textOf } from '../forms/form-data.ts'
import { NewPasswordField } from '../forms/new-password-field.tsx'
import { personalWords } from '../forms/personal-words.ts'
import { UsernameHint } from '../forms/username-hint.tsx'
import { Page } from '../layout/page.tsx'
import { Resend } from '../mail-links/resend.tsx'
import { useTexts } from '../texts/language.tsx'
import { requestReset, resetPassword } from './reset.ts'

interface Props {
  /** That a mail has just gone to; asked for when it is not known. */
  email: string | undefined
  onDone(): void
}

export function ResetByCode({ email, onDone }: Props) {
  const { reset, checkMail } = useTexts()
  const send = async (data: FormData) => {
    const proof = { email: email ?? textOf(data, 'email'), code: codeOf(textOf(data, 'code')) }
    await resetPassword(proof, textOf(data, 'password'))
    onDone()
  }
  return (
    <Page title={reset.title} lead={email === undefined ? reset.byCode : reset.sent(email)}>
      <ActForm act={send} submit={reset.submit}>
        {email === undefined ? <EmailField /> : <UsernameHint email={email} />}
        <CodeField />
        <NewPasswordField personal={personalWords({ email })} />
        <p className="hint">{reset.consequences}</p>
      </ActForm>
      {email !== undefined && (
        <section className="aside">
          <h2>{checkMail.nothing}</h2>
          <p>{checkMail.nothingLead}</p>
          <Resend label={reset.again} done={reset.sent(email)} isFresh send={() => requestReset(email)} />
        </section>
      )}
    </Page>
  )
}
