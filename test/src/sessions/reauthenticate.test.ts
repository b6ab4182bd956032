import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { InjectOptions } from 'fastify'
import { MINUTE } from '../../../src/clock.ts'
import { HASH_COST } from '../../../src/passwords/hasher.ts'
import { createTestApp } from '../../support/app.ts'
import { type Client, createClient, createMember, PASSWORD, passwords } from '../../support/client.ts'
import { queriesOf } from '../../support/queries.ts'
import { claimsOf, eventsOf, newToken, present, sessionRow, signIn, tokenIn } from '../../support/sessions.ts'

// Stands still, so that the window can be tested to the millisecond.
let now = new Date()
const app = await createTestApp({}, { clock: () => now })
const advance = (ms: number) => {
  now = new Date(now.getTime() + ms)
}
const NEW = 'a wholly new passphrase'
const HOME = { remoteAddress: '203.0.113.7', headers: { 'user-agent': 'Firefox' } }
let wishes = 0

/** A sensitive change, which leaves the session as it was. */
const wish = (client: Client, more: object = {}, from: InjectOptions = {}) =>
  client.put(`/${client.id}`, { email: `wish${++wishes}@example.com`, ...more }, from)

async function signInFrom({ email }: { email: string }, place: InjectOptions): Promise<Client> {
  const client = createClient(app.server)
  const { body } = await client.post('/authenticate', { email, password: PASSWORD }, place)
  return Object.assign(client, { token: body.jwtToken, id: body.id, email })
}

// ASVS V7.5.1, V10.3.4
test('a login counts until the last millisecond of REAUTH_WINDOW, and not at its end', async () => {
  const member = await createMember(app)
  advance(5 * MINUTE - 1)
  assert.equal((await wish(member)).status, 200)
  advance(1)
  const answer = await wish(member)
  assert.deepEqual([answer.status, answer.body.code], [409, 'reauthentication_required'])
  await member.logIn(member.email)
  assert.equal((await wish(member)).status, 200)
})

test('a REAUTH_WINDOW of 0 always asks, also right after the login', async () => {
  const server = await app.another({ REAUTH_WINDOW: '0' })
  const member = await createMember({ ...app, server })
  assert.equal((await wish(member)).body.code, 'reauthentication_required')
  assert.equal((await wish(member, { currentPassword: PASSWORD })).status, 200)
  assert.equal((await wish(member)).body.code, 'reauthentication_required', 'it counts for one request')
})

test('a login counts from the same network with the same agent only', async () => {
  const member = await createMember(app)
  const [client, six] = [
    await signInFrom(member, HOME),
    await signInFrom(member, { ...HOME, remoteAddress: '2001:db8:0:1::7' })
  ]
  const cases: [Client, InjectOptions, number][] = [
    [client, HOME, 200],
    [client, { ...HOME, remoteAddress: '203.0.113.200' }, 200],
    [client, { ...HOME, remoteAddress: '::ffff:203.0.113.7' }, 200],
    [client, { ...HOME, remoteAddress: '203.0.112.7' }, 409],
    [client, { ...HOME, remoteAddress: '2001:db8::7' }, 409],
    [client, { ...HOME, headers: { 'user-agent': 'Firefox 2' } }, 409],
    [client, { ...HOME, headers: { 'user-agent': 'firefox' } }, 409],
    [six, { ...HOME, remoteAddress: '2001:DB8:0:1:ffff::1' }, 200],
    [six, { ...HOME, remoteAddress: '2001:db8:0:2::7' }, 409]
  ]
  for (const [who, from, status] of cases)
    assert.equal((await wish(who, {}, from)).status, status, JSON.stringify(from))
  // What travels, works on; and comes home.
  const abroad = { ...HOME, remoteAddress: '198.51.100.1' }
  assert.equal((await client.get(`/${client.id}`, abroad)).status, 200)
  assert.equal((await client.post('/refresh-token', {}, abroad)).status, 200)
  assert.equal((await wish(client, {}, abroad)).status, 409)
  assert.equal((await wish(client, {}, HOME)).status, 200)
})

test('a refresh keeps what the login proved; a re-issue ends it for good', async () => {
  const { email } = await createMember(app)
  const device = await signIn(app, email)
  const client = Object.assign(createClient(app.server), { id: device.accountId })
  const use = (token: string | undefined) => {
    client.token = token
    return wish(client)
  }
  assert.equal((await use((await present(app, device.refreshToken)).body.jwtToken)).status, 200)
  assert.equal((await use((await present(app, device.refreshToken)).body.jwtToken)).status, 200, 'another tab')
  advance(MINUTE)
  const reissued = await present(app, device.refreshToken)
  assert.deepEqual(await eventsOf(app, device), [
    'email_change_requested',
    'email_change_requested',
    'session_reissued'
  ])
  assert.equal((await use(reissued.body.jwtToken)).body.code, 'reauthentication_required')
  assert.equal((await use(device.jwt)).body.code, 'reauthentication_required')
  advance(MINUTE)
  const moved = await present(app, newToken(reissued))
  assert.equal((await use(moved.body.jwtToken)).body.code, 'reauthentication_required', 'a move does not bring it back')
  assert.equal((await sessionRow(app, device)).authenticated_at, null)
})

