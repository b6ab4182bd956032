import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { InjectOptions } from 'fastify'
import { createTestApp } from '../../support/app.ts'
import { createClient, createMember, PASSWORD, registration } from '../../support/client.ts'
import { queriesOf } from '../../support/queries.ts'

const app = await createTestApp()
const SUBJECT = 'New sign-in to your account'
const HOME: InjectOptions = { remoteAddress: '203.0.113.7', headers: { 'user-agent': 'Firefox' } }
const MOBILE: InjectOptions = { remoteAddress: '2001:db8:7:1::1', headers: { 'user-agent': 'App/2.1 (Phone)' } }

async function logIn(email: string, place: InjectOptions, password = PASSWORD) {
  const client = createClient(app.server)
  const answer = await client.post('/authenticate', { email, password }, place)
  return Object.assign(client, { status: answer.status, token: answer.body.jwtToken, id: answer.body.id ?? '' })
}

let members = 0
/** A verified member who never signed in. */
async function unused(): Promise<string> {
  const email = `unused${++members}@example.com`
  await createMember(app, { email, login: false })
  return email
}

/** The notices that were written to an address. */
async function notices(email: string): Promise<Record<string, string>[]> {
  const rows = await app.db
    .selectFrom('outbox')
    .select('data')
    .where('recipient', '=', email)
    .where('template', '=', 'new-device')
    .orderBy('id')
    .execute()
  return rows.map(({ data }) => JSON.parse(data))
}

// ASVS V6.3.5, V8.2.4
test('a login from a new device or network is told once, with time, device and address; the very first is not', async () => {
  const email = await unused()
  await logIn(email, HOME)
  assert.deepEqual(await notices(email), [])
  await logIn(email, MOBILE)
  const { text } = await app.mail.next(email, new RegExp(SUBJECT))
  assert.match(text, /^Device: App\/2\.1 \(Phone\)\nAddress: 2001:db8:7:1::1$/m)
  assert.match(text, new RegExp(`^Time: .*${app.now().getUTCFullYear()}.* UTC$`, 'm'))
  for (const place of [HOME, MOBILE, { ...HOME, remoteAddress: '203.0.113.99' }]) await logIn(email, place)
  assert.equal((await notices(email)).length, 1)
  await logIn(email, { ...HOME, remoteAddress: '203.0.112.7' })
  await logIn(email, { ...HOME, headers: { 'user-agent': 'firefox' } })
  assert.equal((await notices(email)).length, 3)
})

test('a login that fails tells nobody, and makes no place known', async () => {
  const { email } = await createMember(app)
  await logIn(email, MOBILE, 'not the password')
  assert.deepEqual(await notices(email), [])
  await logIn(email, MOBILE)
  assert.equal((await notices(email)).length, 1)
})

test('a password entered for an act of a session is told like a login: its place is known from then on', async () => {
  const email = await unused()
  const { id, token } = await logIn(email, HOME)
  const enter = async (place: InjectOptions, currentPassword: string) => {
    const headers = { ...place.headers, authorization: `Bearer ${token}` }
    return (await createClient(app.server).put(`/${id}`, { currentPassword }, { ...place, headers })).status
  }
  assert.equal(await enter(HOME, PASSWORD), 200)
  assert.equal(await enter(MOBILE, 'not the password'), 400)
  assert.deepEqual(await notices(email), [])
  assert.equal(await enter(MOBILE, PASSWORD), 200)
  assert.deepEqual(
    (await notices(email)).map(({ ip }) => ip),
    ['2001:db8:7:1::1']
  )
  assert.equal(await enter(MOBILE, PASSWORD), 200)
  await logIn(email, MOBILE)
  assert.equal((await notices(email)).length, 1, 'once')
})

test('a session that has ended is remembered while it is in the table', async () => {
  const email = await unused()
  const client = await logIn(email, HOME)
  await client.post('/revoke-token')
  await logIn(email, HOME)
  assert.deepEqual(await notices(email), [])
  await app.db.deleteFrom('sessions').execute()
  await logIn(email, HOME)
  assert.equal((await notices(email)).length, 1)
})

test('where a refresh token was used is no place where the password was entered', async () => {
  const email = await unused()
  const client = await logIn(email, HOME)
  assert.equal((await client.post('/refresh-token', {}, MOBILE)).status, 200)
  await logIn(email, MOBILE)
  assert.equal((await notices(email)).length, 1)
})

test('a session from before places were noted counts by where it was used', async () => {
  const email = await unused()
  await logIn(email, HOME)
  const unnoted = { authenticated_at: null, authenticated_ip: '', authenticated_agent: '' }
  await app.db.updateTable('sessions').set(unnoted).where('user_agent', '=', 'Firefox').execute()
  await logIn(email, HOME)
  assert.deepEqual(await notices(email), [])
})

test('of parallel logins from a new device one is told', async () => {
  const { email } = await createMember(app)
  const clients = await Promise.all(Array.from({ length: 6 }, () => logIn(email, MOBILE)))
  assert(clients.every(({ status }) => status === 200))
  assert.equal((await notices(email)).length, 1)
})

test('another member’s device is new', async () => {
  const [one, two] = [await createMember(app), await createMember(app)]
  await logIn(one.email, MOBILE)
  await logIn(two.email, MOBILE)
  assert.equal((await notices(two.email)).length, 1)
})

test('an account that an Admin made is told of the second place, too', async () => {
  const admin = await createMember(app, { role: 'Admin' })
  const { acceptTerms: _, ...person } = registration('made@example.com')
  await admin.post('/', { ...person, role: 'User' })
  await logIn('made@example.com', HOME)
  await logIn('made@example.com', MOBILE)
  assert.equal((await notices('made@example.com')).length, 1)
})

test('a login from a known device costs one statement for that, the first none', async () => {
  const email = await unused()
  const looks = async (place: InjectOptions) => {
    const { queries } = await queriesOf(() => logIn(email, place))
    return queries.filter(sql => /authenticated_agent/.test(sql) && /^select/.test(sql)).length
  }
  assert.deepEqual([await looks(HOME), await looks(HOME)], [0, 1])
})
