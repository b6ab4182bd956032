import assert from 'node:assert/strict'
import { test } from 'node:test'
import { HOUR, MINUTE } from '../../src/clock.ts'
import { idToText } from '../../src/ids.ts'
import { generateSigningKey, readSigningKeys } from '../../src/tokens/signing-keys.ts'
import { createTestApp } from '../support/app.ts'
import { createClient, createMember } from '../support/client.ts'
import { queriesOf } from '../support/queries.ts'
import { claimsOf, newToken, present, sessionRow, signIn, useAccess } from '../support/sessions.ts'

const app = await createTestApp()
const { email, id } = await createMember(app)
const [signingKey] = readSigningKeys(app.config.JWT_PRIVATE_KEYS ?? '')
assert(signingKey)

test('the claims are those of RFC 9068 and of the session, in ASCII that plain atob decodes', async () => {
  const device = await signIn(app, email)
  const [header = '', payload = ''] = device.jwt.split('.')
  assert.deepEqual(JSON.parse(Buffer.from(header, 'base64url').toString()), {
    alg: 'ES256',
    typ: 'at+jwt',
    kid: signingKey.kid
  })
  assert.doesNotMatch(payload, /[-_]/, 'atob knows neither')
  const { iat, exp, jti, auth_time, ...claims } = claimsOf(device.jwt)
  assert.deepEqual(claims, {
    iss: 'http://localhost:3000',
    aud: 'http://localhost:3000',
    client_id: 'guildhall',
    sub: id,
    sid: idToText(device.sessionId),
    gen: 0,
    role: 'User'
  })
  assert.match(jti, /^[0-9a-f-]{36}$/)
  assert.equal(exp - iat, 15 * 60)
  assert.equal(auth_time, iat)
  assert(Number.isInteger(iat) && Math.abs(iat - app.now().getTime() / 1000) < 5)
})

test('the public keys are published, and nothing of the private ones', async () => {
  const { status, body } = await createClient(app.server).get('//.well-known/jwks.json')
  assert.equal(status, 200)
  assert.deepEqual(body, { keys: [signingKey.jwk] })
})

test('reading oneself costs one query, by primary key', async () => {
  const { jwt } = await signIn(app, email)
  const { queries, result } = await queriesOf(() => useAccess(app, jwt))
  assert.equal(result.status, 200)
  assert.equal(queries.length, 1)
  assert.match(queries[0] ?? '', /where `sessions`\.`id` = \S+$/)
})

test('an access token older than REFRESH_GRACE marks its generation as used, once and beside the request', async () => {
  const device = await signIn(app, email)
  const { jwtToken: jwt } = (await present(app, device.refreshToken)).body
  app.advance(5_000)
  assert.equal((await queriesOf(() => useAccess(app, jwt))).queries.length, 1, 'too young')
  app.advance(6_001)
  await useAccess(app, device.jwt) // of the generation before: proves nothing
  assert.equal((await sessionRow(app, device)).used, 0)
  const { queries } = await queriesOf(() => useAccess(app, jwt))
  while ((await sessionRow(app, device)).used === 0) await new Promise(resolve => setImmediate(resolve))
  assert.equal(queries.length, 2)
  assert.equal((await queriesOf(() => useAccess(app, jwt))).queries.length, 1, 'no second mark')
})

// ASVS V9.2.1
test('an access token has expired when its exp has come', async () => {
  const { jwt } = await signIn(app, email)
  app.advance(15 * MINUTE - 10_000)
  assert.equal((await useAccess(app, jwt)).status, 200)
  app.advance(10_000)
  const answer = await useAccess(app, jwt)
  assert.deepEqual([answer.status, answer.body.code], [401, 'token_expired'])
})

test('the clock of the application decides, however far it is from that of the system', async () => {
  const past = { ...app, server: await app.another({}, { clock: () => new Date(Date.now() - 3 * HOUR) }) }
  const { jwt } = await signIn(past, email)
  assert.equal((await useAccess(past, jwt)).status, 200)
})

test('a token from an instance whose clock is a little ahead is good at once; one from further ahead is not', async () => {
  const ahead = (ms: number) => app.another({}, { clock: () => new Date(app.now().getTime() + ms) })
  const { jwt } = await signIn({ ...app, server: await ahead(3_000) }, email)
  assert.equal((await useAccess(app, jwt)).status, 200)
  const { jwt: future } = await signIn({ ...app, server: await ahead(60_000) }, email)
  assert.equal((await useAccess(app, future)).body.code, 'token_invalid')
})

