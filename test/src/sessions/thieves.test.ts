import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import { HOUR } from '../../../src/clock.ts'
import { createTestApp } from '../../support/app.ts'
import { createClient, createMember } from '../../support/client.ts'
import { queriesOf } from '../../support/queries.ts'
import { accountRow } from '../../support/rows.ts'
import {
  claimsOf,
  type Device,
  eventsOf,
  newToken,
  present,
  sessionRow,
  signIn,
  useAccess
} from '../../support/sessions.ts'

const LATER = 10_001 // past REFRESH_GRACE

const app = await createTestApp()
const { email } = await createMember(app)

/** The alarm: the session is dead in the database although the answer was 401, and the member is told. */
async function assertRevoked(device: Device): Promise<void> {
  const row = await sessionRow(app, device)
  assert.notEqual(row.revoked_at, null)
  assert.equal(row.secret, null, 'without it no token of the session can be made')
  assert.equal((await eventsOf(app, device)).filter(event => event === 'session_reuse_detected').length, 1)
  const { text } = await app.mail.next(email, /session|sign/i)
  assert.match(text, /Ada/)
}

// ASVS V10.4.5, V16.3.3
test('a replay after use ends that session, tells the member, and touches no other session', async () => {
  const stolen = await signIn(app, email)
  const other = await signIn(app, email)
  const bodyClient = await signIn(app, email, 'body')
  const first = newToken(await present(app, stolen.refreshToken))
  app.advance(LATER)
  const second = newToken(await present(app, first))

  const { queries, result: replay } = await queriesOf(() => present(app, stolen.refreshToken))
  const reads = queries.filter(query => /from `sessions`/.test(query))
  assert.equal(reads.length, 2, 'nobody is logged out on the word of a node that may lag behind')
  assert.equal(replay.status, 401)
  assert.equal(replay.body.code, 'session_revoked')
  assert.equal(replay.headers['set-cookie'], undefined)
  await assertRevoked(stolen)
  for (const token of [stolen.refreshToken, first, second]) assert.equal((await present(app, token)).status, 401)
  assert.equal((await useAccess(app, stolen.jwt)).body.code, 'session_revoked')
  assert.equal((await eventsOf(app, stolen)).length, 1, 'one alarm, however many replays')

  for (const device of [other, bodyClient]) {
    assert.equal((await useAccess(app, device.jwt)).status, 200)
    newToken(await present(app, device.refreshToken, device.transport))
  }
})

test('the exchanged token is theft once an access token of its successor was used, past REFRESH_GRACE', async () => {
  const device = await signIn(app, email)
  const { jwtToken } = (await present(app, device.refreshToken)).body
  assert.equal((await useAccess(app, jwtToken)).status, 200)
  newToken(await present(app, device.refreshToken)) // young: a tab's answer may still be under way
  app.advance(LATER + 1000)
  assert.equal((await useAccess(app, jwtToken)).status, 200)
  while ((await sessionRow(app, device)).used === 0) await new Promise(resolve => setImmediate(resolve))
  assert.equal((await present(app, device.refreshToken)).body.code, 'session_revoked')
  await assertRevoked(device)
})

test('a sibling that lost against another is theft', async () => {
  const device = await signIn(app, email)
  const [one, two] = [
    newToken(await present(app, device.refreshToken)),
    newToken(await present(app, device.refreshToken))
  ]
  app.advance(LATER)
  newToken(await present(app, one))
  assert.equal((await present(app, two)).body.code, 'session_revoked')
  await assertRevoked(device)
})

test('a silent thief, who refreshes before the member does, is found by the second refresh of the member', async () => {
  const member = await signIn(app, email)
  let thief = newToken(await present(app, member.refreshToken))
  app.advance(HOUR)
  const mine = newToken(await present(app, member.refreshToken)) // first: looks like a lost answer
  app.advance(LATER)
  thief = newToken(await present(app, thief))
  assert.equal((await present(app, mine)).body.code, 'session_revoked')
  assert.equal((await present(app, thief)).status, 401)
  await assertRevoked(member)
})

