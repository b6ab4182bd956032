import { ok } from 'guildhall/client'
import { client } from '../client.ts'
import { useTexts } from '../texts/language.tsx'
import { Resend } from './resend.tsx'

/** Another mail for an address that waits for its confirmation. */
export function ResendVerification({ email, isFresh }: { email: string; isFresh: boolean }) {
  const { checkMail } = useTexts()
  return (
    <Resend label={checkMail.resend} done={checkMail.resent} isFresh={isFresh} send={() => resendVerification(email)} />
  )
}

export async function resendVerification(email: string): Promise<void> {
  await ok(client.api.POST('/accounts/resend-verification', { body: { email } }))
}
