import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createTestApp } from '../../support/app.ts'
import { createClient, createMember, registration } from '../../support/client.ts'
import { setAccount } from '../../support/rows.ts'

const app = await createTestApp()
const client = createClient(app.server)

async function forgot(email: unknown) {
  const { status, body, headers, cookie } = await client.post('/forgot-password', { email })
  const { date: _, ratelimit, ...rest } = headers
  // Counts what this client asked before.
  return { status, body, headers: { ...rest, ratelimit: String(ratelimit).replace(/\d+/g, 'n') }, cookie }
}

// ASVS V6.3.8
test('the answer is the same for a known, an unverified, a suspended and an unknown address', async () => {
  const known = await createMember(app)
  const suspended = await createMember(app)
  await setAccount(app, suspended.email, { suspended_at: app.now() })
  await client.post('/register', registration('unverified@example.com'))
  const answer = await forgot('nobody@example.com')
  assert.equal(answer.status, 200)
  assert.deepEqual(Object.keys(answer.body), ['message'])
  for (const email of [known.email, known.email.toUpperCase(), suspended.email, 'unverified@example.com']) {
    assert.deepEqual(await forgot(email), answer)
  }
})

test('both leave the same rows behind: one token, one mail, one event', async () => {
  const { email } = await createMember(app)
  const count = async () => {
    const tables = ['one_time_tokens', 'outbox', 'audit_events'] as const
    return await Promise.all(tables.map(async table => (await app.db.selectFrom(table).selectAll().execute()).length))
  }
  const difference = async (address: string) => {
    const before = await count()
    await forgot(address)
    return (await count()).map((rows, i) => rows - (before[i] ?? 0))
  }
  assert.deepEqual(await difference(email), [1, 1, 1])
  assert.deepEqual(await difference('nobody.at.all@example.com'), [1, 1, 1])
})

test('a member gets a link to the client; for an unknown address nothing is sent', async () => {
  const { email } = await createMember(app)
  await forgot('stranger@example.com')
  await forgot(email)
  const { text } = await app.mail.next(email, /Reset your password/)
  assert.match(text, /https:\/\/app\.example\.com\/account\/reset-password\?token=[\w-]{43}(?![\w-])/)
  assert.deepEqual(
    app.mail.received.filter(({ to }) => to === '' || to === 'stranger@example.com'),
    []
  )
})

test('mail goes to the address as it is stored, however it was asked for', async () => {
  await createMember(app, { email: 'Mixed.Case@Example.com' })
  await forgot('mixed.case@EXAMPLE.com')
  assert.equal((await app.mail.next('Mixed.Case@Example.com', /Reset your/)).to.split('@')[0], 'Mixed.Case')
})

test('asking changes nothing: sessions and password stay', async () => {
  const member = await createMember(app)
  await forgot(member.email)
  assert.equal((await member.get(`/${member.id}`)).status, 200)
  assert.equal((await client.logIn(member.email)).status, 200)
})

test('what is no address is refused by name', async () => {
  for (const email of [
    '',
    'ada',
    'ada@example',
    '"a"@example.com',
    'a@[127.0.0.1]',
    'ada@example.com\r\n',
    7,
    null,
    ['a@b.cd'],
    {}
  ]) {
    const faults = (await client.post('/forgot-password', { email })).faults()
    assert.deepEqual(
      faults.map(({ path }) => path),
      ['/email'],
      JSON.stringify(email)
    )
  }
})
