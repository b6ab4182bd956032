import assert from 'node:assert/strict'
import { test } from 'node:test'
import { DAY, MINUTE, SECOND } from '../../../src/clock.ts'
import { idToText } from '../../../src/ids.ts'
import type { Session } from '../../support/answer.ts'
import { createTestApp } from '../../support/app.ts'
import { type Client, createClient, createMember } from '../../support/client.ts'
import { queriesOf } from '../../support/queries.ts'
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

let now = Date.now() // stands still, so that limits can be met to the millisecond
const pass = (ms: number) => {
  now += ms
}
const app = await createTestApp({}, { clock: () => new Date(now) })
const admin = await createMember(app, { role: 'Admin' })
const stranger = await createMember(app)
const NOBODY = '0199d6a0-5f2b-7c41-9a3e-8d6b1f0c2e47'

const idOf = ({ sessionId }: Pick<Device, 'sessionId'>) => idToText(sessionId)
const bearer = ({ jwt }: Device) => ({ headers: { authorization: `Bearer ${jwt}` } })
const list = async (device: Device): Promise<Session[]> =>
  (await createClient(app.server).get(`/${device.accountId}/sessions`, bearer(device))).sessions()
const isLive = async (device: Device) => (await sessionRow(app, device)).revoked_at === null

let members = 0

/** Devices of a member who has no other, in the order of their login, a second apart. */
async function devicesOf(count: number): Promise<[email: string, ...Device[]]> {
  const email = `member.of.devices${++members}@example.com`
  await createMember(app, { email, login: false })
  const devices: Device[] = []
  for (let i = 0; i < count; i++) {
    pass(SECOND)
    devices.push(await signIn(app, email, i % 2 === 0 ? 'cookie' : 'body'))
  }
  return [email, ...devices]
}

// ASVS V10.4.9
test('a member sees the own devices, the one used last first, and which of them asks', async () => {
  const [, one, two] = await devicesOf(2)
  assert(one && two)
  const began = new Date(now - SECOND)
  pass(10 * MINUTE)
  const headers = { 'user-agent': 'telephone', cookie: `__Host-refresh=${one.refreshToken}` }
  await createClient(app.server).post('/refresh-token', {}, { headers, remoteAddress: '203.0.113.9' })
  const [first, second, ...more] = await list(two)
  assert.deepEqual(more, [])
  assert.deepEqual(first, {
    id: idOf(one),
    created: began.toISOString(),
    lastUsed: new Date(now).toISOString(),
    expires: new Date(now + 7 * DAY).toISOString(),
    ip: '203.0.113.9',
    userAgent: 'telephone',
    current: false
  })
  assert.deepEqual([second?.id, second?.current, second?.ip], [idOf(two), true, '127.0.0.1'])
  assert.deepEqual(
    (await list(one)).map(({ current }) => current),
    [true, false]
  )
  const seen = (await admin.get(`/${one.accountId}/sessions`)).sessions()
  assert.deepEqual(
    seen.map(({ id, current }) => [id, current]),
    [
      [idOf(one), false],
      [idOf(two), false]
    ]
  )
})

// ASVS V7.3.1, V7.3.2
test('a session is listed until the second before it expires, idle or for good, and works as long', async () => {
  const [, idle, busy] = await devicesOf(2)
  assert(idle && busy)
  const end = now + 90 * DAY
  pass(7 * DAY - 2 * SECOND)
  let token = newToken(await present(app, busy.refreshToken, 'body'))
  const bySid = async (jwt: string) => (await list({ ...busy, jwt })).map(({ id }) => id)
  let { jwtToken = '' } = (await present(app, token, 'body')).body
  assert.deepEqual(await bySid(jwtToken), [idOf(busy), idOf(idle)])
  pass(SECOND)
  assert.deepEqual(await bySid(jwtToken), [idOf(busy)])
  assert.equal((await present(app, idle.refreshToken)).body.code, 'session_expired')

  while (now + 6 * DAY < end) {
    pass(6 * DAY)
    token = newToken(await present(app, token, 'body'))
  }
  pass(end - now - 5 * MINUTE)
  const last = await present(app, token, 'body')
  jwtToken = last.body.jwtToken ?? ''
  assert.equal((await list({ ...busy, jwt: jwtToken }))[0]?.expires, new Date(end).toISOString())
  pass(5 * MINUTE - 1)
  assert.deepEqual(await bySid(jwtToken), [idOf(busy)])
  const other = await signIn(app, admin.email)
  const seen = async () =>
    (await createClient(app.server).get(`/${busy.accountId}/sessions`, bearer(other))).sessions().length
  assert.equal(await seen(), 1)
  pass(1)
  assert.equal((await useAccess(app, jwtToken)).body.code, 'session_expired')
  assert.equal(await seen(), 0)
})

