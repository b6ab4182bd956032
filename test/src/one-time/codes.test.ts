import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { test } from 'node:test'
import { HOUR } from '../../../src/clock.ts'
import { createTestApp } from '../../support/app.ts'
import { createClient, createMember, passwords, registration } from '../../support/client.ts'
import { CODED, readCode, wrongCode } from '../../support/codes.ts'
import { eventually } from '../../support/eventually.ts'

let now = new Date()
const app = await createTestApp({ VERIFY_TTL: '24h', RESET_TTL: '1h' }, { clock: () => now })
const client = createClient(app.server)
const NEW = 'a wholly new passphrase'
let count = 0
const fresh = () => `coded${++count}@example.com`

for (const [what, { path, more, start }] of Object.entries(CODED)) {
  test(`the code of a ${what} does what its link does, once, and the link dies with it`, async () => {
    const { email, code, token } = await start(app, fresh())
    const answer = await client.post(path, { email, code, ...more })
    assert.equal(answer.status, 200, JSON.stringify(answer.body))
    assert.equal((await client.post(path, { email, code, ...more })).body.code, 'validation_failed')
    if (path === '/reset-password')
      assert.equal((await client.post(path, { token, ...more })).body.code, 'token_invalid')
    assert.equal((await client.logIn(email, path === '/reset-password' ? NEW : undefined)).status, 200)
  })

  test(`the code of a ${what} dies with its link`, async () => {
    const { email, code, token } = await start(app, fresh())
    assert.equal((await client.post(path, { token, ...more })).status, 200)
    assert.equal((await client.post(path, { email, code, ...more })).body.code, 'validation_failed')
  })

  test(`the code of a ${what} is taken in the groups in which the mail shows it, and for any spelling of the address`, async () => {
    const { email, code } = await start(app, fresh())
    const grouped = `${code.slice(0, 4)} ${code.slice(4)}`
    assert.equal((await client.post(path, { email: email.toUpperCase(), code: grouped, ...more })).status, 200)
  })

  test(`the code of a ${what} lives as long as its link, and then says no more than a wrong one`, async () => {
    const [early, late] = [await start(app, fresh()), await start(app, fresh())]
    const began = now
    now = new Date(began.getTime() + (path === '/reset-password' ? HOUR : 24 * HOUR) - 1)
    assert.equal((await client.post(path, { email: early.email, code: early.code, ...more })).status, 200)
    now = new Date(now.getTime() + 1)
    const { status, body } = await client.post(path, { email: late.email, code: late.code, ...more })
    assert.deepEqual([status, body.code], [400, 'validation_failed'])
    assert.equal((await client.post(path, { token: late.token, ...more })).body.code, 'token_expired')
  })

  test(`the code of a ${what} works while SECRET rotates`, async () => {
    const { email, code } = await start(app, fresh())
    const rotated = await app.another({ SECRET: `${randomBytes(48).toString('base64')},${app.config.SECRET}` })
    assert.equal((await createClient(rotated).post(path, { email, code, ...more })).status, 200)
    await rotated.close()
  })

  // ASVS V6.6.2
  test(`the code of a ${what} is good for its own purpose and address only`, async () => {
    const { email, code } = await start(app, fresh())
    const other = await createMember(app)
    const [foreign, body] = path === '/reset-password' ? ['/verify-email', {}] : ['/reset-password', passwords(NEW)]
    assert.equal((await client.post(foreign, { email, code, ...body })).body.code, 'validation_failed')
    assert.equal((await client.post(path, { email: other.email, code, ...more })).body.code, 'validation_failed')
    assert.equal((await client.post(path, { email, code, ...more })).status, 200, 'none of that used it up')
  })
}

test('looking at a reset code does not use it', async () => {
  const { email, code } = await CODED['password reset'].start(app, fresh())
  for (let i = 0; i < 8; i++)
    assert.equal((await client.post('/validate-reset-token', { email, code })).status, 200, 'and costs no try')
  const wrong = { email, code: wrongCode(code) }
  assert.equal((await client.post('/validate-reset-token', wrong)).body.code, 'validation_failed')
  assert.equal((await client.post('/reset-password', { email, code, ...passwords(NEW) })).status, 200)
})

