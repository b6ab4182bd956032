import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createTestApp } from '../../support/app.ts'
import { createClient, createMember, PASSWORD, registration } from '../../support/client.ts'

const app = await createTestApp()
const client = createClient(app.server)

async function register(email: string, more: Record<string, unknown> = {}) {
  const { status, body, headers, cookie } = await client.post('/register', registration(email, more))
  const { date: _, ratelimit, ...rest } = headers
  // Counts what this client asked before.
  return { status, body, headers: { ...rest, ratelimit: String(ratelimit).replace(/\d+/g, 'n') }, cookie }
}

// ASVS V6.3.8
test('the answer is the same for a new, an unverified and a taken address', async () => {
  await createMember(app, { email: 'taken@example.com' })
  const fresh = await register('fresh@example.com')
  assert.equal(fresh.status, 200)
  assert.deepEqual(Object.keys(fresh.body), ['message'])
  assert.equal(fresh.cookie, undefined)
  assert.deepEqual(await register('fresh@example.com'), fresh)
  assert.deepEqual(await register('taken@example.com'), fresh)
  assert.deepEqual(await register('TAKEN@Example.COM'), fresh)
})

// ASVS V2.3.1, V7.6.2
test('a new address gets a link to the client, and nothing can be done with the account before', async () => {
  await register('new@example.com')
  const { text, html, subject } = await app.mail.next('new@example.com')
  assert.equal(subject, 'Confirm your e-mail address')
  const link = /https:\/\/app\.example\.com\/account\/verify-email\?token=[\w-]{43}(?![\w-])/
  assert.match(text, link)
  assert.match(html, link)
  assert.equal((await client.logIn('new@example.com')).body.code, 'email_not_verified')
  assert.equal((await client.logIn('new@example.com', 'not the password')).body.code, 'invalid_credentials')
})

test('the owner of a taken address is told in a mail without a secret, and nothing about the account changes', async () => {
  const member = await createMember(app, { email: 'owner@example.com' })
  const before = await member.get(`/${member.id}`)
  await register('OWNER@example.com', { firstName: 'Mallory', password: 'the password of mallory' })
  await register('OWNER@example.com', {
    firstName: 'Mallory',
    password: 'the password of mallory',
    confirmPassword: 'the password of mallory'
  })
  const { text, html } = await app.mail.next('owner@example.com', /already have an account/)
  assert.doesNotMatch(text + html, /token=|Mallory/)
  assert.deepEqual((await member.get(`/${member.id}`)).body, before.body)
  assert.equal((await client.logIn('owner@example.com')).status, 200)
})

test('mail goes to the very domain that the canonical address names', async () => {
  for (const [typed, delivered] of [
    ['wide@ｅxample.com', 'wide@example.com'],
    ['umlaut@MÜNCHEN.example', 'umlaut@münchen.example'],
    ['stop@example。com', 'stop@example.com']
  ] as const) {
    assert.equal((await register(typed)).status, 200)
    assert.match(await app.mail.secret(delivered), /./)
  }
})

test('a body with faults names every one of them, and repeats none of the input', async () => {
  const answer = await client.post('/register', {
    title: '<b>',
    firstName: ' \u00a0 ',
    lastName: 'a\nb',
    email: '<script>@',
    password: 'short',
    confirmPassword: 'other',
    acceptTerms: false,
    isAdmin: true
  })
  assert.equal(answer.status, 400)
  assert.deepEqual(answer.body.errors, [
    { path: '/isAdmin', message: 'is not a recognised field' },
    { path: '/firstName', message: 'must not be blank or contain control characters' },
    { path: '/lastName', message: 'must not be blank or contain control characters' },
    { path: '/email', message: 'must be an e-mail address' },
    { path: '/confirmPassword', message: 'must be the same as password' },
    { path: '/acceptTerms', message: 'must be accepted' },
    { path: '/password', message: 'must be at least 8 characters long' }
  ])
  assert.doesNotMatch(JSON.stringify(answer.body), /script|<b>/)
})

// ASVS V1.2.2
test('links in mail begin with CLIENT_URL, its path included', async () => {
  for (const CLIENT_URL of ['https://example.com/club', 'https://example.com/club/']) {
    const guest = createClient(await app.another({ CLIENT_URL }))
    const email = `linked${CLIENT_URL.length}@example.com`
    await guest.post('/register', registration(email))
    const { text, html } = await app.mail.next(email)
    const [link, token] = /https:\S+token=([\w-]+)/.exec(text) ?? []
    assert.equal(link, `https://example.com/club/account/verify-email?token=${token}`)
    assert(html.includes(`href="${link}"`))
  }
})

// ASVS V1.3.12
test('a name of 15,000 characters is refused at once', async () => {
  const started = performance.now()
  const answer = await client.post(
    '/register',
    registration('long@example.com', { title: `${'x'.repeat(15_000)}\u0001` })
  )
  assert.equal(answer.status, 400)
  assert.ok(performance.now() - started < 1000, 'a pattern that tries every split takes seconds')
})

// ASVS V2.1.2, V2.2.3
test('password and confirmation are compared, and the same password logs in later', async () => {
  assert.equal((await register('pw@example.com', { confirmPassword: `${PASSWORD} ` })).status, 400)
  assert.equal((await register('pw@example.com')).status, 200)
  await client.post('/verify-email', { token: await app.mail.secret('pw@example.com') })
  assert.equal((await client.logIn('pw@example.com')).status, 200)
})