test('a thief who follows the member is found by his own next refresh after the second of the member', async () => {
  const member = await signIn(app, email)
  const mine = newToken(await present(app, member.refreshToken))
  app.advance(HOUR)
  const thief = newToken(await present(app, member.refreshToken)) // late, and the member was silent
  app.advance(LATER)
  const next = newToken(await present(app, mine))
  assert.equal((await present(app, thief)).body.code, 'session_revoked')
  assert.equal((await present(app, next)).status, 401)
  await assertRevoked(member)
})

test('a thief who follows while the member uses what she got is found at once', async () => {
  const member = await signIn(app, email)
  const { jwtToken } = (await present(app, member.refreshToken)).body
  app.advance(LATER + 1000)
  await useAccess(app, jwtToken)
  while ((await sessionRow(app, member)).used === 0) await new Promise(resolve => setImmediate(resolve))
  assert.equal((await present(app, member.refreshToken)).body.code, 'session_revoked')
  assert.equal((await useAccess(app, jwtToken)).body.code, 'session_revoked')
  assert.equal(claimsOf(jwtToken).gen, 1)
  await assertRevoked(member)
})

test('a replay ends the wishes for another address that the session made, and no other link of the account', async () => {
  const wishing = async (email: string, wanted: string) => {
    const device = await signIn(app, email)
    const headers = { authorization: `Bearer ${device.jwt}` }
    assert.equal((await anyone.put(`/${device.accountId}`, { email: wanted }, { headers })).status, 200)
    return { device, confirm: await app.mail.secret(wanted, /Confirm/) }
  }
  const anyone = createClient(app.server)
  const [member, bystander] = [await createMember(app), await createMember(app)]
  const stolen = await wishing(member.email, 'wished.by.a.thief@example.com')
  const lost = await signIn(app, bystander.email)
  const kept = await wishing(bystander.email, 'wished.elsewhere@example.com')
  await anyone.post('/forgot-password', { email: member.email })
  const reset = await app.mail.secret(member.email, /Reset/)

  for (const device of [stolen.device, lost]) {
    const first = newToken(await present(app, device.refreshToken))
    app.advance(LATER)
    newToken(await present(app, first))
    assert.equal((await present(app, device.refreshToken)).body.code, 'session_revoked')
  }

  assert.equal((await anyone.post('/verify-email', { token: stolen.confirm })).body.code, 'token_invalid')
  assert.equal((await anyone.post('/validate-reset-token', { token: reset })).status, 200)
  assert.equal((await anyone.post('/verify-email', { token: kept.confirm })).status, 200, 'of a session that lives')
})

test('a wish that is resent while its session is found stolen ends with it', async () => {
  const member = await createMember(app)
  await member.put(`/${member.id}`, { email: 'resent.for.a.thief@example.com' })
  const { id } = await accountRow(app, member.email)
  const wishes = app.db.selectFrom('one_time_tokens').selectAll().where('account_id', '=', id)
  const stolen = member.cookie ?? ''
  const first = newToken(await member.refresh())
  app.advance(LATER)
  newToken(await present(app, first))
  let replay: Promise<unknown> = Promise.resolve()
  // What a resend does, with the replay in its middle.
  await app.db.transaction().execute(async trx => {
    await trx.selectFrom('accounts').select('id').where('id', '=', id).forUpdate().execute()
    const wish = await trx
      .selectFrom('one_time_tokens')
      .selectAll()
      .where('account_id', '=', id)
      .where('used_at', 'is', null)
      .executeTakeFirstOrThrow()
    replay = present(app, stolen)
    await setTimeout(200)
    await trx
      .insertInto('one_time_tokens')
      .values({ ...wish, hash: Buffer.alloc(32) })
      .execute()
  })
  await replay
  assert.deepEqual(await wishes.where('used_at', 'is', null).execute(), [])
})