test('the code of an attempt installs the password and names of that attempt; the five newest count', async () => {
  const email = fresh()
  const codes: string[] = []
  for (let i = 0; i < 6; i++) {
    now = new Date(now.getTime() + 1)
    await client.post('/register', registration(email, { firstName: `Name${i}`, ...passwords(`password of ${i}`) }))
    codes.push((await readCode(app, email)).code)
  }
  assert.equal((await client.post('/verify-email', { email, code: codes[0] })).body.code, 'validation_failed')
  assert.equal((await client.post('/verify-email', { email, code: codes[1] })).status, 200)
  assert.equal((await client.logIn(email, 'password of 1')).body.firstName, 'Name1')
})

test('while somebody signs up with an address, no code brings it to another account that wants it; the link does', async () => {
  for (const use of ['own code', 'link of the wish'] as const) {
    const email = fresh()
    const attempt = await CODED.registration.start(app, email)
    const wish = await CODED['changed address'].start(app, email)
    assert.equal((await client.post('/verify-email', { email, code: wish.code })).body.code, 'validation_failed')
    const proof = use === 'own code' ? { email, code: attempt.code } : { token: wish.token }
    assert.equal((await client.post('/verify-email', proof)).status, 200)
    const other = use === 'own code' ? { token: wish.token } : { email, code: attempt.code }
    assert.notEqual((await client.post('/verify-email', other)).status, 200)
    const rows = await app.db.selectFrom('accounts').select('id').where('email', '=', email).execute()
    assert.equal(rows.length, 1)
  }
})

test('codes die with every other secret when password or address changes', async () => {
  const member = await createMember(app)
  await client.post('/forgot-password', { email: member.email })
  const reset = await readCode(app, member.email)
  const wanted = fresh()
  await member.put(`/${member.id}`, { email: wanted })
  const change = await readCode(app, wanted)
  assert.equal((await client.post('/reset-password', { token: reset.token, ...passwords(NEW) })).status, 200)
  for (const [path, { email, code }] of [
    ['/validate-reset-token', reset],
    ['/verify-email', change]
  ] as const)
    assert.equal((await client.post(path, { email, code })).body.code, 'validation_failed')
})

test('a body without a proof, with half of one or with two names what is missing or too much', async () => {
  const token = 'x'
  const email = 'a@example.com'
  const code = '12345678'
  const cases: [object, [string, string][]][] = [
    [{}, [['/token', 'is required, or email and code instead']]],
    [{ email }, [['/code', 'is required with email']]],
    [{ code }, [['/email', 'is required with code']]],
    [
      { token, email, code },
      [
        ['/email', 'must not come together with token'],
        ['/code', 'must not come together with token']
      ]
    ],
    [{ token, code }, [['/code', 'must not come together with token']]],
    [{ token: 7 }, [['/token', 'must be text']]],
    [{ email, code: 12345678 }, [['/code', 'must be text']]],
    [
      { email: 'x', code: '1234567' },
      [
        ['/email', 'must be an e-mail address'],
        ['/code', 'must be the eight digits from the mail']
      ]
    ],
    [{ email, code: '１２３４５６７８' }, [['/code', 'must be the eight digits from the mail']]],
    [{ token, otp: '1' }, [['/otp', 'is not a recognised field']]]
  ]
  for (const path of ['/verify-email', '/validate-reset-token', '/reset-password']) {
    const more = path === '/reset-password' ? passwords(NEW) : {}
    for (const [body, expected] of cases) {
      const faults = (await client.post(path, { ...body, ...more })).faults()
      assert.deepEqual(
        faults.map(({ path, message }) => [path, message]),
        expected,
        `${path} ${JSON.stringify(body)}`
      )
    }
  }
})

test('the mail says the code in words a phone looks for, in text and HTML, and how long it holds', async () => {
  const email = fresh()
  await client.post('/register', registration(email), { headers: { 'accept-language': 'de' } })
  const { text, html } = await app.mail.next(email)
  const code = /^Ihr Code lautet (\d{4} \d{4})$/m.exec(text)?.[1] ?? assert.fail(text)
  assert.ok(html.includes(`>${code}</strong>`))
  assert.match(text, /Link und Code sind 24 Stunden gültig/)
})

test('the code is encrypted while its mail waits, and wiped with the link once it was delivered', async () => {
  const email = fresh()
  const { code, token } = await CODED.registration.start(app, email)
  const row = await eventually(async () => {
    const found = await app.db.selectFrom('outbox').selectAll().where('recipient', '=', email).executeTakeFirst()
    return found?.sent_at ? found : undefined
  })
  assert.equal(row.secret, null)
  for (const text of [code, `${code.slice(0, 4)} ${code.slice(4)}`, token]) assert.ok(!row.data.includes(text))
})