test('an access token is good until the second of its exp, whatever the milliseconds of its issue', async () => {
  pass(1000 - (now % 1000) + 999)
  const { jwt } = await signIn(app, stranger.email)
  pass(15 * MINUTE - 1000)
  assert.equal((await useAccess(app, jwt)).status, 200)
  pass(1)
  assert.equal((await useAccess(app, jwt)).body.code, 'token_expired')
})

test('a member ends one session, and the others go on; the record says which', async () => {
  const [, mine, lost] = await devicesOf(2)
  assert(mine && lost)
  const path = `/${mine.accountId}/sessions/${idOf(lost)}`
  const answer = await createClient(app.server).delete(path, bearer(mine))
  assert.deepEqual([answer.status, typeof answer.body.message], [200, 'string'])
  assert.equal((await useAccess(app, lost.jwt)).body.code, 'session_revoked')
  assert.equal((await present(app, lost.refreshToken, 'body')).body.code, 'session_revoked')
  assert.equal((await useAccess(app, mine.jwt)).status, 200)
  assert.deepEqual(
    (await list(mine)).map(({ id }) => id),
    [idOf(mine)]
  )
  assert.deepEqual([await eventsOf(app, lost), await eventsOf(app, mine)], [['session_revoked'], []])
})

test('the session that asks may end itself: the next request is 401, and no cookie is touched', async () => {
  const [, mine, other] = await devicesOf(2)
  assert(mine && other)
  const headers = { ...bearer(mine).headers, cookie: `__Host-refresh=${mine.refreshToken}` }
  const answer = await createClient(app.server).delete(`/${mine.accountId}/sessions/${idOf(mine)}`, { headers })
  assert.deepEqual([answer.status, answer.headers['set-cookie']], [200, undefined])
  assert.equal((await useAccess(app, mine.jwt)).body.code, 'session_revoked')
  assert.equal((await present(app, mine.refreshToken)).body.code, 'session_revoked')
  assert.equal(await isLive(other), true)
})

test('every other session ends with except=current, every one without, each with its record', async () => {
  const [, one, two, three] = await devicesOf(3)
  assert(one && two && three)
  const client = createClient(app.server)
  const path = `/${one.accountId}/sessions`
  assert.equal((await client.delete(`${path}?except=current`, bearer(two))).status, 200)
  assert.deepEqual([await isLive(one), await isLive(two), await isLive(three)], [false, true, false])
  assert.equal((await client.delete(`${path}?except=current`, bearer(two))).status, 200, 'nothing to end is fine')
  assert.equal((await client.delete(path, bearer(two))).status, 200)
  assert.equal((await useAccess(app, two.jwt)).body.code, 'session_revoked')
  for (const device of [one, two, three]) assert.deepEqual(await eventsOf(app, device), ['session_revoked'])
})

test('what is not understood ends nothing', async () => {
  const [, mine, other] = await devicesOf(2)
  assert(mine && other)
  for (const query of ['except=', 'except=all', 'except=current&except=current', 'exept=current', 'except[]=current']) {
    const answer = await createClient(app.server).delete(`/${mine.accountId}/sessions?${query}`, bearer(mine))
    assert.equal(answer.faults().length > 0, true, query)
  }
  assert.deepEqual([await isLive(mine), await isLive(other)], [true, true])
})

test('to a User the sessions of others do not exist; a session that is not his is 404', async () => {
  const [, mine, ended] = await devicesOf(2)
  const [, theirs] = await devicesOf(1)
  assert(mine && ended && theirs)
  const client = createClient(app.server)
  await client.delete(`/${mine.accountId}/sessions/${idOf(ended)}`, bearer(mine))
  for (const account of [theirs.accountId, NOBODY, 'x', '%00', "' or 1=1"]) {
    for (const answer of [
      await client.get(`/${encodeURIComponent(account)}/sessions`, bearer(mine)),
      await client.delete(`/${encodeURIComponent(account)}/sessions`, bearer(mine)),
      await client.delete(`/${encodeURIComponent(account)}/sessions/${idOf(theirs)}`, bearer(mine))
    ])
      assert.deepEqual([answer.status, answer.body.code], [403, 'forbidden'], account)
  }
  for (const session of [idOf(theirs), idOf(ended), NOBODY, 'x', 'current', '%00', `${idOf(mine)}x`]) {
    const answer = await client.delete(`/${mine.accountId}/sessions/${session}`, bearer(mine))
    assert.deepEqual([answer.status, answer.body.code], [404, 'session_not_found'], session)
  }
  assert.deepEqual([await isLive(mine), await isLive(theirs)], [true, true])
})

test('an expired session cannot be ended any more', async () => {
  const [, old] = await devicesOf(1)
  assert(old)
  pass(7 * DAY)
  const [admins, mine] = [await signIn(app, admin.email), await signIn(app, stranger.email)]
  for (const [by, account] of [
    [admins, old.accountId],
    [mine, mine.accountId]
  ] as const) {
    const answer = await createClient(app.server).delete(`/${account}/sessions/${idOf(old)}`, bearer(by))
    assert.equal(answer.body.code, 'session_not_found')
  }
  assert.deepEqual(await eventsOf(app, old), [])
})

