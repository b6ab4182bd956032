import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { test } from 'node:test'
import { DAY, MINUTE } from '../../../src/clock.ts'
import { idFromText } from '../../../src/ids.ts'
import { createTestApp } from '../../support/app.ts'
import { createClient, createMember, PASSWORD, passwords } from '../../support/client.ts'
import { queriesOf } from '../../support/queries.ts'
import { eventsOf, newToken, present, sessionRow, signIn, tokenIn, useAccess } from '../../support/sessions.ts'

const app = await createTestApp()
const { email } = await createMember(app)
const client = createClient(app.server)

// ASVS V2.3.2, V7.1.2
test('beyond MAX_SESSIONS the longest unused session gives way', async () => {
  const few = { ...app, server: await app.another({ MAX_SESSIONS: '2' }) }
  const member = (await createMember(app)).email
  const stranger = await signIn(few, email)
  const one = await signIn(few, member)
  app.advance(1000)
  const two = await signIn(few, member)
  app.advance(1000)
  newToken(await present(few, one.refreshToken))
  app.advance(1000)
  const three = await signIn(few, member)
  assert.equal((await useAccess(few, two.jwt)).body.code, 'session_revoked')
  for (const { jwt } of [one, three, stranger]) assert.equal((await useAccess(few, jwt)).status, 200)
})

test('after MAX_SESSIONS was lowered, one login ends all that are too many, in one statement, each with its record', async () => {
  const member = 'many@example.com'
  await createMember(app, { email: member, login: false })
  const devices = []
  for (let i = 0; i < 5; i++) {
    devices.push(await signIn(app, member))
    app.advance(1000)
  }
  const server = await app.another({ MAX_SESSIONS: '2' })
  const { queries } = await queriesOf(() => signIn({ ...app, server }, member))
  assert.equal(queries.filter(sql => /^update `sessions`/.test(sql)).length, 1)
  const outcomes = await Promise.all(devices.map(device => eventsOf(app, device)))
  assert.deepEqual(outcomes, [['session_revoked'], ['session_revoked'], ['session_revoked'], ['session_revoked'], []])
  assert.deepEqual(
    await Promise.all(devices.map(async ({ jwt }) => (await useAccess(app, jwt)).status)),
    [401, 401, 401, 401, 200]
  )
})

test('of parallel logins no more than MAX_SESSIONS live, and one that was answered last is among them', async () => {
  const now = app.now()
  const server = await app.another({ MAX_SESSIONS: '1' }, { clock: () => now }) // a tie in every time
  const member = (await createMember(app)).email
  await Promise.all(Array.from({ length: 8 }, () => signIn({ ...app, server }, member)))
  const last = await signIn({ ...app, server }, member)
  const { account_id } = await sessionRow(app, last)
  const live = await app.db
    .selectFrom('sessions')
    .select('id')
    .where('account_id', '=', account_id)
    .where('revoked_at', 'is', null)
    .execute()
  assert.deepEqual(
    live.map(({ id }) => id),
    [last.sessionId]
  )
})

// ASVS V11.2.2
test('a new SECRET logs nobody out, and hashes passwords anew as their owners sign in', async () => {
  const [old, next] = [app.config.SECRET, randomBytes(48).toString('base64')]
  const devices = [await signIn(app, email), await signIn(app, email, 'body')]
  const stored = () =>
    app.db.selectFrom('accounts').select('password_hash').where('email', '=', email).executeTakeFirstOrThrow()
  const before = await stored()
  const rotated = { ...app, server: await app.another({ SECRET: `${next},${old}` }) }
  const tokens = []
  for (const { refreshToken, transport } of devices)
    tokens.push(newToken(await present(rotated, refreshToken, transport)))

  assert.equal((await createClient(rotated.server).logIn(email, 'not the password')).status, 401)
  assert.deepEqual(await stored(), before, 'only the right password is hashed again')
  const parallel = await Promise.all([1, 2, 3, 4].map(() => createClient(rotated.server).logIn(email)))
  assert.deepEqual(
    parallel.map(({ status }) => status),
    [200, 200, 200, 200]
  )
  const after = await stored()
  assert.notDeepEqual(after, before)
  assert.equal((await createClient(rotated.server).logIn(email)).status, 200)
  assert.deepEqual(await stored(), after, 'once')

  const only = { ...app, server: await app.another({ SECRET: next }) }
  assert.equal((await createClient(only.server).logIn(email)).status, 200)
  app.advance(10_001)
  newToken(await present(only, tokens[1] ?? '', 'body')) // exchanged under the new key already
  assert.equal((await present(only, devices[0]?.refreshToken ?? '')).body.code, 'token_invalid')
})

test('a login that was under way while the password changed does not survive the change', async () => {
  const member = await createMember(app)
  await client.post('/forgot-password', { email: member.email })
  const token = await app.mail.secret(member.email, /password/i)
  const password = 'another long passphrase'
  // The hash of the new password is computed first; the logins read the old one meanwhile, and wait for their turn.
  const reset = client.post('/reset-password', { token, ...passwords(password) })
  const logins = Array.from({ length: 12 }, () => createClient(app.server).logIn(member.email))
  const answers = await Promise.all(logins)
  assert.equal((await reset).status, 200)
  for (const answer of answers) {
    assert([200, 401].includes(answer.status))
    if (answer.status === 200) {
      assert.equal((await useAccess(app, answer.body.jwtToken)).body.code, 'session_revoked')
      assert.equal((await present(app, tokenIn(answer) ?? '')).status, 401)
    }
  }
})

test('a MAX_SESSIONS that was lowered costs a login no more statements for thirty sessions than for one', async () => {
  const statements = async (surplus: number) => {
    const { email } = await createMember(app)
    for (let i = 1; i < surplus; i++) await signIn(app, email) // beside the member's own
    const few = await app.another({ MAX_SESSIONS: '1' })
    const { queries, result } = await queriesOf(() => createClient(few).logIn(email))
    assert.equal(result.status, 200)
    const rows = await app.db
      .selectFrom('audit_events')
      .select('id')
      .where('event', '=', 'session_revoked')
      .where('subject_id', '=', idFromText(result.body.id ?? '') ?? null)
      .execute()
    assert.equal(rows.length, surplus, 'each is recorded')
    return queries.length
  }
  assert.equal(await statements(30), await statements(1))
})

// ASVS V7.2.4
test('the session whose cookie a login replaces ends within the life of an access token; other tabs are not logged out', async () => {
  const member = await createMember(app)
  const [token, cookie] = [member.token, member.cookie]
  assert.equal((await member.logIn(member.email)).status, 200)
  assert.notEqual(member.cookie, cookie)
  const old = createClient(app.server)
  Object.assign(old, { token, cookie })
  assert.equal((await old.get(`/${member.id}`)).status, 200)
  app.advance(15 * MINUTE)
  assert.equal((await old.refresh()).body.code, 'session_expired')
  assert.equal((await member.refresh()).status, 200)
})

test('a session that goes on being refreshed after a login replaced its cookie lives on; one in the body is left alone', async () => {
  const member = await createMember(app)
  const tab = createClient(app.server)
  tab.cookie = member.cookie
  await member.post('/authenticate', { email: member.email, password: PASSWORD })
  assert.equal((await tab.refresh()).status, 200)
  const other = createClient(app.server)
  other.cookie = tab.cookie
  await other.post('/authenticate', { email: member.email, password: PASSWORD, refreshTokenDelivery: 'body' })
  app.advance(DAY)
  assert.equal((await tab.refresh()).status, 200)
})
