import assert from 'node:assert/strict'
import { createHmac, randomBytes } from 'node:crypto'
import { test } from 'node:test'
import { createKeyring, readSecrets } from '../../../src/tokens/keyring.ts'
import { makeRefreshToken } from '../../../src/tokens/refresh-token.ts'
import { createTestApp } from '../../support/app.ts'
import { createMember } from '../../support/client.ts'
import { queriesOf } from '../../support/queries.ts'
import { eventsOf, newToken, present, sessionRow, signIn } from '../../support/sessions.ts'

const app = await createTestApp()
const { email } = await createMember(app)
const keys = createKeyring(readSecrets(app.config.SECRET ?? ''))
const strangerKeys = createKeyring([randomBytes(48)])

/** Refused, and what was spent on it. */
async function refused(token: string): Promise<string[]> {
  for (const transport of ['cookie', 'body'] as const) {
    const { queries, result } = await queriesOf(() => present(app, token, transport))
    assert.equal(result.status, 401, token)
    assert.equal(result.body.code, 'token_invalid')
    assert.equal(result.headers['set-cookie'], undefined)
    if (queries.length > 0) return queries
  }
  return []
}

test('an honest refresh is two statements, both by primary key', async () => {
  const device = await signIn(app, email)
  const { queries, result } = await queriesOf(() => present(app, device.refreshToken))
  assert.equal(result.status, 200)
  assert.equal(queries.length, 2)
  for (const query of queries) assert.match(query, /where `?(sessions`\.`)?id` = /)
})

test('a token with any bit flipped costs no query', async () => {
  const device = await signIn(app, email)
  const bytes = Buffer.from(device.refreshToken, 'base64url')
  for (let at = 0; at < bytes.length; at++) {
    const flipped = Buffer.from(bytes)
    flipped.writeUInt8(flipped.readUInt8(at) ^ (1 << (at % 8)), at)
    assert.deepEqual(await refused(flipped.toString('base64url')), [], `byte ${at}`)
  }
  newToken(await present(app, device.refreshToken))
})

test('another spelling of a token is not the token', async () => {
  const { refreshToken } = await signIn(app, email)
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
  const last = alphabet.indexOf(refreshToken.at(-1) ?? '')
  const spellings = [1, 2, 3].map(spare => refreshToken.slice(0, -1) + alphabet[last ^ spare])
  for (const text of [...spellings, `${refreshToken}=`, `${refreshToken}A`, refreshToken.slice(1)])
    assert.deepEqual(await refused(text), [], text)
})

test('a token made with another SECRET costs no query, though the secret of the row be known', async () => {
  const device = await signIn(app, email)
  const { id, secret } = await sessionRow(app, device)
  assert(secret)
  const forged = makeRefreshToken(strangerKeys, app.now(), { id, secret, generation: 0 })
  assert.deepEqual(await refused(forged), [])
  // The id of the right key does not help.
  const disguised = Buffer.from(forged, 'base64url')
  keys.current('refresh-token').id.copy(disguised)
  assert.deepEqual(await refused(disguised.toString('base64url')), [])
})

test('a token made with SECRET alone is refused, and touches nothing', async () => {
  const device = await signIn(app, email)
  const before = await sessionRow(app, device)
  for (const generation of [0, 1, 7, 0xffffffff]) {
    const session = { id: device.sessionId, secret: randomBytes(32), generation }
    const { status, body } = await present(app, makeRefreshToken(keys, app.now(), session))
    assert.deepEqual([status, body.code], [401, 'token_invalid'])
  }
  assert.deepEqual(await sessionRow(app, device), before)
  assert.deepEqual(await eventsOf(app, device), [])
})

test('a token ahead of its session is refused without an alarm', async () => {
  const device = await signIn(app, email)
  const { id, secret } = await sessionRow(app, device)
  assert(secret)
  const ahead = makeRefreshToken(keys, app.now(), { id, secret, generation: 1 })
  const { queries, result } = await queriesOf(() => present(app, ahead))
  assert.equal(result.body.code, 'token_invalid')
  assert.equal(
    queries.filter(query => /from `sessions`/.test(query)).length,
    2,
    'a node that lags behind is asked again'
  )
  newToken(await present(app, device.refreshToken))
})

test('keys of another purpose make no refresh token', async () => {
  const device = await signIn(app, email)
  const bytes = Buffer.from(device.refreshToken, 'base64url')
  for (const purpose of ['outbox', 'pepper', 'cursor'] as const) {
    const { id, key } = keys.current(purpose)
    const forged = Buffer.concat([id, bytes.subarray(4, 72)])
    const mac = createHmac('sha256', key).update(forged).digest()
    assert.deepEqual(await refused(Buffer.concat([forged, mac]).toString('base64url')), [])
  }
})
