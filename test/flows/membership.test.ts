import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createTestApp } from '../support/app.ts'
import { createClient, PASSWORD, registration } from '../support/client.ts'

const app = await createTestApp({ RATE_LIMIT: 'on' })

test('a member signs up, verifies, logs in, refreshes, recovers a password and leaves', async () => {
  const ada = createClient(app.server)
  const email = 'Ada.Lovelace@Example.com'
  assert.equal((await ada.post('/register', registration(email))).status, 200)
  assert.equal((await ada.logIn(email)).body.code, 'email_not_verified')

  const verification = await app.mail.secret(email)
  assert.equal((await ada.post('/verify-email', { token: verification })).status, 200)
  assert.equal((await ada.post('/verify-email', { token: verification })).status, 200, 'a second click is calm')

  const login = await ada.logIn('ada.lovelace@example.COM')
  assert.equal(login.status, 200)
  assert.deepEqual(
    {
      ...login.body,
      jwtToken: typeof login.body.jwtToken,
      id: typeof login.body.id,
      created: typeof login.body.created
    },
    {
      id: 'string',
      title: 'Ms',
      firstName: 'Ada',
      lastName: 'Lovelace',
      email,
      role: 'User',
      created: 'string',
      updated: null,
      isVerified: true,
      jwtToken: 'string'
    }
  )
  assert.equal((await ada.get(`/${ada.id}`)).status, 200)
  const refreshed = await ada.refresh()
  assert.equal(refreshed.status, 200)
  assert.equal(refreshed.body.id, ada.id)

  assert.equal((await ada.post('/forgot-password', { email })).status, 200)
  const reset = await app.mail.secret(email)
  assert.equal((await ada.post('/validate-reset-token', { token: reset })).status, 200)
  const newPassword = 'another long passphrase'
  assert.equal(
    (await ada.post('/reset-password', { token: reset, password: newPassword, confirmPassword: newPassword })).status,
    200
  )
  assert.equal((await ada.get(`/${ada.id}`)).body.code, 'session_revoked')
  assert.equal((await ada.logIn(email, PASSWORD)).body.code, 'invalid_credentials')
  assert.equal((await ada.logIn(email, newPassword)).status, 200)

  assert.equal((await ada.put(`/${ada.id}`, { firstName: 'Augusta', lastName: '' })).body.firstName, 'Augusta')
  assert.equal((await ada.delete(`/${ada.id}`)).status, 200)
  assert.equal((await ada.logIn(email, newPassword)).body.code, 'invalid_credentials')
})

test('a member who reads mail on another device signs up and recovers a password by codes', async () => {
  const grace = createClient(app.server)
  const email = 'grace@example.com'
  await grace.post('/register', registration(email))
  await app.mail.next(email)
  await grace.post('/resend-verification', { email })
  const verification = await app.mail.code(email)
  assert.equal((await grace.post('/verify-email', { email, code: verification })).status, 200)
  assert.equal((await grace.logIn(email)).status, 200)
  await grace.post('/forgot-password', { email })
  const code = await app.mail.code(email)
  assert.equal((await grace.post('/validate-reset-token', { email, code })).status, 200)
  const password = 'another long passphrase'
  assert.equal((await grace.post('/reset-password', { email, code, password, confirmPassword: password })).status, 200)
  assert.equal((await grace.logIn(email, password)).status, 200)
})
