import type { TestApp } from './app.ts'
import { createClient, createMember, passwords, registration } from './client.ts'
import { codeIn, tokenIn } from './mail.ts'

/** A mail with a link and a code, and what its code does. */
export interface Coded {
  /** Where the mail went. */
  email: string
  code: string
  token: string
  /** Whose tries a wrong code costs, and who gets the code. */
  accountEmail: string
}

/** Everything that carries a code: how one gets it, and where it is used. */
export const CODED = {
  registration: {
    path: '/verify-email',
    more: {},
    async start(app: TestApp, email: string): Promise<Coded> {
      await createClient(app.server).post('/register', registration(email))
      return await readCode(app, email)
    }
  },
  'changed address': {
    path: '/verify-email',
    more: {},
    async start(app: TestApp, email: string): Promise<Coded> {
      const member = await createMember(app)
      await member.put(`/${member.id}`, { email })
      return { ...(await readCode(app, email)), accountEmail: member.email }
    }
  },
  'password reset': {
    path: '/reset-password',
    more: passwords('a wholly new passphrase'),
    async start(app: TestApp, email: string): Promise<Coded> {
      await createMember(app, { email, login: false })
      await createClient(app.server).post('/forgot-password', { email })
      return await readCode(app, email)
    }
  }
} as const

/** Link and code of the newest mail to an address. */
export async function readCode(app: TestApp, email: string): Promise<Coded> {
  const mail = await app.mail.next(email)
  return { email, accountEmail: email, code: codeIn(mail), token: tokenIn(mail) }
}

/** The nth code that is not the right one. */
export function wrongCode(right: string, n = 1): string {
  return String((Number(right) + n) % 1e8).padStart(8, '0')
}
