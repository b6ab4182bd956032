import { MINUTE } from '../../src/clock.ts'
import type { TestApp } from '../../test/support/app.ts'
import { type Client, createClient, type Door, passwords, registration } from '../../test/support/client.ts'
import { setAccount } from '../../test/support/rows.ts'
import { present } from '../../test/support/sessions.ts'
import type { Nest } from './nest.ts'

/** A member's and an Admin's life, whole, with canaries in all that is secret. @param door where its requests go */
export async function liveWithCanaries(app: TestApp, door: Door, nest: Nest): Promise<void> {
  const { hatch, watch } = nest
  const client = createClient(door)
  const email = hatch('address of a member', 'database', unique => `m${unique}@example.com`)
  const password = hatch('password of a registration')
  await client.post(
    '/register',
    registration(email, {
      ...passwords(hatch('password of an older registration')),
      firstName: hatch('name of an older registration', 'database')
    })
  )
  const older = await app.mail.secret(email)
  watch('link of an older registration', older)
  await client.post(
    '/register',
    registration(email, { ...passwords(password), lastName: hatch('name of a member', 'database') })
  )
  const link = await app.mail.secret(email)
  watch('link of a registration', link)
  await client.post('/authenticate', { email, password }) // not verified yet
  await client.post('/verify-email', { token: link })
  await client.post('/verify-email', { token: link }) // used
  await client.post('/register', registration(email, passwords(hatch('password of a registration that is known'))))

  await client.post('/authenticate', { email, password: hatch('wrong password') })
  await client.post('/authenticate', {
    email: hatch('unknown address at login', 'nowhere', unique => `u${unique}@example.com`),
    password: hatch('password of nobody')
  })
  watch('access token', (await client.logIn(email, password)).body.jwtToken)
  const first = client.cookie
  watch('refresh cookie', first)
  await client.refresh()
  watch('rotated refresh cookie', client.cookie)
  watch('access token of a refresh', client.token)
  const body = (await client.post('/authenticate', { email, password, refreshTokenDelivery: 'body' })).body.refreshToken
  watch('refresh token in a body', body)
  const rotated = (await present({ server: door }, body ?? '', 'body')).body.refreshToken
  watch('rotated refresh token in a body', rotated)
  await changeEverything(app, client, nest, { email, password })
  await recover(app, client, nest, client.email)
  await actAsAdmin(app, door, nest)
  app.advance(MINUTE)
  if (first) await present({ server: door }, first) // its session has ended
  await client.post('/revoke-token', { refreshToken: rotated })
  app.advance(16 * MINUTE)
  await client.get(`/${client.id}`) // an expired access token
}

async function changeEverything(
  app: TestApp,
  client: Client,
  { hatch, watch }: Nest,
  { email, password }: { email: string; password: string }
): Promise<void> {
  const path = `/${client.id}`
  await client.put(path, { firstName: hatch('changed name', 'database') })
  await client.put(path, passwords(hatch('changed password')))
  await client.put(path, passwords(hatch('changed password, once'), hatch('changed password, and another')))
  const next = hatch('next address', 'database', unique => `n${unique}@example.com`)
  await client.put(path, { email: next })
  const link = await app.mail.secret(next)
  watch('link to a next address', link)
  await client.post('/verify-email', { token: link })
  client.email = next
  await client.post('/authenticate', { email, password }) // neither is any more
}

async function recover(app: TestApp, client: Client, { hatch, watch }: Nest, email: string): Promise<void> {
  await client.post('/forgot-password', {
    email: hatch('unknown address of a reset', 'nowhere', unique => `f${unique}@example.com`)
  })
  await client.post('/forgot-password', { email })
  const token = await app.mail.secret(email, /reset/i)
  watch('link of a reset', token)
  await client.post('/validate-reset-token', { token })
  await client.post('/reset-password', {
    token,
    ...passwords(
      hatch('refused password of a reset', 'nowhere', unique => `${unique}${email}`),
      'another'
    )
  })
  const password = hatch('password of a reset')
  await client.post('/reset-password', { token, ...passwords(password) })
  await client.post('/reset-password', { token, ...passwords(hatch('password of a used reset')) })
  watch('access token after a reset', (await client.logIn(email, password)).body.jwtToken)
  watch('refresh cookie after a reset', client.cookie)
}

async function actAsAdmin(app: TestApp, door: Door, { hatch, watch }: Nest): Promise<void> {
  const admin = createClient(door)
  const email = hatch('address of an Admin', 'database', unique => `a${unique}@example.com`)
  const password = hatch('password of an Admin')
  await admin.post('/register', registration(email, passwords(password)))
  await admin.post('/verify-email', { token: await app.mail.secret(email) })
  await setAccount(app, email, { role: 'Admin' })
  await admin.logIn(email, password)
  const other = hatch('address of a created account', 'database', unique => `c${unique}@example.com`)
  const { acceptTerms: _, ...created } = registration(other, {
    ...passwords(hatch('password of a created account')),
    role: 'User'
  })
  const { id } = (await admin.post('/', created)).body
  await admin.post('/', created) // taken
  await admin.get(`/?q=${hatch('what an Admin searches for', 'nowhere', unique => `q${unique}`)}`)
  watch('cursor', /cursor=([\w-]+)/.exec(String((await admin.get('/?limit=1')).headers.link))?.[1])
  await admin.put(`/${id}`, passwords(hatch('password that an Admin sets')))
  await admin.put(`/${id}`, {
    email: hatch('address that an Admin sets', 'database', unique => `s${unique}@example.com`)
  })
  await admin.delete(`/${id}`)
}
