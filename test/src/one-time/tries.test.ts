// ASVS V6.6.3, V6.3.1: codes cannot be guessed, and guessing locks nobody out.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { HOUR } from '../../../src/clock.ts'
import { createTestApp } from '../../support/app.ts'
import { createClient, createMember, passwords, registration } from '../../support/client.ts'
import { CODED, readCode, wrongCode } from '../../support/codes.ts'
import { queriesOf, shapeOf } from '../../support/queries.ts'
import { accountRow } from '../../support/rows.ts'

let now = new Date()
const app = await createTestApp({ VERIFY_TTL: '24h', RESET_TTL: '24h' }, { clock: () => now })
const client = createClient(app.server)
const NEW = 'a wholly new passphrase'
let count = 0
// Not a 401: a code is typed on a device that may be signed in, and clients take that for the end of the session.
const WRONG = [{ path: '/code', message: 'is wrong, used or no longer valid' }]
const fresh = () => `tried${++count}@example.com`

async function guess(path: string, email: string, code: string, times = 1, more = {}) {
  for (let i = 1; i <= times; i++) {
    const { status, body } = await client.post(path, { email, code: wrongCode(code, i), ...more })
    assert.deepEqual([status, body.errors], [400, WRONG])
  }
}

for (const [what, { path, more, start }] of Object.entries(CODED)) {
  test(`the right code of a ${what} is taken as the fifth try, and refused as the sixth; its link works`, async () => {
    const fifth = await start(app, fresh())
    await guess(path, fifth.email, fifth.code, 4, more)
    assert.equal((await client.post(path, { email: fifth.email, code: fifth.code, ...more })).status, 200)
    const { email, code, token } = await start(app, fresh())
    await guess(path, email, code, 5, more)
    const sixth = await client.post(path, { email, code, ...more })
    assert.deepEqual([sixth.status, sixth.body.errors], [400, WRONG])
    assert.equal((await client.post(path, { token, ...more })).status, 200)
  })

  test(`of fifty parallel wrong codes of a ${what} at most five are compared: no try is left for the right one`, async () => {
    const { email, code } = await start(app, fresh())
    const wrong = Array.from({ length: 50 }, (_, i) => ({ email, code: wrongCode(code, i + 1), ...more }))
    const answers = await Promise.all(wrong.map(body => client.post(path, body)))
    // 503: on a machine that is busy otherwise, some wait too long for a connection.
    for (const { status, body } of answers) assert.ok(status === 503 || body.code === 'validation_failed', `${status}`)
    assert.equal((await client.post(path, { email, code, ...more })).body.code, 'validation_failed')
    const rows = await app.db.selectFrom('code_tries').selectAll().where('since', '=', now).execute()
    assert.ok(rows.every(({ tries }) => tries <= 5))
  })

  test(`fifty codes guessed at once with the right one of a ${what} among them win at most by one of five tries`, async () => {
    const { email, code } = await start(app, fresh())
    const codes = Array.from({ length: 50 }, (_, i) => wrongCode(code, i))
    codes.push(...codes.splice(0, 25)) // the right one in the middle
    const answers = await Promise.all(codes.map(guessed => client.post(path, { email, code: guessed, ...more })))
    assert.ok(answers.filter(({ status }) => status === 200).length <= 1)
    assert.ok(answers.every(({ status }) => [200, 400, 503].includes(status)))
  })
}

test('tries are of the account: new codes bring none, whatever they are for', async () => {
  const member = await createMember(app)
  const { email } = member
  await client.post('/forgot-password', { email })
  const first = await readCode(app, email)
  await guess('/validate-reset-token', email, first.code, 3)
  await client.post('/forgot-password', { email })
  const second = await readCode(app, email)
  await guess('/reset-password', email, second.code, 2, passwords(NEW))
  await client.post('/forgot-password', { email })
  const third = await readCode(app, email)
  const wanted = fresh()
  await member.put(`/${member.id}`, { email: wanted })
  const change = await readCode(app, wanted)
  assert.equal((await client.post('/validate-reset-token', { email, code: third.code })).body.code, 'validation_failed')
  assert.equal(
    (await client.post('/verify-email', { email: wanted, code: change.code })).body.code,
    'validation_failed'
  )
  assert.equal((await client.post('/validate-reset-token', { token: third.token })).status, 200)
  assert.equal((await client.post('/verify-email', { token: change.token })).status, 200)
})

test('many accounts that want one address have five tries together', async () => {
  const email = fresh()
  const codes: string[] = []
  for (let i = 0; i < 3; i++) {
    now = new Date(now.getTime() + 1)
    codes.push((await CODED['changed address'].start(app, email)).code)
    await guess('/verify-email', email, codes[i] ?? '', i === 2 ? 1 : 2)
  }
  assert.equal((await client.post('/verify-email', { email, code: codes[2] })).body.code, 'validation_failed')
})

