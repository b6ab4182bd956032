import assert from 'node:assert/strict'
import { test } from 'node:test'
import { DAY, HOUR } from '../../../src/clock.ts'
import { generateSigningKey } from '../../../src/tokens/signing-keys.ts'
import type { Answer } from '../../support/answer.ts'
import { createTestApp } from '../../support/app.ts'
import { createClient, createMember } from '../../support/client.ts'
import { type Device, eventsOf, newToken, present, sessionRow, signIn } from '../../support/sessions.ts'

const app = await createTestApp()
const { email } = await createMember(app)
const stranger = (await createMember(app)).email
const admin = (await createMember(app, { role: 'Admin' })).email

const cookieOf = ({ refreshToken }: Device) => ({ cookie: `__Host-refresh=${refreshToken}` })
const bearerOf = ({ jwt }: Device) => ({ authorization: `Bearer ${jwt}` })

async function revoke(body: Record<string, unknown>, headers: Record<string, string> = {}): Promise<Answer> {
  return await createClient(app.server).post('/revoke-token', body, { headers })
}

async function isLive(device: Device): Promise<boolean> {
  const { revoked_at, secret } = await sessionRow(app, device)
  assert.equal(revoked_at === null, secret !== null, 'both or neither')
  return revoked_at === null
}

function assertCleared({ status, headers }: Answer): void {
  assert.equal(status, 200)
  const cookie = String(headers['set-cookie'])
  assert.match(cookie, /^__Host-refresh=;/)
  for (const attribute of ['Path=/', 'HttpOnly', 'Secure', 'SameSite=Strict', 'Expires=Thu, 01 Jan 1970 00:00:00 GMT'])
    assert(cookie.includes(attribute), attribute)
}

function assertUntouched({ status, headers }: Answer): void {
  assert.equal(status, 200)
  assert.equal(headers['set-cookie'], undefined)
}

// ASVS V14.3.1
test('the cookie alone ends its session and is cleared; other sessions live', async () => {
  const [device, other] = [await signIn(app, email), await signIn(app, email)]
  const answer = await revoke({}, cookieOf(device))
  assertCleared(answer)
  assert.equal(typeof answer.body.message, 'string')
  assert.deepEqual([await isLive(device), await isLive(other)], [false, true])
  assert.deepEqual(await eventsOf(app, device), ['session_revoked'])
  assert.equal((await present(app, device.refreshToken)).body.code, 'session_revoked')
})

test('a refresh token in the body ends its session, without a bearer and without touching cookies', async () => {
  const device = await signIn(app, email, 'body')
  assertUntouched(await revoke({ refreshToken: device.refreshToken }))
  assert.equal(await isLive(device), false)
})

test('a token of an older generation logs out, too: the client may have missed the last answer', async () => {
  const device = await signIn(app, email)
  newToken(await present(app, device.refreshToken))
  app.advance(HOUR)
  assertCleared(await revoke({}, cookieOf(device)))
  assert.deepEqual(await eventsOf(app, device), ['session_revoked'])
})

test('the bearer alone ends its session, even when it has expired', async () => {
  const device = await signIn(app, email)
  app.advance(DAY)
  assertUntouched(await revoke({}, bearerOf(device)))
  assert.equal(await isLive(device), false)
})

test('bearer and cookie of one session end it and clear the cookie', async () => {
  const device = await signIn(app, email)
  assertCleared(await revoke({}, { ...bearerOf(device), ...cookieOf(device) }))
  assert.equal(await isLive(device), false)
})

test("a bearer of one session and a cookie of another end the bearer's only, and leave the cookie", async () => {
  const [old, current] = [await signIn(app, email), await signIn(app, email)]
  const headers = { ...bearerOf(old), ...cookieOf(current) }
  for (let time = 1; time <= 2; time++) {
    assertUntouched(await revoke({}, headers))
    assert.deepEqual([await isLive(old), await isLive(current)], [false, true])
  }
  newToken(await present(app, current.refreshToken))
})

test('a refresh token in the body was named on purpose: it is what ends, whatever bearer comes along', async () => {
  const [named, other] = [await signIn(app, email, 'body'), await signIn(app, email)]
  assertUntouched(await revoke({ refreshToken: named.refreshToken }, bearerOf(other)))
  assert.deepEqual([await isLive(named), await isLive(other)], [false, true])
})

test('a cookie that is worth nothing is cleared, and the session of the bearer ends', async () => {
  const device = await signIn(app, email)
  assertCleared(await revoke({}, { ...bearerOf(device), cookie: '__Host-refresh=x' }))
  assert.equal(await isLive(device), false)
})

test('dead and garbage tokens are answered calmly', async () => {
  const device = await signIn(app, email)
  await revoke({}, cookieOf(device))
  assertCleared(await revoke({}, cookieOf(device)))
  for (const text of ['x', 'j:7', 'a'.repeat(139), '%E0%A4%A', device.refreshToken]) {
    assertCleared(await revoke({}, { cookie: `__Host-refresh=${text}` }))
    assertUntouched(await revoke({ refreshToken: text }))
  }
})

test('a token presented through the other transport ends nothing', async () => {
  const [inCookie, inBody] = [await signIn(app, email), await signIn(app, email, 'body')]
  assertUntouched(await revoke({ refreshToken: inCookie.refreshToken }))
  assertCleared(await revoke({}, cookieOf(inBody)))
  assert.deepEqual([await isLive(inCookie), await isLive(inBody)], [true, true])
})

