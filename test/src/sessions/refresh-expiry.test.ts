import assert from 'node:assert/strict'
import { test } from 'node:test'
import { DAY, HOUR, SECOND } from '../../../src/clock.ts'
import { createTestApp } from '../../support/app.ts'
import { createMember } from '../../support/client.ts'
import { eventsOf, newToken, present, sessionRow, signIn, useAccess } from '../../support/sessions.ts'

let now = Date.now() // stands still, so that limits can be met to the millisecond
const pass = (ms: number) => {
  now += ms
}
const app = await createTestApp({}, { clock: () => new Date(now) })
const { email } = await createMember(app)

// ASVS V7.3.1
test('a session that was not refreshed for SESSION_IDLE_TTL has ended, to the second', async () => {
  const [early, late] = [await signIn(app, email), await signIn(app, email)]
  pass(7 * DAY - SECOND)
  const token = newToken(await present(app, early.refreshToken))
  pass(SECOND)
  const answer = await present(app, late.refreshToken)
  assert.equal(answer.status, 401)
  assert.equal(answer.body.code, 'session_expired')
  assert.deepEqual(await eventsOf(app, late), [], 'no alarm')
  assert.equal((await sessionRow(app, late)).revoked_at, null)
  pass(7 * DAY - 2 * SECOND)
  newToken(await present(app, token))
})

// ASVS V7.3.2, V10.4.8
test('however busy, a session ends SESSION_MAX_TTL after its login, to the second', async () => {
  const device = await signIn(app, email)
  const end = now + 90 * DAY
  let answer = await present(app, device.refreshToken)
  while (now + 6 * DAY < end) {
    pass(6 * DAY)
    answer = await present(app, newToken(answer))
  }
  assert.equal((await sessionRow(app, device)).idle_expires_at.getTime(), end, 'the idle limit does not reach beyond')
  pass(end - now - SECOND)
  answer = await present(app, newToken(answer))
  assert.equal(answer.status, 200)
  assert.match(String(answer.headers['set-cookie']), new RegExp(`Expires=${new Date(end).toUTCString()}`))
  pass(SECOND)
  assert.equal((await present(app, newToken(answer))).body.code, 'session_expired')
  assert.equal((await useAccess(app, answer.body.jwtToken)).body.code, 'session_expired')
})

test('REFRESH_GRACE is over after exactly so long', async () => {
  const device = await signIn(app, email)
  const first = newToken(await present(app, device.refreshToken))
  pass(10 * SECOND - 1)
  assert.equal((await present(app, first)).cookie, undefined, 'settles')
  pass(1)
  assert.equal(typeof (await present(app, first)).cookie, 'string', 'moves')
})

test('an expired session stays expired for a token of any age, also for a thief', async () => {
  const device = await signIn(app, email)
  const first = newToken(await present(app, device.refreshToken))
  pass(HOUR)
  newToken(await present(app, first))
  pass(7 * DAY)
  assert.equal((await present(app, device.refreshToken)).body.code, 'session_expired')
  assert.deepEqual(await eventsOf(app, device), [])
})

test('a suspended member is refused until the suspension is lifted; a deleted one for ever', async () => {
  const member = await createMember(app)
  const device = await signIn(app, member.email)
  const { account_id } = await sessionRow(app, device)
  const suspend = (at: Date | null) =>
    app.db.updateTable('accounts').set({ suspended_at: at }).where('id', '=', account_id).execute()
  await suspend(new Date(now))
  assert.equal((await present(app, device.refreshToken)).body.code, 'session_revoked')
  assert.equal((await sessionRow(app, device)).generation, 0, 'nothing was touched')
  await suspend(null)
  const token = newToken(await present(app, device.refreshToken))

  assert.equal((await member.delete(`/${member.id}`)).status, 200)
  const answer = await present(app, token)
  assert.equal(answer.status, 401)
  assert.equal(answer.body.code, 'token_invalid')
  assert.equal(answer.headers['set-cookie'], undefined)
})
