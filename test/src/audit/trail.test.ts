import assert from 'node:assert/strict'
import { test } from 'node:test'
import { EVENTS } from '../../../src/audit/table.ts'
import { DAY, MINUTE } from '../../../src/clock.ts'
import { idFromText, newId } from '../../../src/ids.ts'
import type { Event } from '../../support/answer.ts'
import { createTestApp } from '../../support/app.ts'
import { type Client, createClient, createMember, PASSWORD, passwords } from '../../support/client.ts'
import { cursorOf, followPages } from '../../support/pages.ts'
import { queriesOf } from '../../support/queries.ts'
import { claimsOf, signIn } from '../../support/sessions.ts'

const app = await createTestApp()
const admin = await createMember(app, { role: 'Admin' })
const user = await createMember(app)
const NOBODY = '0199d6a0-5f2b-7c41-9a3e-8d6b1f0c2e47'

const pages = (client: Client, path: string, query: Record<string, string>) =>
  followPages(client, path, query, answer => answer.events())
const trail = (client: Client, id: string, query = {}) => pages(client, `/${id}/events`, query)
const whole = (query: Record<string, string> = {}) => pages(admin, '//events', query)
const names = (events: Event[]) => events.map(({ event }) => event)

// ASVS V16.2.1
test('a member reads what happened to the own account, newest first: who, when, from where, and what', async () => {
  const member = await createMember(app)
  const request = { headers: { 'user-agent': 'trail test' }, remoteAddress: '203.0.113.7' }
  await member.put(`/${member.id}`, { lastName: 'Hopper' }, request)
  const events = await trail(member, member.id)
  assert.deepEqual(names(events), ['account_updated', 'login_succeeded', 'email_verified', 'registration_started'])
  const [{ id, at, requestId, ...updated } = assert.fail(), login, verified] = events
  assert.deepEqual(updated, {
    event: 'account_updated',
    actorId: member.id,
    subjectId: member.id,
    sessionId: claimsOf(member.token).sid,
    ip: '203.0.113.7',
    userAgent: 'trail test',
    detail: { before: { lastName: 'Lovelace' }, after: { lastName: 'Hopper' } }
  })
  assert.ok(idFromText(id) && requestId)
  assert.ok(Math.abs(new Date(at).getTime() - app.now().getTime()) < MINUTE)
  assert.deepEqual([login?.actorId, login?.sessionId, login?.detail], [null, claimsOf(member.token).sid, null])
  assert.deepEqual([verified?.actorId, verified?.sessionId], [null, null])
  assert.match(verified?.ip ?? '', /^10\./, 'where createMember has its members sign up')
})

// ASVS V16.3.1
test('sign-ins that failed are there, with where they came from and without who tried', async () => {
  const member = await createMember(app)
  const body = { email: member.email, password: 'wrong password' }
  // Who is signed in elsewhere tries the passwords of somebody else.
  await user.post('/authenticate', body, { remoteAddress: '198.51.100.4', headers: { 'user-agent': 'thief' } })
  const [failed] = await trail(member, member.id)
  assert.deepEqual(
    [failed?.event, failed?.ip, failed?.userAgent, failed?.actorId, failed?.sessionId],
    ['login_failed', '198.51.100.4', 'thief', null, null]
  )
  assert.ok(!JSON.stringify(failed).includes(user.id))
})

test('of what an Admin did, a member sees that and what; only Admins see from where and by which session', async () => {
  const member = await createMember(app)
  const other = await signIn(app, member.email)
  const sid = claimsOf(other.jwt).sid
  const request = { headers: { 'user-agent': 'office' }, remoteAddress: '192.0.2.1' }
  await admin.put(`/${member.id}`, { title: 'Dr' }, request)
  await admin.delete(`/${member.id}/sessions/${sid}`, request)

  const hidden = { ip: null, userAgent: null, requestId: null }
  for (const [reader, seen, session] of [
    [member, hidden, null],
    [admin, { ip: '192.0.2.1', userAgent: 'office' }, claimsOf(admin.token).sid]
  ] as const) {
    const [ended, updated] = await trail(reader, member.id)
    assert.ok(ended && updated)
    assert.deepEqual([ended.event, ended.sessionId, ended.actorId], ['session_revoked', sid, admin.id])
    assert.deepEqual([updated.event, updated.sessionId, updated.actorId], ['account_updated', session, admin.id])
    assert.deepEqual(updated.detail, { before: { title: 'Ms' }, after: { title: 'Dr' } })
    for (const event of [ended, updated]) assert.deepEqual({ ...event, ...seen }, event)
  }
})

