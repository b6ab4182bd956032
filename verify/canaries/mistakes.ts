import { createClient, type Door, passwords, registration } from '../../test/support/client.ts'
import { forgeAccessTokens } from '../../test/support/forgeries.ts'
import type { Nest } from './nest.ts'

/** Secrets where they do not belong: what clients get wrong, and what strangers try. */
export async function misplaceCanaries(door: Door, { hatch }: Nest): Promise<void> {
  const client = createClient(door)
  const token = (kind: string) => hatch(kind, 'nowhere', unique => unique.padEnd(43, 'x'))
  const json = { 'content-type': 'application/json' }
  await client.get(`//hello?password=${hatch('password in a query', 'nowhere', unique => `p${unique}`)}`)
  await client.get(`//account/reset-password?token=${token('link opened')}`)
  await client.get(`/verify-email/${token('link in a path, as a segment')}`)
  await client.post(`/verify-email?token=${token('link in the query of a POST')}`, {})
  await client.get(`/%E0%A4%A/${token('link in a path that is no URL')}`)
  await client.post('/verify-email', { token: token('unknown link') })
  await client.post('/validate-reset-token', { token: token('unknown link of a reset') })
  await client.post('/reset-password', {
    token: token('unknown link with a password'),
    ...passwords(hatch('password for an unknown link'))
  })
  await client.post('/authenticate', { email: hatch('password as an address'), password: 'x' })
  await client.post('/authenticate', { email: 'x', password: { it: hatch('password in an object') } })
  await client.post('/register', registration('x', passwords(hatch('password of a refused registration'))))
  await client.post(
    '/register',
    registration('x@example.com', passwords(hatch('password, once'), hatch('password, and another')))
  )
  await client.post('/authenticate', undefined, {
    payload: `{"password":"${hatch('password in a broken body')}"`,
    headers: json
  })
  await client.post('/authenticate', undefined, {
    payload: `password=${hatch('password in a form', 'nowhere', unique => unique)}`,
    headers: { 'content-type': 'application/x-www-form-urlencoded' }
  })
  await client.post('/authenticate', undefined, {
    payload: `{"__proto__":"${hatch('password in a poisoned body')}"}`,
    headers: json
  })
  await client.post('/refresh-token', { refreshToken: token('unknown refresh token') })
  await client.post('/refresh-token', {}, { headers: { cookie: `__Host-refresh=${token('unknown refresh cookie')}` } })
  await client.post(
    '/refresh-token',
    { refreshToken: token('a token in the body') },
    { headers: { cookie: `__Host-refresh=${token('and another in the cookie')}` } }
  )
  await client.post('/revoke-token', { token: token('unknown token to revoke') })
  await client.get('/', { headers: { authorization: `Basic ${token('basic credentials')}` } })
  await client.get('/', { headers: { authorization: `Bearer ${token('bearer that is no token')}` } })
  await client.get('/', { headers: { 'x-api-key': token('key in another header') } })
  await client.get('/', { headers: { cookie: `other=${token('cookie of somebody else')}` } })
  await client.get('//hello', { headers: { referer: `https://app.example.com/?token=${token('link in a referer')}` } })
}

/** Forged access tokens are logged no more than honest ones. */
export async function forgeCanaries(
  door: Door,
  { watch }: Nest,
  jwt: string,
  keys: readonly [string, string]
): Promise<void> {
  for (const [what, token] of Object.entries(forgeAccessTokens(jwt, keys)).slice(0, 10)) {
    watch(`forged token (${what})`, token.split('.')[1])
    await createClient(door).get('/', { headers: { authorization: `Bearer ${token}` } })
  }
}
