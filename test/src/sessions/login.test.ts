import assert from 'node:assert/strict'
import { availableParallelism } from 'node:os'
import { after, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { DAY } from '../../../src/clock.ts'
import { readConfig } from '../../../src/config.ts'
import { createContext } from '../../../src/context.ts'
import { LEAST_HASH_COST } from '../../../src/passwords/hasher.ts'
import { ownScope } from '../../../src/scope.ts'
import { logIn } from '../../../src/sessions/login.ts'
import { createTestApp } from '../../support/app.ts'
import { createClient, createMember, PASSWORD, registration } from '../../support/client.ts'
import { setAccount } from '../../support/rows.ts'

const app = await createTestApp()
const { email } = await createMember(app)
const client = createClient(app.server)
const post = (body: unknown) => client.post('/authenticate', body)

// ASVS V6.3.8
test('a wrong password, an unknown and a suspended member are told the same', async () => {
  const suspended = await createMember(app, { login: false, email: 'suspended@example.com' })
  await setAccount(app, 'suspended@example.com', { suspended_at: app.now() })
  const answers = [
    await suspended.logIn(email, 'not the password'),
    await suspended.logIn('nobody@example.com'),
    await suspended.logIn('suspended@example.com'),
    await suspended.logIn('suspended@example.com', 'not the password'),
    await suspended.logIn('not an address'),
    await suspended.logIn(email, `${PASSWORD} `),
    await suspended.logIn(email, PASSWORD.toUpperCase())
  ]
  for (const { status, body, headers } of answers) {
    const { requestId, instance, ...same } = body
    assert.equal(instance, `urn:guildhall:request:${requestId}`)
    assert.deepEqual(
      [status, same],
      [401, { ...same, code: 'invalid_credentials', message: 'E-mail or password is incorrect.' }]
    )
    assert.deepEqual(Object.keys(same).sort(), ['code', 'detail', 'message', 'status', 'title', 'type'])
    assert.equal(headers['set-cookie'], undefined)
  }
})

// ASVS V6.3.1
test('a guess that was compared is refused and recorded, though the hash queue is full by then', async () => {
  const ctx = createContext({
    config: readConfig(app.config),
    clock: () => app.now(),
    db: app.db,
    secret: app.config.SECRET ?? '',
    hashCost: LEAST_HASH_COST,
    onError: error => assert.fail(String(error))
  })
  after(() => ctx.hasher.close())
  const { verify } = ctx.hasher
  let isOver = false
  const flood = async () => {
    while (!isOver) await verify('x', null).catch(() => sleep(1))
  }
  const others: Promise<unknown>[] = []
  const filling = {
    ...ctx.hasher,
    verify: async (...args: Parameters<typeof verify>) => {
      const verification = await verify(...args)
      // A flood takes every place that there is, and each that gets free.
      for (let i = 0; i < 200 * availableParallelism(); i++) others.push(flood())
      await assert.rejects(verify('x', null), { code: 'busy' })
      return verification
    }
  }
  const member = await createMember(app)
  const credentials = { email: member.email, password: 'a wrong guess', transport: 'body' } as const
  const refused = assert.rejects(logIn({ ...ctx, hasher: filling }, ownScope('test'), credentials), {
    code: 'invalid_credentials'
  })
  await refused.finally(() => {
    isOver = true
  })
  await Promise.all(others)
  const events = (await member.get(`/${member.id}/events`)).events().map(({ event }) => event)
  assert(events.includes('login_failed'))
})

test('that an address is unverified is told after the right password only', async () => {
  await client.post('/register', registration('unverified@example.com'))
  assert.equal((await client.logIn('unverified@example.com', 'not the password')).body.code, 'invalid_credentials')
  const answer = await client.logIn('unverified@example.com')
  assert.deepEqual([answer.status, answer.body.code], [403, 'email_not_verified'])
  assert.equal(answer.headers['set-cookie'], undefined)
})

// ASVS V3.3.1, V3.3.3, V3.3.5, V3.3.4
test('the cookie is host-only, for no script, short, and ends with the session', async () => {
  const answer = await post({ email, password: PASSWORD })
  const cookie = String(answer.headers['set-cookie'])
  assert.match(cookie, /^__Host-refresh=[\w-]+; Path=\/; Expires=[^;]+; HttpOnly; Secure; SameSite=Strict$/)
  assert(`__Host-refresh=${answer.cookie}`.length < 200)
  const expires = Date.parse(/Expires=([^;]+)/.exec(cookie)?.[1] ?? '')
  assert(Math.abs(expires - app.now().getTime() - 7 * 86_400_000) < 5000)
})

// ASVS V3.3.2
for (const [setting, attribute] of [
  [undefined, 'Strict'],
  ['strict', 'Strict'],
  ['lax', 'Lax'],
  ['none', 'None']
] as const) {
  // ASVS V3.3.2
  test(`COOKIE_SAMESITE=${setting ?? ''}: the cookie is set, renewed and cleared as SameSite=${attribute}`, async () => {
    const browser = createClient(await app.another(setting ? { COOKIE_SAMESITE: setting } : {}))
    const answers = [
      await browser.logIn(email),
      await browser.refresh(),
      await browser.post('/revoke-token', {}, { headers: { authorization: '' } })
    ]
    for (const { status, headers } of answers) {
      assert.equal(status, 200)
      assert.match(String(headers['set-cookie']), new RegExp(`; HttpOnly; Secure; SameSite=${attribute}$`))
    }
    assert.equal(answers.at(-1)?.cookie, '')
  })
}

test('an address is found in other spellings, and in no look-alike', async () => {
  await createMember(app, { login: false, email: 'Max@Bücher.example' })
  for (const text of [
    'max@bücher.example',
    'MAX@BÜCHER.EXAMPLE',
    'max@xn--bcher-kva.example',
    'max@bu\u0308cher.example'
  ])
    assert.equal((await client.logIn(text)).status, 200, text)
  for (const text of [
    'max@bucher.example',
    'màx@bücher.example',
    'max@bücher.example ',
    'max@bücher.example\0',
    'm\u212bx@bücher.example'
  ])
    assert.equal((await client.logIn(text)).status, 401, text)
})

test('the password is compared in NFKC', async () => {
  const typed = 'Ångström ﬁne passphrase'
  await client.post('/register', registration('nfkc@example.com', { password: typed, confirmPassword: typed }))
  await client.post('/verify-email', { token: await app.mail.secret('nfkc@example.com') })
  assert.equal((await client.logIn('nfkc@example.com', typed.normalize('NFD'))).status, 200)
})

const right: Record<string, unknown> = { email, password: PASSWORD, refreshTokenDelivery: 'cookie' }
const odd: unknown[] = [
  0,
  7,
  -1,
  1.5,
  true,
  false,
  null,
  [],
  {},
  [email],
  [PASSWORD],
  { toString: 'x' },
  { $ne: '' },
  '',
  'x'.repeat(300)
]

// ASVS V15.3.5
test('nothing but strings reaches a comparison', async () => {
  for (const field of Object.keys(right)) {
    for (const value of odd) {
      const faults = (await post({ ...right, [field]: value })).faults()
      assert(
        faults.some(({ path }) => path === `/${field}`),
        `${field}: ${JSON.stringify(value)}`
      )
    }
  }
  for (const body of [null, [], 'x', 7, [right], {}, { ...right, role: 'Admin' }])
    assert.equal((await post(body)).status, 400)
  for (const password of ['\ud800', '\0', '\u{10ffff}', '\r\n', "' or 1=1 -- "])
    assert.equal((await post({ email, password })).status, 401)
})

// ASVS V6.2.10
test('a password does not age', async () => {
  const later = await app.another({}, { clock: () => new Date(app.now().getTime() + 5 * 365 * DAY) })
  assert.equal((await createClient(later).logIn(email)).status, 200)
})

test('a login is noted with the account, a failed one is not', async () => {
  const email = 'noted@example.com'
  const member = await createMember(app, { login: false, email })
  const noted = async () => {
    const query = app.db.selectFrom('accounts').select('last_login_at').where('email', '=', email)
    return (await query.executeTakeFirstOrThrow()).last_login_at?.getTime() ?? 0
  }
  await member.logIn(email, 'not the password')
  assert.equal(await noted(), 0)
  await member.logIn(email)
  const first = await noted()
  assert(first > 0)
  app.advance(1000)
  await member.logIn(email)
  assert((await noted()) >= first + 1000)
})