test('a session that is not there is looked for twice: the node of a cluster that was asked may lag behind', async () => {
  const device = await signIn(app, email)
  await app.db.deleteFrom('sessions').where('id', '=', device.sessionId).execute()
  for (const work of [() => useAccess(app, device.jwt), () => present(app, device.refreshToken)]) {
    const { queries, result } = await queriesOf(work)
    assert.equal(result.status, 401)
    assert.equal(queries.filter(query => /from `sessions`/.test(query)).length, 2)
  }
})

// ASVS V7.4.1, V7.4.2, V8.3.2, V10.3.2
test('role, suspension, logout and deletion act on the next request', async () => {
  const member = await createMember(app)
  const other = await signIn(app, member.email)
  const account = () => app.db.updateTable('accounts').where('email', '=', member.email)
  assert.equal((await member.get('')).body.code, 'forbidden')
  await account().set({ role: 'Admin' }).execute()
  assert.equal((await member.get('')).status, 200)
  await account().set({ role: 'User' }).execute()
  assert.equal((await member.get('')).status, 403)

  await account().set({ suspended_at: app.now() }).execute()
  assert.equal((await member.get(`/${member.id}`)).body.code, 'session_revoked')
  await account().set({ suspended_at: null }).execute()
  assert.equal((await member.get(`/${member.id}`)).status, 200)

  await createClient(app.server).post('/revoke-token', {}, { headers: { authorization: `Bearer ${other.jwt}` } })
  assert.equal((await useAccess(app, other.jwt)).body.code, 'session_revoked')
  assert.equal((await member.delete(`/${member.id}`)).status, 200)
  assert.deepEqual([(await member.get(`/${member.id}`)).status], [401])
})

// ASVS V16.5.3
// RFC 9110 §11.6.2
test('the scheme stands first, and the token is all that follows', async () => {
  const { jwt } = await signIn(app, email)
  const ask = async (authorization: string) =>
    (await app.server.inject({ url: `/accounts/${id}`, headers: { authorization } })).statusCode
  assert.equal(await ask(`bearer ${jwt}`), 200, 'in any case')
  for (const text of [
    `Basic x Bearer ${jwt}`,
    `xBearer ${jwt}`,
    `Bearer ${jwt} x`,
    `Bearer  ${jwt}`,
    `Bearer,${jwt}`,
    jwt
  ])
    assert.equal(await ask(text), 401, text)
})

test('a guard that fails lets nobody in', async t => {
  let fails = false
  const server = await app.another({}, { clock: () => (fails ? assert.fail('the clock stands') : app.now()) })
  const member = createClient(server)
  await member.logIn(email)
  fails = true
  t.after(() => (fails = false))
  const { status, body } = await member.get(`/${member.id}`)
  assert.deepEqual([status, body.code, body.email], [500, 'internal_error', undefined])
})

// ASVS V11.2.2
test('a new signing key signs while the old one still verifies; one that was dropped does not', async () => {
  const { jwt } = await signIn(app, email)
  const [next, old] = [generateSigningKey(), app.config.JWT_PRIVATE_KEYS ?? '']
  const rotated = { ...app, server: await app.another({ JWT_PRIVATE_KEYS: `${next},${old}` }) }
  assert.equal((await useAccess(rotated, jwt)).status, 200)
  const device = await signIn(rotated, email)
  assert.equal((await useAccess(rotated, device.jwt)).status, 200)
  assert.equal((await useAccess(app, device.jwt)).body.code, 'token_invalid', 'not known here')
  const { keys } = (await rotated.server.inject('/.well-known/jwks.json')).json()
  assert.deepEqual([keys.length, keys[1].kid], [2, signingKey.kid])
  newToken(await present(rotated, (await signIn(app, email)).refreshToken))

  const dropped = { ...app, server: await app.another({ JWT_PRIVATE_KEYS: next }) }
  assert.equal((await useAccess(dropped, jwt)).body.code, 'token_invalid')
  assert.equal((await useAccess(dropped, device.jwt)).status, 200)
})
