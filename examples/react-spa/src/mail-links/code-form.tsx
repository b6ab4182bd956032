import { ok } from 'guildhall/client'
import { client } from '../client.ts'
import { ActForm } from '../forms/act-form.tsx'
import { CodeField, codeOf } from '../forms/code-field.tsx'
import { EmailField } from '../forms/email-field.tsx'
import { textOf } from '../forms/form-data.ts'
import { useTexts } from '../texts/language.tsx'

interface Props {
  /** Asked for when it is not known. */
  email: string | undefined
  /** Whether it is to become the address of a member who has another one. */
  isNew?: boolean
  submit: string
  onConfirmed(email: string): void
}

/** Confirms an address by the code from the mail, for whoever reads mail on another device. */
export function CodeForm({ email, isNew = false, submit, onConfirmed }: Props) {
  const { fields, verify } = useTexts()
  const confirm = async (data: FormData) => {
    const address = email ?? textOf(data, 'email')
    await ok(
      client.api.POST('/accounts/verify-email', { body: { email: address, code: codeOf(textOf(data, 'code')) } })
    )
    onConfirmed(address)
  }
  return (
    <ActForm act={confirm} submit={submit} words={{ email_taken: verify.taken }}>
      {email === undefined && <EmailField isNew={isNew} label={isNew ? fields.newEmail : undefined} />}
      <CodeField />
    </ActForm>
  )
}
