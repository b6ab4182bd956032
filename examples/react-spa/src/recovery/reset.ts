import { ok } from 'guildhall/client'
import { client } from '../client.ts'

/** What shows that the mail was read. */
export type Proof = { token: string } | { email: string; code: string }

/** Sets a new password. It ends every session, the one of this browser, too. */
export async function resetPassword(proof: Proof, password: string): Promise<void> {
  await ok(client.api.POST('/accounts/reset-password', { body: { ...proof, password, confirmPassword: password } }))
  if (client.session.status === 'signedIn') await client.signOut().catch(() => {}) // if not now, the next request tells
}
