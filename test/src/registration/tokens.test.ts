import assert from 'node:assert/strict'
import { test } from 'node:test'
import { HOUR, SECOND } from '../../../src/clock.ts'
import { createTestApp } from '../../support/app.ts'
import { createClient, createMember, passwords, registration } from '../../support/client.ts'

// Stands still, so that expiry can be tested to the millisecond.
let now = new Date()
const app = await createTestApp({ VERIFY_TTL: '24h', RESET_TTL: '1h' }, { clock: () => now })
const client = createClient(app.server)
const advance = (ms: number) => {
  now = new Date(now.getTime() + ms)
}

async function start(email: string): Promise<string> {
  await client.post('/register', registration(email))
  return await app.mail.secret(email)
}

test('a link works until the last millisecond before VERIFY_TTL, and not at VERIFY_TTL', async () => {
  const early = await start('early@example.com')
  const late = await start('late@example.com')
  advance(24 * HOUR - 1)
  assert.equal((await client.post('/verify-email', { token: early })).status, 200)
  advance(1)
  const answer = await client.post('/verify-email', { token: late })
  assert.equal(answer.status, 401)
  assert.equal(answer.body.code, 'token_expired')
  assert.equal((await client.logIn('late@example.com')).body.code, 'email_not_verified')
})

test('after an expired link one registers again', async () => {
  const expired = await start('again@example.com')
  advance(25 * HOUR)
  const fresh = await start('again@example.com')
  assert.equal((await client.post('/verify-email', { token: expired })).body.code, 'token_expired')
  assert.equal((await client.post('/verify-email', { token: fresh })).status, 200)
  assert.equal((await client.post('/verify-email', { token: expired })).body.code, 'token_invalid')
})

test('a used link is calm until it would have expired, and invalid for ever after', async () => {
  const token = await start('used@example.com')
  assert.equal((await client.post('/verify-email', { token })).status, 200)
  advance(24 * HOUR - 1)
  assert.equal((await client.post('/verify-email', { token })).status, 200)
  advance(1)
  assert.equal((await client.post('/verify-email', { token })).body.code, 'token_invalid')
})

// ASVS V6.6.2
test('a link is good for its own purpose only', async () => {
  const verify = await start('purpose@example.com')
  const member = await createMember(app)
  await client.post('/forgot-password', { email: member.email })
  const reset = await app.mail.secret(member.email)
  await member.put(`/${member.id}`, { email: 'moved@example.com' })
  const change = await app.mail.secret('moved@example.com')

  for (const token of [verify, change]) {
    assert.equal((await client.post('/validate-reset-token', { token })).body.code, 'token_invalid')
    assert.equal((await client.post('/reset-password', { token, ...passwords() })).body.code, 'token_invalid')
  }
  assert.equal((await client.post('/verify-email', { token: reset })).body.code, 'token_invalid')
  // None of that used them up.
  assert.equal((await client.post('/verify-email', { token: verify })).status, 200)
  assert.equal((await client.post('/validate-reset-token', { token: reset })).status, 200)
  assert.equal((await client.post('/verify-email', { token: change })).status, 200)
})

test('what was never a link is refused alike: near misses, other types, unusual text', async () => {
  const token = await start('near@example.com')
  const flipped = `${token.slice(0, -1)}${token.endsWith('A') ? 'B' : 'A'}`
  for (const wrong of [flipped, token.toLowerCase(), `${token} `, ` ${token}`, `${token}=`, '\0', '\ud800', '%']) {
    const answer = await client.post('/verify-email', { token: wrong })
    assert.equal(answer.status, 401, JSON.stringify(wrong))
    assert.equal(answer.body.code, 'token_invalid')
  }
  for (const wrong of [7, true, null, [], [token], { token }, '', 'x'.repeat(201)]) {
    const faults = (await client.post('/verify-email', { token: wrong })).faults()
    assert.deepEqual(
      faults.map(({ path }) => path),
      ['/token'],
      JSON.stringify(wrong)
    )
  }
  assert.equal((await client.post('/verify-email', { token })).status, 200)
})

// ASVS V6.5.2
test('the secret is nowhere in the database', async () => {
  const token = await start('hashed@example.com')
  const rows = await app.db.selectFrom('one_time_tokens').selectAll().execute()
  const sent = await app.db.selectFrom('outbox').selectAll().execute()
  assert.ok(rows.length > 0 && sent.length > 0)
  const text = JSON.stringify([rows, sent], (_, value) =>
    value?.type === 'Buffer' ? Buffer.from(value.data).toString('latin1') : value
  )
  assert.ok(!text.includes(token))
  advance(SECOND)
})
