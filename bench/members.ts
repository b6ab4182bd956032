import type { Ask } from './load.ts'

const PASSWORD = 'correct horse battery'

export interface BenchMember {
  id: string
  role: string
  token: string
  refreshToken: string
}

/** Signs a member up through the public door and logs in. */
export async function signUp(ask: Ask, email: string): Promise<BenchMember> {
  const names = { title: 'Mx', firstName: 'Test', lastName: 'Member' }
  await expect(
    ask('POST', '/accounts/register', {
      body: { ...names, email, password: PASSWORD, confirmPassword: PASSWORD, acceptTerms: true }
    })
  )
  await expect(ask('POST', '/accounts/verify-email', { body: { token: await mailedToken(ask, email) } }))
  const body = { email, password: PASSWORD, refreshTokenDelivery: 'body' }
  const { id, role, jwtToken, refreshToken } = JSON.parse(await expect(ask('POST', '/accounts/authenticate', { body })))
  return { id, role, token: jwtToken, refreshToken }
}

async function mailedToken(ask: Ask, email: string): Promise<string> {
  for (let wait = 0; wait < 200; wait++) {
    const { body } = await ask('GET', `/dev/mailbox.json?to=${email}`)
    const token = /token=([\w-]+)/.exec(body)?.[1]
    if (token) return token
    await new Promise(resolve => setTimeout(resolve, 50))
  }
  throw new Error(`no mail to ${email}`)
}

async function expect(reply: ReturnType<Ask>): Promise<string> {
  const { status, body } = await reply
  if (status !== 200) throw new Error(`${status} ${body}`)
  return body
}