// ASVS V7.4.5
test('an Admin sees and ends the sessions of anybody, who is told; a missing account is 404', async () => {
  const [email, one, two] = await devicesOf(2)
  assert(one && two)
  const boss = await signIn(app, admin.email)
  const client = createClient(app.server)
  assert.equal((await client.delete(`/${one.accountId}/sessions/${idOf(one)}`, bearer(boss))).status, 200)
  assert.equal((await useAccess(app, one.jwt)).body.code, 'session_revoked')
  const { text } = await app.mail.next(email, /administrator signed you out/)
  assert.match(text, /^Device: lightMyRequest$/m)
  assert.equal((await client.delete(`/${one.accountId}/sessions?except=current`, bearer(boss))).status, 200)
  assert.equal(await isLive(two), false)
  await app.mail.next(email, /administrator signed you out/)
  assert.equal(await isLive(boss), true)

  assert.equal((await client.delete(`/${one.accountId}/sessions`, bearer(boss))).status, 200)
  const mails = await app.db.selectFrom('outbox').select('id').where('template', '=', 'sessions-ended').execute()
  assert.equal(mails.length, 2, 'nobody is told of nothing')
  assert.deepEqual((await client.get(`/${one.accountId}/sessions`, bearer(boss))).sessions(), [])
  for (const account of [NOBODY, 'x']) {
    for (const answer of [
      await client.get(`/${account}/sessions`, bearer(boss)),
      await client.delete(`/${account}/sessions`, bearer(boss)),
      await client.delete(`/${account}/sessions/${idOf(boss)}`, bearer(boss)),
      await client.delete(`/${account}/sessions/x`, bearer(boss))
    ])
      assert.deepEqual([answer.status, answer.body.code], [404, 'account_not_found'], account)
  }
})

test('one who ends the own sessions is not told; who loses one to an Admin by its token is', async () => {
  const [email, one, two] = await devicesOf(3)
  assert(one && two)
  await createClient(app.server).post('/revoke-token', { token: two.refreshToken }, bearer(one))
  assert.equal((await useAccess(app, two.jwt)).body.code, 'session_revoked')
  await createClient(app.server).delete(`/${one.accountId}/sessions?except=current`, bearer(one))
  const told = () =>
    app.db.selectFrom('outbox').select('template').where('recipient', '=', email).orderBy('id').execute()
  assert.deepEqual(await told(), [{ template: 'verify-email' }])
  await createClient(app.server).post(
    '/revoke-token',
    { token: one.refreshToken },
    bearer(await signIn(app, admin.email))
  )
  assert.deepEqual(await told(), [{ template: 'verify-email' }, { template: 'sessions-ended' }])
  const { text } = await app.mail.next(email, /administrator signed you out/)
  assert(text.includes((await sessionRow(app, one)).user_agent), 'of which device')
})

test('there are never more than MAX_SESSIONS in the list', async () => {
  const [, ...devices] = await devicesOf(4)
  const [last] = devices.slice(-1)
  assert(last)
  const server = await app.another({ MAX_SESSIONS: '3' })
  const sessions = (await createClient(server).get(`/${last.accountId}/sessions`, bearer(last))).sessions()
  assert.deepEqual(
    sessions.map(({ id }) => id),
    devices.slice(1).reverse().map(idOf)
  )
})

test('a list costs one query beside the guard’s', async () => {
  const [, mine] = await devicesOf(1)
  assert(mine)
  const { queries } = await queriesOf(() => list(mine))
  assert.equal(queries.length, 2)
})

test('a wish for another address ends with the session that made it, but not with a logout', async () => {
  const ends: [what: string, end: (own: Client, other: string, client: Client) => Promise<unknown>, lives: boolean][] =
    [
      ['ended alone', (own, other) => own.delete(`/${own.id}/sessions/${other}`), false],
      ['ended with all others', own => own.delete(`/${own.id}/sessions?except=current`), false],
      ['ended by an Admin', own => admin.delete(`/${own.id}/sessions`), false],
      ['signed out', (_, __, client) => client.post('/revoke-token'), true]
    ]
  for (const [what, end, lives] of ends) {
    await admin.logIn(admin.email) // the clock has moved
    const own = await createMember(app)
    const other = createClient(app.server)
    await other.logIn(own.email)
    const wanted = `wanted.${what.replaceAll(' ', '.')}@example.com`
    await other.put(`/${own.id}`, { email: wanted })
    const token = await app.mail.secret(wanted)
    await end(own, claimsOf(other.token ?? '').sid, other)
    const confirmed = await createClient(app.server).post('/verify-email', { token })
    assert.equal(confirmed.status, lives ? 200 : 401, what)
  }
})
