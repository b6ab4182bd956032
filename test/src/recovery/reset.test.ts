import assert from 'node:assert/strict'
import { test } from 'node:test'
import { HOUR, MINUTE } from '../../../src/clock.ts'
import { createTestApp } from '../../support/app.ts'
import { createClient, createMember, PASSWORD, passwords, registration } from '../../support/client.ts'
import { accountRow, setAccount } from '../../support/rows.ts'

let now = new Date()
const app = await createTestApp({ RESET_TTL: '1h' }, { clock: () => now })
const client = createClient(app.server)

const NEW = 'a wholly new passphrase'

async function forgot(email: string): Promise<string> {
  await client.post('/forgot-password', { email })
  return await app.mail.secret(email, /Reset your password/)
}

// ASVS V6.4.3, V7.4.3
test('a reset ends every session of the member, and of nobody else', async () => {
  const member = await createMember(app)
  const second = createClient(app.server)
  await second.logIn(member.email)
  const bystander = await createMember(app)
  const token = await forgot(member.email)
  assert.equal((await client.post('/reset-password', { token, ...passwords(NEW) })).status, 200)
  for (const device of [member, second]) {
    assert.equal((await device.get(`/${member.id}`)).body.code, 'session_revoked')
    assert.equal((await device.refresh()).body.code, 'session_revoked')
  }
  assert.equal((await bystander.get(`/${bystander.id}`)).status, 200)
  assert.equal((await client.logIn(member.email, PASSWORD)).status, 401)
  const login = await client.logIn(member.email, NEW)
  assert.equal(login.status, 200)
  assert.equal(login.body.updated, now.toISOString())
  assert.match((await app.mail.next(member.email, /password was changed/)).text, /password/)
})

// ASVS V6.3.6, V7.6.2
test('a link proves an address and no more: whoever used one must sign in', async () => {
  const email = 'proof@example.com'
  await client.post('/register', registration(email))
  const verified = await client.post('/verify-email', { token: await app.mail.secret(email) })
  const reset = await client.post('/reset-password', { token: await forgot(email), ...passwords(NEW) })
  for (const { status, body, cookie } of [verified, reset])
    assert.deepEqual([status, Object.keys(body), cookie], [200, ['message'], undefined])
  const id = (await accountRow(app, email)).id
  assert.deepEqual(await app.db.selectFrom('sessions').select('id').where('account_id', '=', id).execute(), [])
})

test('a reset ends every other link of the member, and of nobody else', async () => {
  const member = await createMember(app)
  const bystander = await createMember(app)
  const theirs = await forgot(bystander.email)
  const first = await forgot(member.email)
  await member.put(`/${member.id}`, { email: 'elsewhere@example.com' })
  const change = await app.mail.secret('elsewhere@example.com')
  const second = await forgot(member.email)
  assert.equal((await client.post('/reset-password', { token: second, ...passwords(NEW) })).status, 200)
  for (const token of [first, second]) {
    assert.equal((await client.post('/validate-reset-token', { token })).body.code, 'token_invalid')
    assert.equal((await client.post('/reset-password', { token, ...passwords(NEW) })).body.code, 'token_invalid')
  }
  assert.equal((await client.post('/verify-email', { token: change })).body.code, 'token_invalid')
  assert.equal((await client.post('/validate-reset-token', { token: theirs })).status, 200)
})

test('a reset verifies the address, and the link of the registration is dead', async () => {
  const email = 'unverified@example.com'
  await client.post('/register', registration(email))
  const verify = await app.mail.secret(email)
  const token = await forgot(email)
  await client.post('/reset-password', { token, ...passwords(NEW) })
  const login = await client.logIn(email, NEW)
  assert.equal(login.body.isVerified, true)
  assert.equal((await client.post('/verify-email', { token: verify })).body.code, 'token_invalid')
  assert.equal((await client.logIn(email, NEW)).status, 200)
})

test('looking at a link does not use it, and it works until the last millisecond before RESET_TTL', async () => {
  const [early, late] = [await createMember(app), await createMember(app)]
  const works = await forgot(early.email)
  const token = await forgot(late.email)
  now = new Date(now.getTime() + HOUR - 1)
  for (let i = 0; i < 3; i++) assert.equal((await client.post('/validate-reset-token', { token: works })).status, 200)
  assert.equal((await client.post('/reset-password', { token: works, ...passwords(NEW) })).status, 200)
  now = new Date(now.getTime() + 1)
  assert.equal((await client.post('/validate-reset-token', { token })).body.code, 'token_expired')
  const answer = await client.post('/reset-password', { token, ...passwords(NEW) })
  assert.equal(answer.status, 401)
  assert.equal(answer.body.code, 'token_expired')
  assert.equal((await client.logIn(late.email)).status, 200)
})

test('a weak password is refused by name and leaves link, password and sessions as they are', async () => {
  const member = await createMember(app)
  const token = await forgot(member.email)
  for (const weak of ['short', 'password1', 'Lovelace1', member.email, 'x'.repeat(257), ' '.repeat(7)]) {
    const answer = await client.post('/reset-password', { token, ...passwords(weak) })
    assert.ok(
      answer.faults().some(({ path }) => path === '/password'),
      weak
    )
    assert.ok(!JSON.stringify(answer.body).includes(weak.trim() || '       '))
  }
  const unequal = await client.post('/reset-password', { token, ...passwords(NEW, `${NEW}!`) })
  assert.deepEqual(unequal.body.errors, [{ path: '/confirmPassword', message: 'must be the same as password' }])
  assert.equal((await member.get(`/${member.id}`)).status, 200)
  assert.equal((await client.post('/reset-password', { token, ...passwords(NEW) })).status, 200)
})

test('a suspended member resets nothing: a link works before the suspension, and when that is over', async () => {
  const { email } = await createMember(app)
  const token = await forgot(email)
  await setAccount(app, email, { suspended_at: now, suspended_until: new Date(now.getTime() + MINUTE) })
  assert.equal((await client.post('/reset-password', { token, ...passwords(NEW) })).body.code, 'token_invalid')
  now = new Date(now.getTime() + MINUTE)
  assert.equal((await client.logIn(email, NEW)).body.code, 'invalid_credentials')
  assert.equal((await client.post('/reset-password', { token, ...passwords(NEW) })).status, 200)
  assert.equal((await client.logIn(email, NEW)).status, 200)
})

test('the link of a member who was deleted is dead', async () => {
  const member = await createMember(app)
  const token = await forgot(member.email)
  await member.delete(`/${member.id}`)
  assert.equal((await client.post('/reset-password', { token, ...passwords(NEW) })).body.code, 'token_invalid')
})
