import assert from 'node:assert/strict'
import { Writable } from 'node:stream'
import { after, test } from 'node:test'
import { createTestApp } from '../support/app.ts'
import { createClient, registration } from '../support/client.ts'
import { type Fate, startProxy } from '../support/proxy.ts'

let log = ''
const stream = new Writable({
  write(chunk, _, callback) {
    log += chunk
    callback()
  }
})
// Everything that anything says at any level.
const app = await createTestApp({}, { logger: { level: 'trace', stream } })
const proxy = await startProxy()
after(() => proxy.stop())

/** The lines about requests, as [method, path, status]. */
const requests = () =>
  log
    .split('\n')
    .filter(line => line !== '')
    .map(line => JSON.parse(line))
    .filter(line => line.msg === 'request')

/** That nothing of what must stay between client and server was logged. */
function assertSilent(secrets: Record<string, string | undefined>): void {
  for (const [name, secret] of Object.entries(secrets)) {
    assert(secret && secret.length >= 8, `${name} is a secret that a search would find`)
    assert(!log.includes(secret), `the log holds ${name}`)
  }
  assert.doesNotMatch(log, /authorization|cookie|bearer |\$argon2/i)
}

// ASVS V16.2.1, V16.2.4, V16.3.2
test('each request is one line of method, path without its query, status, time and address', async () => {
  log = ''
  const client = createClient(app.server)
  await client.get('?q=searched-by-an-admin&cursor=where-it-was')
  await client.get('//account/verify-email?token=opened-at-the-wrong-host')
  await client.get('//%zz?token=not-even-a-path')
  await client.post('/authenticate', { email: 'nobody@example.com', password: 'x' })
  assert.deepEqual(
    requests().map(({ method, path, status }) => [method, path, status]),
    [
      ['GET', '/accounts', 401],
      ['GET', '/account/verify-email', 404],
      ['POST', '/accounts/authenticate', 401]
    ]
  )
  for (const { ms, ip, reqId } of requests()) {
    assert(Number.isInteger(ms))
    assert.equal(ip, '127.0.0.1')
    assert.equal(typeof reqId, 'string')
  }
  assertSilent({ q: 'searched-by', cursor: 'where-it-was', token: 'opened-at-the', malformed: 'not-even-a-path' })
})

// ASVS V1.3.10, V16.4.1
test('what looks like a format, or like the end of a line, is logged as it came', async () => {
  log = ''
  const client = createClient(app.server)
  const paths = ['//%25s%25o%25j%25d', '//%0a%7b%22level%22:60%7d', '//%1b[31m', '//%e2%80%a8x']
  for (const path of paths) await client.get(path)
  assert.deepEqual(
    requests().map(({ path }) => path),
    paths.map(path => path.slice(1))
  )
})

test('a token that stands in the path by mistake is not logged, ids are', async () => {
  log = ''
  const [token, id] = ['t0ken'.repeat(9), '0199d6a0-5f2b-7c41-9a3e-8d6b1f0c2e47']
  await createClient(app.server).get(`/verify-email/${token}`)
  await createClient(app.server).get(`/${id}`)
  assert.deepEqual(
    requests().map(({ path }) => path),
    ['/accounts/verify-email/…', `/accounts/${id}`]
  )
  assertSilent({ token })
})

test('percent signs hide neither a token nor an address, and no control character reaches the log', async () => {
  log = ''
  const [half, address] = ['h4lf'.repeat(6), 'by.mistake%40example.com']
  const client = createClient(app.server)
  await client.get(`/verify-email/${half}%2d${half}`)
  await client.get(`/${address}`)
  await client.post('/forgot-password', {}, { headers: { origin: 'https://\x9b31m.example' } })
  assert.deepEqual(
    requests().map(({ path }) => path),
    ['/accounts/verify-email/…', '…', '/accounts/forgot-password']
  )
  assertSilent({ half, address })
  assert.match(log, /https:..\?31m.example/)
})

// ASVS V14.2.1, V14.2.4, V16.2.5
test('no password and no token of a member’s life reaches the log', async () => {
  log = ''
  const email = 'logged@example.com'
  const passwords = { first: 'the first password', wrong: 'not the password', second: 'the second password' }
  const { first, second } = passwords
  const member = createClient(app.server)
  await member.post('/register', registration(email, { password: first, confirmPassword: first }))
  await member.post('/register', registration('short', { password: 'pass1234', confirmPassword: 'other5678' }))
  const verification = await app.mail.secret(email)
  await member.post('/verify-email', { token: verification })
  await member.post('/verify-email', { token: verification })
  await member.logIn(email, passwords.wrong)
  await member.logIn(email, first)
  const [cookie, jwt] = [member.cookie, member.token]
  await member.get(`/${member.id}`)
  await member.put(`/${member.id}`, { password: second, confirmPassword: second })
  await app.mail.next(email) // of the change
  await member.refresh()
  await member.post('/forgot-password', { email })
  const reset = await app.mail.secret(email)
  await member.post('/validate-reset-token', { token: reset })
  await member.post('/reset-password', { token: reset, password: first, confirmPassword: first })
  const { body: mobile } = await createClient(app.server).post('/authenticate', {
    email,
    password: first,
    refreshTokenDelivery: 'body'
  })
  await member.post('/refresh-token', { refreshToken: mobile.refreshToken })
  await member.post('/revoke-token', { refreshToken: mobile.refreshToken })
  await member.request('POST', '/authenticate', undefined, {
    payload: `{"password":"${first}`,
    headers: { 'content-type': 'application/json' }
  })
  assert(requests().length > 12)
  assertSilent({
    ...passwords,
    refused: 'pass1234',
    confirmation: 'other5678',
    verification,
    reset,
    cookie,
    jwt,
    newJwt: member.token,
    refreshToken: mobile.refreshToken,
    mobileJwt: mobile.jwtToken
  })
})

test('the address is that of the audit trail: without a port, and nothing that is no address', async () => {
  const behindProxy = await app.another({ TRUST_PROXY: '1' })
  for (const [from, ip] of [
    ['203.0.113.7', '203.0.113.7'],
    ['203.0.113.7:4711', '203.0.113.7'],
    ['[2001:db8::1]:4711', '2001:db8::1'],
    ['anything <script>', '']
  ] as const) {
    log = ''
    await behindProxy.inject({ url: '/hello', headers: { 'x-forwarded-for': from } })
    assert.deepEqual(
      requests().map(line => line.ip),
      [ip],
      from
    )
  }
})

// What a request was about when the database failed under it.
const fates: Record<string, Fate> = {
  'an error that nobody expected': { errno: 1030 },
  'a server that is read only': { errno: 1290 }
}
for (const [what, fate] of Object.entries(fates)) {
  // ASVS V16.2.5, V16.3.4
  test(`a database that answers with ${what} is logged without the values of the statement`, async () => {
    const server = await app.another({ DATABASE_URL: proxy.url(app.database.name) })
    log = ''
    proxy.fate = sql => (/insert into `accounts`/.test(sql) ? fate : 'forward')
    const email = 'unlucky@example.com'
    const { status } = await createClient(server).post('/register', registration(email))
    await proxy.heal()
    await server.close()
    assert(status >= 500)
    assert.match(log, /"msg":"request failed"/)
    assertSilent({ email })
  })
}