test('reasons are for Admins, and so is every detail that nobody said members may read', async () => {
  const member = await createMember(app)
  const at = app.now()
  const detail = JSON.stringify({ reason: 'canary' })
  const place = { ip: '', user_agent: '', request_id: 'test', session_id: null, actor_id: null }
  const events = EVENTS.filter(
    event => !/^(account_(created|updated)|role_changed|session_revoked|email_ch)/.test(event)
  )
  const rows = events.map(event => ({
    ...place,
    id: newId(() => at),
    at,
    event,
    subject_id: idFromText(member.id) ?? null,
    detail
  }))
  await app.db.insertInto('audit_events').values(rows).execute()
  assert.doesNotMatch(JSON.stringify(await trail(member, member.id)), /canary/)
  const seen = (await trail(admin, member.id)).filter(event => event.detail?.reason === 'canary')
  assert.equal(seen.length, rows.length)
  assert.deepEqual([seen[0]?.ip, seen[0]?.userAgent], [null, null], 'of the program there is no address')
})

test('the trail of others is closed to a User; a missing account is 404 to an Admin', async () => {
  for (const id of [admin.id, NOBODY, 'x']) {
    const answer = await user.get(`/${id}/events`)
    assert.deepEqual([answer.status, answer.body.code], [403, 'forbidden'])
  }
  for (const id of [NOBODY, 'x']) {
    const answer = await admin.get(`/${id}/events`)
    assert.deepEqual([answer.status, answer.body.code], [404, 'account_not_found'])
  }
  for (const path of ['//events', '//events?limit=x']) assert.equal((await user.get(path)).body.code, 'forbidden')
  assert.equal((await createClient(app.server).get('//events')).body.code, 'authentication_required')
})

test('pages of any size are the whole trail, newest first, each event once', async () => {
  const all = await whole({ limit: '500' })
  const rows = await app.db.selectFrom('audit_events').select('id').execute()
  assert.equal(all.length, rows.length)
  assert.deepEqual(
    all.map(({ id }) => id),
    all.map(({ id }) => id).toSorted((a, b) => (a < b ? 1 : -1))
  )
  for (const limit of ['1', '7', String(all.length)]) assert.deepEqual(await whole({ limit }), all, limit)
  const own = await trail(user, user.id, { limit: '1' })
  assert.deepEqual(own, await trail(user, user.id))
  assert.deepEqual(new Set(own.map(({ subjectId }) => subjectId)), new Set([user.id]))
})

test('filters narrow the trail, alone and together, and outlive the account', async () => {
  const member = await createMember(app)
  const before = app.now()
  app.advance(DAY)
  for (const client of [admin, user]) await client.logIn(client.email)
  await admin.put(`/${member.id}`, { title: 'Dr' })
  await admin.delete(`/${member.id}`)
  const [subject, actor] = [member.id, admin.id]
  assert.deepEqual(names(await whole({ subject, limit: '2' })), [
    'account_deleted',
    'account_updated',
    'login_succeeded',
    'email_verified',
    'registration_started'
  ])
  assert.deepEqual(names(await whole({ subject, actor })), ['account_deleted', 'account_updated'])
  assert.deepEqual(names(await whole({ subject, event: 'account_updated' })), ['account_updated'])
  assert.deepEqual(names(await whole({ event: 'account_deleted', actor })), ['account_deleted'])
  assert.deepEqual(await whole({ actor: NOBODY }), [])
  const [newest] = await whole({ subject })
  assert.ok(newest)
  const after = (time: string, query = {}) => whole({ subject, from: time, ...query })
  assert.equal((await after(before.toISOString())).length, 2)
  assert.deepEqual(names(await after(newest.at)), ['account_deleted'], 'from is the first that is in')
  assert.equal((await whole({ subject, to: newest.at })).length, 4, 'to is the first that is out')
  assert.deepEqual(await after(newest.at, { to: newest.at }), [])
  assert.equal((await after('0001-01-01T00:00:00Z', { to: '9999-12-31T23:59:59Z', limit: '1' })).length, 5)
})