test('of several accounts that want one address each has a code that works, and each pays for a wrong one', async () => {
  const wanted = fresh()
  const wanting: { email: string; change: string; reset: string }[] = []
  for (let i = 0; i < 3; i++) {
    now = new Date(now.getTime() + 1)
    const { accountEmail: email, code: change } = await CODED['changed address'].start(app, wanted)
    await client.post('/forgot-password', { email })
    wanting.push({ email, change, reset: await app.mail.code(email, /Reset/) })
  }
  const [oldest] = wanting
  assert(oldest)
  await guess('/verify-email', wanted, oldest.change, 4)
  for (const { email, reset } of wanting) await guess('/validate-reset-token', email, reset, 1)
  for (const { email, reset } of wanting) {
    const sixth = await client.post('/validate-reset-token', { email, code: reset })
    assert.deepEqual([sixth.status, sixth.body.errors], [400, WRONG], email)
  }

  now = new Date(now.getTime() + HOUR)
  const { id } = await accountRow(app, oldest.email)
  assert.equal((await client.post('/verify-email', { email: wanted, code: oldest.change })).status, 200)
  assert.deepEqual((await accountRow(app, wanted)).id, id, 'the account whose code it was')
})

test('one account that wants many addresses has five tries in all', async () => {
  const member = await createMember(app)
  for (let i = 0; i < 5; i++) {
    const email = fresh()
    await member.put(`/${member.id}`, { email })
    await guess('/verify-email', email, (await readCode(app, email)).code)
  }
  const email = fresh()
  await member.put(`/${member.id}`, { email })
  const { code } = await readCode(app, email)
  assert.equal((await client.post('/verify-email', { email, code })).body.code, 'validation_failed')
})

test('the hour counts from the first wrong code; at its end there are five tries again', async () => {
  const { email, code } = await CODED.registration.start(app, fresh())
  const began = now
  await guess('/verify-email', email, code, 3)
  now = new Date(began.getTime() + HOUR / 2)
  await guess('/verify-email', email, code, 4)
  now = new Date(began.getTime() + HOUR - 1)
  assert.equal((await client.post('/verify-email', { email, code })).status, 400)
  now = new Date(began.getTime() + HOUR)
  await guess('/verify-email', email, code, 4)
  assert.equal((await client.post('/verify-email', { email, code })).status, 200)
})

test('a right code gives the tries back', async () => {
  const { email, code } = await CODED['password reset'].start(app, fresh())
  for (let i = 0; i < 3; i++) {
    await guess('/validate-reset-token', email, code, 4)
    assert.equal((await client.post('/validate-reset-token', { email, code })).status, 200)
  }
})

test('a refused code is in the trail of the account while it costs a try', async () => {
  const { email, code } = await CODED.registration.start(app, fresh())
  await guess('/verify-email', email, code, 30)
  const { id } = await accountRow(app, email)
  const events = await app.db.selectFrom('audit_events').select('event').where('subject_id', '=', id).execute()
  assert.equal(events.filter(({ event }) => event === 'code_refused').length, 5, 'strangers must not fill it')
})

// ASVS V6.3.8
test('unknown address, no live code, wrong code, expired code and spent tries are one answer and one work', async () => {
  const member = await createMember(app)
  const live = await CODED['password reset'].start(app, fresh())
  const spent = await CODED['password reset'].start(app, fresh())
  await guess('/validate-reset-token', spent.email, spent.code, 5)
  const expired = await CODED['password reset'].start(app, fresh())
  await app.db.updateTable('one_time_tokens').set({ expires_at: now }).where('email', '=', expired.email).execute()
  const cases = {
    unknown: { email: fresh(), code: '12345678' },
    'without a code': { email: member.email, code: '12345678' },
    wrong: { email: live.email, code: wrongCode(live.code) },
    expired: { email: expired.email, code: expired.code },
    spent: { email: spent.email, code: spent.code }
  }
  const seen = new Map<string, unknown>()
  for (const [name, body] of Object.entries(cases)) {
    for (const time of ['first', 'second']) {
      const { queries, result } = await queriesOf(() => client.post('/validate-reset-token', body))
      const { requestId: _, instance: __, ...told } = result.body
      seen.set(`${name}, ${time} time`, { status: result.status, told, queries: queries.map(shapeOf) })
    }
  }
  const [first] = seen.values()
  for (const [name, one] of seen) assert.deepEqual(one, first, name)
})

test('wrong codes for an unknown address are counted in rows like those of a member', async () => {
  const before = (await app.db.selectFrom('code_tries').selectAll().execute()).length
  const member = await createMember(app)
  for (const email of [fresh(), member.email]) await guess('/verify-email', email, '12345678', 7)
  const rows = await app.db.selectFrom('code_tries').selectAll().execute()
  assert.equal(rows.length - before, 12)
  assert.ok(rows.every(({ tries, account_id }) => tries <= 5 && account_id.length === 16))
})

test('whoever registers anew while the tries are spent gets in by the link', async () => {
  const email = fresh()
  const { code } = await CODED.registration.start(app, email)
  await guess('/verify-email', email, code, 5)
  await client.post('/register', registration(email))
  const again = await readCode(app, email)
  assert.equal((await client.post('/verify-email', { email, code: again.code })).body.code, 'validation_failed')
  assert.equal((await client.post('/verify-email', { token: again.token })).status, 200)
})
