import { ok } from 'guildhall/client'
import { client } from '../client.ts'
import { lookAgain } from '../session/session.ts'

/** What shows that the mail was read. */
export type Proof = { token: string } | { email: string; code: string }

/** Asks for a mail with a link and a code. The answer is the same whether or not the address has an account. */
export async function requestReset(email: string): Promise<void> {
  await ok(client.api.POST('/accounts/forgot-password', { body: { email } }))
}

/** Sets a new password. It ends every session of the account, maybe the one of this browser. */
export async function resetPassword(proof: Proof, password: string): Promise<void> {
  await ok(client.api.POST('/accounts/reset-password', { body: { ...proof, password, confirmPassword: password } }))
  await lookAgain()
}