test('`token` with a bearer: the own one ends, the one of somebody else is 403, an Admin may end any', async () => {
  const [mine, target] = [await signIn(app, email), await signIn(app, email, 'body')]
  assertUntouched(await revoke({ token: target.refreshToken }, bearerOf(mine)))
  assert.deepEqual([await isLive(mine), await isLive(target)], [true, false])

  const theirs = await revoke({ token: mine.refreshToken }, bearerOf(await signIn(app, stranger)))
  assert.deepEqual([theirs.status, theirs.body.code, await isLive(mine)], [403, 'forbidden', true])
  assertUntouched(await revoke({ token: mine.refreshToken }, bearerOf(await signIn(app, admin))))
  assert.equal(await isLive(mine), false)
  const [event] = await app.db
    .selectFrom('audit_events')
    .selectAll()
    .where('session_id', '=', mine.sessionId)
    .where('event', '=', 'session_revoked')
    .execute()
  assert.notDeepEqual(event?.actor_id, event?.subject_id, 'the record says who did it')
})

test('`token` clears the cookie of the session that it ended, and one of no live session', async () => {
  const [mine, other, dead] = [await signIn(app, email), await signIn(app, email), await signIn(app, email)]
  await revoke({}, cookieOf(dead))
  assertUntouched(await revoke({ token: other.refreshToken }, { ...bearerOf(mine), ...cookieOf(mine) }))
  assert.deepEqual([await isLive(mine), await isLive(other)], [true, false])
  for (const cookie of ['__Host-refresh=x', `__Host-refresh=${dead.refreshToken}`])
    assertCleared(await revoke({ token: other.refreshToken }, { ...bearerOf(mine), cookie }))
  assertCleared(await revoke({ token: mine.refreshToken }, { ...bearerOf(mine), ...cookieOf(mine) }))
  assert.equal(await isLive(mine), false)
})

test('an Admin who ends the session of somebody else keeps the own cookie, and a refusal keeps every cookie', async () => {
  const [mine, theirs, ours] = [await signIn(app, email), await signIn(app, stranger), await signIn(app, admin)]
  const refused = await revoke({ token: mine.refreshToken }, { ...bearerOf(theirs), ...cookieOf(mine) })
  assert.deepEqual([refused.status, refused.headers['set-cookie']], [403, undefined])
  assertUntouched(await revoke({ token: mine.refreshToken }, { ...bearerOf(ours), ...cookieOf(ours) }))
  assert.deepEqual([await isLive(mine), await isLive(ours)], [false, true])
  newToken(await present(app, ours.refreshToken))
})

test('`token` without a live bearer is 401; with one, what is no token is 200', async () => {
  const [device, ended] = [await signIn(app, email), await signIn(app, email)]
  await revoke({}, cookieOf(ended))
  assert.equal((await revoke({ token: device.refreshToken })).body.code, 'authentication_required')
  assert.equal((await revoke({ token: device.refreshToken }, cookieOf(device))).status, 401)
  assert.equal((await revoke({ token: device.refreshToken }, bearerOf(ended))).status, 401)
  for (const token of ['x', ended.refreshToken]) assertUntouched(await revoke({ token }, bearerOf(device)))
  assert.equal(await isLive(device), true)
})

test('with nothing at all the answer is 401', async () => {
  const nothing: Record<string, string>[] = [
    {},
    { cookie: '__Host-refresh=' },
    { cookie: 'other=1' },
    { authorization: 'Bearer x.y.z' }
  ]
  for (const headers of nothing) {
    const answer = await revoke({}, headers)
    assert.deepEqual([answer.status, answer.body.code], [401, 'authentication_required'])
    assert.equal(answer.headers['set-cookie'], undefined)
  }
})

test('a bearer that is not authentic any more ends nothing, and spares the cookie of another session', async () => {
  const [old, newer] = [await signIn(app, email), await signIn(app, email)]
  const retired = { ...app, server: await app.another({ JWT_PRIVATE_KEYS: generateSigningKey() }) }
  const client = createClient(retired.server)
  const answer = await client.post('/revoke-token', {}, { headers: { ...bearerOf(old), ...cookieOf(newer) } })
  assertUntouched(answer)
  assert.deepEqual([await isLive(old), await isLive(newer)], [true, true])
  assertCleared(await client.post('/revoke-token', {}, { headers: { ...bearerOf(newer), ...cookieOf(newer) } }))
  assert.equal(await isLive(newer), false)
})

test('a refresh token in the body is what is meant: the bearer beside it ends nothing, also when the token is dead', async () => {
  const [bearer, other] = [await signIn(app, email), await signIn(app, email, 'body')]
  await revoke({ refreshToken: other.refreshToken })
  for (const refreshToken of [other.refreshToken, 'x'])
    assertUntouched(await revoke({ refreshToken }, bearerOf(bearer)))
  assert.equal(await isLive(bearer), true)
})

test('two refresh tokens at once, as `token` and `refreshToken`, are refused', async () => {
  const [mine, other] = [await signIn(app, email), await signIn(app, email, 'body')]
  const answer = await revoke({ token: other.refreshToken, refreshToken: other.refreshToken }, bearerOf(mine))
  assert.deepEqual([answer.status, answer.body.code], [400, 'ambiguous_token'])
  assert.equal(await isLive(other), true)
})