test('a right currentPassword counts like a login, for this session and from this place; auth_time stays', async () => {
  const member = await createMember(app)
  const [phone, desk] = [await signInFrom(member, {}), await signInFrom(member, {})]
  const login = claimsOf(phone.token).auth_time
  advance(10 * MINUTE)
  assert.equal((await phone.put(`/${phone.id}`, { currentPassword: PASSWORD }, HOME)).status, 200)
  advance(5 * MINUTE - 1)
  for (const client of [phone, desk]) await client.refresh()
  assert.equal(claimsOf(phone.token).auth_time, login)
  assert.equal((await wish(phone, {}, HOME)).status, 200)
  assert.equal((await wish(phone)).status, 409, 'elsewhere')
  assert.equal((await wish(desk, {}, HOME)).status, 409, 'another session')
  advance(1)
  assert.equal((await wish(phone, {}, HOME)).status, 409)
})

test('a currentPassword in an act that fails proves nothing for the next one', async () => {
  const member = await createMember(app)
  const other = await createMember(app)
  const admin = await createMember(app, { role: 'Admin' })
  advance(10 * MINUTE)
  const answer = await admin.put(`/${member.id}`, { email: other.email, currentPassword: PASSWORD })
  assert.equal(answer.body.code, 'email_taken')
  assert.equal((await admin.delete(`/${member.id}`)).body.code, 'reauthentication_required')
})

// ASVS V6.2.3
test('a wrong currentPassword is 400 at its field, whatever else is sent, and changes nothing', async () => {
  const member = await createMember(app)
  const { firstName } = (await member.get(`/${member.id}`)).body
  for (const currentPassword of ['wrong', PASSWORD.toUpperCase(), `${PASSWORD} `, '\0', '\ud800', NEW])
    for (const more of [{}, { firstName: 'Augusta' }, passwords(NEW), { email: 'wrong.wish@example.com' }])
      assert.deepEqual((await member.put(`/${member.id}`, { currentPassword, ...more })).faults(), [
        { path: '/currentPassword', message: 'is not your current password' }
      ])
  assert.equal((await member.get(`/${member.id}`)).body.firstName, firstName)
  assert.equal((await member.logIn(member.email)).status, 200)
  assert.deepEqual(
    app.mail.received.filter(({ to }) => to === 'wrong.wish@example.com'),
    []
  )
})

test('a wrong one is recorded with actor, session and place, and the password is nowhere', async () => {
  const member = await createMember(app)
  const [wrong, right] = ['canary of a wrong password', PASSWORD]
  const answers = [
    await member.put(`/${member.id}`, { currentPassword: wrong, ...passwords(NEW) }, HOME),
    await member.put(`/${member.id}`, { currentPassword: right, firstName: 'Augusta' }, HOME)
  ]
  assert.doesNotMatch(JSON.stringify(answers), new RegExp(`${wrong}|${right}`))
  const events = await app.db.selectFrom('audit_events').selectAll().where('user_agent', '=', 'Firefox').execute()
  const [failed] = events.filter(({ subject_id, event }) => event === 'reauthentication_failed' && subject_id)
  assert(failed)
  assert.deepEqual([failed.actor_id, failed.ip, failed.detail], [failed.subject_id, HOME.remoteAddress, null])
  const session = claimsOf(member.token).sid
  assert.equal(failed.session_id?.toString('hex'), session.replaceAll('-', ''))
  assert.doesNotMatch(JSON.stringify(events), new RegExp(`${wrong}|${right}`))
})

test('a blank currentPassword, as a form sends it, is none', async () => {
  const member = await createMember(app)
  assert.equal((await wish(member, { currentPassword: '' })).status, 200)
  advance(10 * MINUTE)
  assert.equal((await wish(member, { currentPassword: '' })).status, 409)
  for (const currentPassword of [7, true, null, [PASSWORD], { $ne: '' }, 'x'.repeat(257)])
    assert.equal((await wish(member, { currentPassword })).faults()[0]?.path, '/currentPassword')
})

test('a password that changed while it was verified proves nothing', async () => {
  const slow = { ...app, server: await app.another({}, { hashCost: HASH_COST }) }
  const member = await createMember(slow)
  advance(10 * MINUTE)
  const asked = wish(member, { currentPassword: PASSWORD })
  while (slow.server.membership.gauges.hashLoad() === 0) await new Promise(resolve => setImmediate(resolve))
  await app.db.updateTable('accounts').set({ password_hash: 'another' }).where('email', '=', member.email).execute()
  assert.equal((await asked).body.code, 'reauthentication_required')
})

test('a fresh login costs no statement; a password that is entered costs one', async () => {
  const member = await createMember(app)
  const count = async (body: object) => {
    const { queries, result } = await queriesOf(() => member.put(`/${member.id}`, body))
    assert.equal(result.status, 200)
    return queries.filter(sql => /^(select|update|insert|delete)/.test(sql)).length
  }
  const title = await count({ title: 'Dr' })
  // What a role in the form and a password besides cost without any proof: an insert and a few updates.
  const fresh = await queriesOf(() => wish(member))
  assert.equal(fresh.queries.filter(sql => /`authenticated_at`/.test(sql) && /^update/.test(sql)).length, 0)
  assert.equal(fresh.queries.filter(sql => /^select .* from `sessions`/.test(sql)).length, 1, 'the guard’s')
  assert.equal(await count({ title: 'Prof', currentPassword: PASSWORD }), title + 1)
})

test('the transport of the session does not matter', async () => {
  const { email } = await createMember(app)
  const client = createClient(app.server)
  const login = await client.post('/authenticate', { email, password: PASSWORD, refreshTokenDelivery: 'body' })
  assert(tokenIn(login))
  Object.assign(client, { token: login.body.jwtToken, id: login.body.id })
  assert.equal((await wish(client)).status, 200)
})
