import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import { DAY, HOUR } from '../../../src/clock.ts'
import { createTestApp } from '../../support/app.ts'
import { createClient, createMember, passwords, registration } from '../../support/client.ts'
import { readCode } from '../../support/codes.ts'
import { queriesOf, shapeOf } from '../../support/queries.ts'
import { accountRow, setAccount } from '../../support/rows.ts'

let now = new Date()
const app = await createTestApp({ VERIFY_TTL: '24h' }, { clock: () => now })
const client = createClient(app.server)
const NEW = 'a wholly new passphrase'
let count = 0
const fresh = () => `resent${++count}@example.com`
const advance = (ms: number) => {
  now = new Date(now.getTime() + ms)
}

async function resend(email: string): Promise<void> {
  advance(1)
  assert.equal((await client.post('/resend-verification', { email })).status, 200)
}

async function register(email: string, name = 'Ada', password = `password of ${name}`): Promise<string> {
  advance(1)
  await client.post('/register', registration(email, { firstName: name, ...passwords(password) }))
  return await app.mail.secret(email)
}

// ASVS V6.3.8: elsewhere this route told verified from unverified (Parse Server).
test('answer, statements and rows are the same whatever there is with the address', async () => {
  const [verified, suspended] = [await createMember(app), await createMember(app)]
  await setAccount(app, suspended.email, { suspended_at: now })
  const [unverified, contested, wanted, lapsed, purged] = [fresh(), fresh(), fresh(), fresh(), fresh()]
  await register(unverified)
  await register(contested, 'Ada')
  await register(contested, 'Mallory')
  await verified.put(`/${verified.id}`, { email: wanted })
  await suspended.put(`/${suspended.id}`, { email: lapsed })
  await register(purged)
  await app.db.deleteFrom('one_time_tokens').where('email', '=', purged).execute()
  const emails = [fresh(), verified.email, suspended.email, unverified, contested, wanted, lapsed, purged]
  const seen = []
  for (const email of emails) {
    const before = await counts()
    const { queries, result } = await queriesOf(() => client.post('/resend-verification', { email }))
    const { date: _, ...headers } = result.headers
    const rows = (await counts()).map((rows, i) => rows - (before[i] ?? 0))
    const own = queries.slice(0, queries.indexOf('commit') + 1) // without those of the worker that it wakes
    seen.push({ status: result.status, body: result.body, headers, rows, queries: own.map(shapeOf) })
  }
  assert.deepEqual(seen[0]?.rows, [1, 1, 1])
  assert.equal(seen[0]?.queries.length, 11)
  for (const [i, one] of seen.entries()) assert.deepEqual(one, seen[0], emails[i])
})

test('an unverified member gets another link and code of the same attempt, and the first ones still work', async () => {
  for (const use of ['new link', 'new code', 'old link']) {
    const email = fresh()
    const old = await register(email)
    await resend(email)
    const { token, code } = await readCode(app, email)
    const proof = use === 'new code' ? { email, code } : { token: use === 'new link' ? token : old }
    assert.equal((await client.post('/verify-email', proof)).status, 200, use)
    assert.equal((await client.logIn(email, 'password of Ada')).status, 200, use)
  }
})

test('a link that expired is renewed, for another VERIFY_TTL', async () => {
  const email = fresh()
  const old = await register(email)
  advance(2 * DAY)
  await resend(email)
  const { token } = await readCode(app, email)
  advance(DAY - HOUR)
  assert.equal((await client.post('/verify-email', { token: old })).body.code, 'token_expired')
  assert.equal((await client.post('/verify-email', { token })).status, 200)
})

test('nobody prepares an account for somebody else’s click: of two attempts none is renewed', async () => {
  const email = fresh()
  await register(email, 'Rightful')
  for (let i = 0; i < 6; i++) {
    await register(email, 'Mallory')
    await resend(email)
    const { text } = await app.mail.next(email, /Finish signing up/)
    assert.match(text, /choose your password anew/)
  }
  await resend(email)
  const { token } = await readCode(app, email)
  assert.equal((await client.post('/verify-email', { token })).body.code, 'token_invalid')
  assert.equal((await client.post('/reset-password', { token, ...passwords(NEW) })).status, 200)
  assert.equal((await client.logIn(email, 'password of Mallory')).body.code, 'email_not_verified')
  assert.equal((await client.logIn(email, NEW)).status, 200)
})

