import assert from 'node:assert/strict'
import { test } from 'node:test'
import { HOUR } from '../../../src/clock.ts'
import { createKeyring, readSecrets } from '../../../src/tokens/keyring.ts'
import { readRefreshToken } from '../../../src/tokens/refresh-token.ts'
import { createTestApp } from '../../support/app.ts'
import { createMember } from '../../support/client.ts'
import { claimsOf, eventsOf, newToken, present, sessionRow, signIn, useAccess } from '../../support/sessions.ts'

const GRACE = 10_000 // REFRESH_GRACE unless configured
const LATER = GRACE + 1

const app = await createTestApp()
const { email } = await createMember(app)
const keys = createKeyring(readSecrets(app.config.SECRET ?? ''))

test('a refresh moves the session on: next generation, new tokens, later expiry, the old tag as parent', async () => {
  const device = await signIn(app, email)
  const before = await sessionRow(app, device)
  app.advance(HOUR)
  const answer = await present(app, device.refreshToken)
  const after = await sessionRow(app, device)
  assert.equal(answer.body.id, device.accountId)
  assert.equal(readRefreshToken(keys, newToken(answer))?.generation, 1)
  assert.equal(claimsOf(answer.body.jwtToken).gen, 1)
  assert.equal(claimsOf(answer.body.jwtToken).auth_time, claimsOf(device.jwt).auth_time)
  assert.deepEqual(
    [after.generation, after.used, after.reissues, after.revoked_at, after.expires_at],
    [1, 0, 0, null, before.expires_at]
  )
  assert.deepEqual(after.parent, readRefreshToken(keys, device.refreshToken)?.tag)
  assert(after.idle_expires_at.getTime() - before.idle_expires_at.getTime() >= HOUR)
  assert(after.last_used_at > before.last_used_at)
  assert.equal((await useAccess(app, answer.body.jwtToken)).status, 200)
})

for (const transport of ['cookie', 'body'] as const) {
  test(`a token younger than REFRESH_GRACE settles (${transport}): a new access token, the session stays where it is`, async () => {
    const device = await signIn(app, email, transport)
    const first = newToken(await present(app, device.refreshToken, transport))
    const before = await sessionRow(app, device)
    app.advance(GRACE / 2)
    const settled = await present(app, first, transport)
    assert.equal(settled.status, 200)
    assert.notEqual(claimsOf(settled.body.jwtToken).jti, claimsOf(device.jwt).jti)
    assert.equal(settled.headers['set-cookie'], undefined)
    assert.equal(settled.body.refreshToken, transport === 'body' ? first : undefined)
    assert.deepEqual(await sessionRow(app, device), before)

    app.advance(GRACE / 2)
    assert.notEqual(newToken(await present(app, first, transport)), first)
    assert.equal((await sessionRow(app, device)).generation, 2)
  })
}

test('the first token of a session never settles: its first refresh moves at once', async () => {
  const device = await signIn(app, email)
  assert.notEqual(newToken(await present(app, device.refreshToken)), device.refreshToken)
})

test('the exchanged token within REFRESH_GRACE gives siblings, each good, none counted', async () => {
  const device = await signIn(app, email)
  const first = newToken(await present(app, device.refreshToken))
  app.advance(GRACE / 2)
  const sibling = newToken(await present(app, device.refreshToken))
  const another = newToken(await present(app, device.refreshToken))
  assert.equal(new Set([first, sibling, another]).size, 3)
  for (const token of [sibling, another]) assert.equal(readRefreshToken(keys, token)?.generation, 1)
  assert.equal((await sessionRow(app, device)).reissues, 0)
  assert.deepEqual(await eventsOf(app, device), [])
  app.advance(LATER)
  assert.equal(readRefreshToken(keys, newToken(await present(app, sibling)))?.generation, 2)
})

test('an answer that was lost is given again hours later: counted, recorded, and the session lives on', async () => {
  const device = await signIn(app, email)
  await present(app, device.refreshToken) // lost on the way
  const before = await sessionRow(app, device)
  app.advance(5 * HOUR)
  const token = newToken(await present(app, device.refreshToken))
  const after = await sessionRow(app, device)
  assert.deepEqual([after.generation, after.reissues], [1, 1])
  assert.deepEqual(await eventsOf(app, device), ['session_reissued'])
  assert(after.idle_expires_at > before.idle_expires_at)
  app.advance(LATER)
  newToken(await present(app, token))
  assert.equal((await sessionRow(app, device)).reissues, 0, 'a new generation counts anew')
})

test('twenty late answers per generation, and no more', async () => {
  const device = await signIn(app, email)
  await present(app, device.refreshToken)
  for (let count = 1; count <= 20; count++) {
    app.advance(HOUR)
    newToken(await present(app, device.refreshToken))
    assert.equal((await sessionRow(app, device)).reissues, count)
  }
  app.advance(HOUR)
  assert.equal((await present(app, device.refreshToken)).body.code, 'session_revoked')
  assert.notEqual((await sessionRow(app, device)).revoked_at, null)
  assert.equal((await eventsOf(app, device)).at(-1), 'session_reuse_detected')
})

test('REFRESH_GRACE=0 is strict rotation: every refresh moves, every replay is theft', async () => {
  const strict = { ...app, server: await app.another({ REFRESH_GRACE: '0' }) }
  const device = await signIn(strict, email)
  const first = newToken(await present(strict, device.refreshToken))
  newToken(await present(strict, first))
  assert.equal((await sessionRow(strict, device)).generation, 2)
  assert.equal((await present(strict, first)).body.code, 'session_revoked')
  assert.deepEqual(await eventsOf(strict, device), ['session_reuse_detected'])
})
