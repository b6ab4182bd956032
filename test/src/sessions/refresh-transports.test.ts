import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createTestApp } from '../../support/app.ts'
import { createClient, createMember, PASSWORD } from '../../support/client.ts'
import { queriesOf } from '../../support/queries.ts'
import { newToken, present, sessionRow, signIn } from '../../support/sessions.ts'

const app = await createTestApp()
const { email } = await createMember(app)
const client = createClient(app.server)

// ASVS V3.3.4, V10.1.1
test('a login for the cookie shows no refresh token, a login for the body sets no cookie', async () => {
  for (const delivery of [{}, { refreshTokenDelivery: 'cookie' }]) {
    const answer = await createClient(app.server).post('/authenticate', { email, password: PASSWORD, ...delivery })
    assert.equal(typeof answer.cookie, 'string')
    assert(!('refreshToken' in answer.body))
  }
  const answer = await client.post('/authenticate', { email, password: PASSWORD, refreshTokenDelivery: 'body' })
  assert.equal(answer.headers['set-cookie'], undefined)
  assert.equal(typeof answer.body.refreshToken, 'string')
})

// ASVS V3.3.4
test('refreshing keeps to the transport of the login', async () => {
  const inCookie = await signIn(app, email)
  assert(!('refreshToken' in (await present(app, inCookie.refreshToken)).body))
  const inBody = await signIn(app, email, 'body')
  const answer = await present(app, inBody.refreshToken, 'body')
  assert.equal(answer.headers['set-cookie'], undefined)
  assert.equal(typeof answer.body.refreshToken, 'string')
})

// ASVS V3.3.4
test('these routes answer with tokens, and no others: what is said here of both transports is said of all', async () => {
  const { paths, components } = (await app.server.inject('/openapi.json')).json()
  const named = Object.entries(components.schemas).filter(([, schema]) =>
    /"(jwtToken|refreshToken)":/.test(JSON.stringify(schema))
  )
  const answers = Object.entries<Record<string, { responses: Record<string, unknown> }>>(paths).flatMap(
    ([path, methods]) =>
      Object.entries(methods)
        .filter(([, { responses }]) => named.some(([name]) => JSON.stringify(responses).includes(`/${name}"`)))
        .map(([method]) => `${method} ${path}`)
  )
  assert.deepEqual(answers, ['post /accounts/authenticate', 'post /accounts/refresh-token'])
})

// ASVS V3.3.4
for (const [own, other] of [
  ['cookie', 'body'],
  ['body', 'cookie']
] as const) {
  test(`a ${own} session cannot be used through the ${other}, and is none the worse for it`, async () => {
    const device = await signIn(app, email, own)
    const before = await sessionRow(app, device)
    const answer = await present(app, device.refreshToken, other)
    assert.equal(answer.status, 401)
    assert.equal(answer.body.code, 'token_invalid')
    assert.equal(answer.headers['set-cookie'], undefined)
    assert(!JSON.stringify(answer.body).includes('refreshToken'))
    assert.deepEqual(await sessionRow(app, device), before)
    newToken(await present(app, device.refreshToken, own))
  })
}

test('a token in the cookie and one in the body at once are refused, whoever they belong to', async () => {
  const [inCookie, inBody] = [await signIn(app, email), await signIn(app, email, 'body')]
  const headers = { cookie: `__Host-refresh=${inCookie.refreshToken}` }
  for (const refreshToken of [inBody.refreshToken, inCookie.refreshToken, 'x']) {
    for (const path of ['/refresh-token', '/revoke-token']) {
      const answer = await client.post(path, { refreshToken }, { headers })
      assert.equal(answer.status, 400, path)
      assert.equal(answer.body.code, 'ambiguous_token')
      assert.equal(answer.headers['set-cookie'], undefined)
    }
  }
  newToken(await present(app, inCookie.refreshToken))
  newToken(await present(app, inBody.refreshToken, 'body'))
})

test('without any token the answer is a calm 401', async () => {
  const answer = await createClient(app.server).post('/refresh-token')
  assert.equal(answer.status, 401)
  assert.equal(answer.body.code, 'authentication_required')
  assert.equal(answer.headers['set-cookie'], undefined)
})

test('what is not text never reaches a session', async () => {
  const device = await signIn(app, email, 'body')
  const odd: unknown[] = [0, 7, true, null, [], [device.refreshToken], {}, { $ne: '' }, '', 'x'.repeat(501)]
  for (const value of odd) {
    for (const [path, field] of [
      ['/refresh-token', 'refreshToken'],
      ['/revoke-token', 'refreshToken'],
      ['/revoke-token', 'token']
    ]) {
      const { queries, result } = await queriesOf(() => client.post(path ?? '', { [field ?? '']: value }))
      assert.deepEqual([result.status, queries.length], [400, 0], `${field}: ${JSON.stringify(value)}`)
    }
  }
  const headers = {
    'content-type': 'application/json',
    cookie: '__proto__=1; __Host-refresh=x; constructor=%E0%A4%A'
  }
  for (const body of [
    'null',
    '[]',
    '7',
    '"x"',
    '{',
    '{"__proto__":{}}',
    '{"constructor":{"prototype":{}}}',
    '{"other":1}'
  ]) {
    const answer = await client.post('/refresh-token', {}, { payload: body, headers })
    assert.equal(answer.status, 400, body)
  }
  // An empty body is none: then the cookie counts, which is no token.
  const { queries, result } = await queriesOf(() => client.post('/refresh-token', {}, { payload: '', headers }))
  assert.deepEqual([result.body.code, queries.length], ['token_invalid', 0])
  newToken(await present(app, device.refreshToken, 'body'))
})

test('a refused refresh neither sets nor clears a cookie', async () => {
  const suspended = await signIn(app, (await createMember(app)).email)
  await app.db
    .updateTable('accounts')
    .set({ suspended_at: app.now() })
    .where('id', '=', (await sessionRow(app, suspended)).account_id)
    .execute()
  const ended = await signIn(app, email)
  await client.post('/revoke-token', {}, { headers: { cookie: `__Host-refresh=${ended.refreshToken}` } })
  const inBody = await signIn(app, email, 'body')
  const refused = [suspended, ended, inBody].map(device => device.refreshToken)
  for (const token of [...refused, 'x', 'j:7', '7', '%', '%00', 'a'.repeat(139), 'a'.repeat(4000)]) {
    const answer = await present(app, token)
    assert.equal(answer.status, 401, token)
    assert.equal(answer.headers['set-cookie'], undefined)
  }
})