test('what is no filter is refused by name, and a blank one counts as not given', async () => {
  const refused: [string, string][] = [
    ['event=logged_in', '/event'],
    ['event=login_failed&event=login_failed', '/event'],
    ['actor=x', '/actor'],
    ['actor=00000000-0000-9000-8000-000000000000', '/actor'],
    [`subject=urn:uuid:${NOBODY}`, '/subject'],
    ['from=yesterday', '/from'],
    ['from=2025-01-01', '/from'],
    ['from=2016-12-31T23:59:60Z', '/from'],
    ['to=2025-02-30T00:00:00Z', '/to'],
    ['to=2025-01-01T00:00:00', '/to'],
    ['limit=501', '/limit'],
    ['offset=1', '/offset'],
    ['__proto__=1', '/__proto__']
  ]
  for (const [query, path] of refused) {
    const faults = (await admin.get(`//events?${query}`)).faults()
    assert.ok(
      faults.every(fault => fault.path === path),
      query
    )
  }
  assert.ok((await admin.get('//events?event=&actor=&subject=&from=&to=&limit=&cursor=')).events().length > 0)
  assert.equal((await user.get(`/${user.id}/events?event=login_failed`)).faults()[0]?.path, '/event')
})

test('a cursor leads on in its own list only', async () => {
  const all = await cursorOf(admin, '//events?limit=1')
  const failed = await cursorOf(admin, `//events?limit=1&subject=${user.id}`)
  const own = await cursorOf(user, `/${user.id}/events?limit=1`)
  const accounts = await cursorOf(admin, '/?limit=1')
  assert.equal((await admin.get(`//events?limit=2&cursor=${all}`)).events().length, 2)
  for (const [client, path] of [
    [admin, `//events?event=login_failed&cursor=${all}`],
    [admin, `//events?cursor=${failed}`],
    [admin, `//events?subject=${user.id}&cursor=${own}`],
    [admin, `/${admin.id}/events?cursor=${own}`],
    [admin, `//events?cursor=${accounts}`],
    [admin, `/?cursor=${all}`],
    [user, `/${user.id}/events?cursor=${all}`],
    [user, `/${user.id}/events?cursor=${own}AAAA`]
  ] as const)
    assert.deepEqual((await client.get(path)).faults(), [{ path: '/cursor', message: 'is not a cursor of this list' }])
})

test('a page costs one query beside the guard’s', async () => {
  for (const [client, path] of [
    [admin, '//events'],
    [user, `/${user.id}/events`]
  ] as const)
    assert.equal((await queriesOf(() => client.get(path))).queries.length, 2, path)
})

test('the whole trail stands beside the accounts, wherever those are', async () => {
  for (const [prefix, path] of [
    ['/api/v1/accounts', '/api/v1/events'],
    ['/members/', '/events']
  ] as const) {
    const server = await app.another({}, { prefix })
    const headers = { authorization: `Bearer ${admin.token}` }
    assert.equal((await server.inject({ url: `${path}?limit=1`, headers })).statusCode, 200, path)
  }
})

// ASVS V16.2.5
test('no password, token or hash is ever in the trail, whatever act it came with', async () => {
  const password = 'canary passphrase one'
  const email = 'trail.canary@example.com'
  const member = await createMember(app, { email })
  const secrets = [password, 'canary passphrase two', 'wrong canary']
  await member.put(`/${member.id}`, { title: 'Dr', ...passwords(password) })
  await createClient(app.server).logIn(email, 'wrong canary')
  const device = await createClient(app.server).post('/authenticate', {
    email,
    password,
    refreshTokenDelivery: 'body'
  })
  secrets.push(device.body.refreshToken ?? '', device.body.jwtToken ?? '', member.token ?? '', member.cookie ?? '')
  await member.put(`/${member.id}`, { email: 'trail.canary2@example.com' })
  const change = await app.mail.secret('trail.canary2@example.com')
  await member.post('/verify-email', { token: change })
  await member.post('/forgot-password', { email: 'trail.canary2@example.com' })
  const reset = await app.mail.secret('trail.canary2@example.com', /Reset/)
  await member.post('/reset-password', { token: reset, ...passwords('canary passphrase two') })
  await member.post('/revoke-token', { refreshToken: device.body.refreshToken }, { headers: { cookie: '' } })
  await admin.put(`/${member.id}`, { ...passwords(), email: 'trail.canary3@example.com', role: 'Admin' })
  secrets.push(change, reset, PASSWORD, 'argon2')
  assert.ok(secrets.every(secret => secret.length > 5))
  const rows = JSON.stringify(await app.db.selectFrom('audit_events').selectAll().execute())
  assert.match(rows, /trail\.canary2/, 'there is something to find')
  for (const secret of secrets) assert.ok(!rows.includes(secret), secret)
})