test('a stranger’s attempt that is renewed before the member’s does not push it out of sight', async () => {
  const email = fresh()
  await register(email, 'Mallory')
  for (let i = 0; i < 6; i++) await resend(email)
  await register(email, 'Rightful')
  await resend(email)
  assert.ok(await app.mail.next(email, /Finish signing up/))
})

test('an unverified Admin chooses a password: whoever registered the address does not', async () => {
  const email = fresh()
  await register(email, 'Mallory')
  await setAccount(app, email, { role: 'Admin' })
  await resend(email)
  assert.match((await app.mail.next(email)).subject, /Finish signing up/)
})

test('a verified member is told that there is nothing to do, without a secret', async () => {
  const { email } = await createMember(app)
  await resend(email)
  const { subject, text, html } = await app.mail.next(email)
  assert.match(subject, /is confirmed/)
  assert.doesNotMatch(text + html, /token=|Your code/)
})

test('the link to a new address is sent again, ends when the first one ends, and a newer wish ends both', async () => {
  const member = await createMember(app)
  const email = fresh()
  await member.put(`/${member.id}`, { email })
  await app.mail.next(email)
  advance(23 * HOUR)
  await resend(email)
  const again = await readCode(app, email)
  await member.logIn(member.email)
  await member.put(`/${member.id}`, { email: fresh() })
  assert.equal((await client.post('/verify-email', { token: again.token })).body.code, 'token_invalid')

  const second = fresh()
  await member.put(`/${member.id}`, { email: second })
  const { text } = await app.mail.next(second)
  assert.match(text, /valid for 24 hours/)
  advance(23 * HOUR)
  await resend(second)
  const mail = await app.mail.next(second)
  assert.match(mail.text, /valid for 59 minutes/)
  const token = /token=([\w-]+)/.exec(mail.text)?.[1]
  advance(HOUR)
  assert.equal((await client.post('/verify-email', { token })).body.code, 'token_expired')
  await resend(second)
  assert.equal(app.mail.received.filter(({ to }) => to === second).length, 2, 'nothing to send again')
})

test('the code of a renewed link changes the address', async () => {
  const member = await createMember(app)
  const email = fresh()
  await member.put(`/${member.id}`, { email })
  await app.mail.next(email)
  await resend(email)
  const { code } = await readCode(app, email)
  assert.equal((await client.post('/verify-email', { email, code })).status, 200)
  assert.equal((await member.get(`/${member.id}`)).body.email, email)
})

test('asking is in the trail, of the account that it concerns', async () => {
  const email = fresh()
  await register(email)
  await resend(email)
  const { id } = await accountRow(app, email)
  const events = await app.db.selectFrom('audit_events').select('event').where('subject_id', '=', id).execute()
  assert.equal(events.filter(({ event }) => event === 'verification_resent').length, 1)
})

async function counts(): Promise<number[]> {
  const tables = ['one_time_tokens', 'outbox', 'audit_events'] as const
  return await Promise.all(tables.map(async table => (await app.db.selectFrom(table).selectAll().execute()).length))
}

test('a wish that is being ended while it is resent stays ended', async () => {
  const member = await createMember(app)
  const wanted = fresh()
  await member.put(`/${member.id}`, { email: wanted })
  const first = await app.mail.secret(wanted)
  const { id } = await accountRow(app, member.email)
  let resending: Promise<unknown> = Promise.resolve()
  // What a reset, an undone change or a new password does, with a resend in its middle.
  await app.db.transaction().execute(async trx => {
    await trx.selectFrom('accounts').select('id').where('id', '=', id).forUpdate().execute()
    await trx.deleteFrom('one_time_tokens').where('account_id', '=', id).execute()
    resending = resend(wanted)
    await setTimeout(200)
  })
  await resending
  const left = await app.db.selectFrom('one_time_tokens').select('hash').where('account_id', '=', id).execute()
  assert.deepEqual(left, [])
  assert.equal((await client.post('/verify-email', { token: first })).body.code, 'token_invalid')
})
