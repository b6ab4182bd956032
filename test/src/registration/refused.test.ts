// Who registers an address and signs in with the password of that registration must not learn whether it is a member's.
import assert from 'node:assert/strict'
import { after, suite, test } from 'node:test'
import { DAY, HOUR } from '../../../src/clock.ts'
import { readConfig } from '../../../src/config.ts'
import { createContext } from '../../../src/context.ts'
import { createTestApp } from '../../support/app.ts'
import { type Client, createClient, createMember, PASSWORD, passwords, registration } from '../../support/client.ts'
import { tidy } from '../../support/housekeeping.ts'
import { queriesOf, shapeOf } from '../../support/queries.ts'
import { accountRow, setAccount } from '../../support/rows.ts'

let now = new Date()
const app = await createTestApp({}, { clock: () => now })
const stranger = createClient(app.server)
const GUESS = 'password of the stranger'
let count = 0
const fresh = () => `refused${++count}@example.com`
const advance = (ms: number) => {
  now = new Date(now.getTime() + ms)
}

async function register(email: string, password = GUESS): Promise<void> {
  advance(1)
  assert.equal((await stranger.post('/register', registration(email, passwords(password)))).status, 200)
}

/** What a login answers, and the statements it makes. */
async function logIn(email: string, password = GUESS) {
  const { queries, result } = await queriesOf(() => stranger.logIn(email, password))
  const { requestId: _, instance: __, ...body } = result.body
  return { status: result.status, body, cookie: result.cookie, queries: queries.map(shapeOf) }
}

const KINDS: Record<string, (email: string) => Promise<Client | undefined>> = {
  'a member’s': email => createMember(app, { email }),
  'an Admin’s': email => createMember(app, { email, role: 'Admin' }),
  'a suspended member’s': async email => {
    const member = await createMember(app, { email, login: false })
    await setAccount(app, email, { suspended_at: now })
    return member
  },
  'waiting for its confirmation': async email => void (await register(email, 'password of another'))
}

// ASVS V6.3.8
suite('an address that somebody registers is', () => {
  for (const [what, prepare] of Object.entries(KINDS)) {
    test(`${what}: a login with that password, or another, tells nothing`, async () => {
      const [known, free] = [fresh(), fresh()]
      await prepare(known)
      for (const email of [known, free]) await register(email)
      const right = { known: await logIn(known), free: await logIn(free) }
      assert.deepEqual([right.free.status, right.free.body.code], [403, 'email_not_verified'])
      assert.deepEqual(right.known, right.free)
      const wrong = { known: await logIn(known, 'another password'), free: await logIn(free, 'another password') }
      assert.deepEqual([wrong.free.status, wrong.free.body.code], [401, 'invalid_credentials'])
      assert.deepEqual(wrong.known, wrong.free)
      assert.deepEqual(right.known.queries, wrong.known.queries)
      assert.deepEqual((await logIn(fresh())).queries, wrong.known.queries)
    })
  }

  test('nobody else’s to enter: its member signs in as ever, and the stranger’s password opens nothing', async () => {
    const member = await createMember(app, { email: fresh() })
    await register(member.email)
    assert.equal((await member.logIn(member.email, PASSWORD)).status, 200)
    assert.equal((await accountRow(app, member.email)).version, 1)
    assert.equal((await logIn(member.email)).cookie, undefined)
    assert.equal((await stranger.post('/forgot-password', { email: member.email })).status, 200)
    const token = await app.mail.secret(member.email, /reset/i)
    assert.equal((await stranger.post('/reset-password', { token, ...passwords('a new passphrase') })).status, 200)
    assert.equal((await logIn(member.email)).status, 403)
    assert.equal((await member.logIn(member.email, 'a new passphrase')).status, 200)
  })

  test('of two registrations answered by the newest', async () => {
    const [{ email: known }, free] = [await createMember(app, { email: fresh() }), fresh()]
    for (const email of [known, free]) {
      await register(email, 'the first of two')
      await register(email, 'the second of two')
    }
    for (const email of [known, free])
      assert.deepEqual(
        [(await logIn(email, 'the first of two')).status, (await logIn(email, 'the second of two')).status],
        [401, 403],
        email
      )
  })
})

suite('what is remembered', () => {
  const rows = async () => (await app.db.selectFrom('one_time_tokens').select('hash').execute()).length

  test('is one row, however often an address is registered', async () => {
    const { email } = await createMember(app, { email: fresh() })
    await register(email)
    const before = await rows()
    for (let i = 0; i < 5; i++) await register(email, `attempt number ${i}`)
    assert.equal(await rows(), before)
    assert.equal((await logIn(email, 'attempt number 4')).status, 403)
  })

  test('counts no more once the address is free, and registered again', async () => {
    const member = await createMember(app, { email: fresh() })
    await register(member.email, 'while it was taken')
    assert.equal((await member.delete(`/${member.id}`)).status, 200)
    await register(member.email, 'while it was free')
    const statuses = [await logIn(member.email, 'while it was taken'), await logIn(member.email, 'while it was free')]
    assert.deepEqual(
      statuses.map(({ status }) => status),
      [401, 403]
    )
  })
})

suite('what becomes of a registration is not told when the address is proven', () => {
  test('by another registration', async () => {
    const email = fresh()
    await register(email, PASSWORD)
    const token = await app.mail.secret(email)
    await register(email)
    assert.equal((await stranger.post('/verify-email', { token })).status, 200)
    assert.equal((await logIn(email)).status, 403)
    assert.equal((await stranger.logIn(email)).status, 200)
  })

  test('by a reset', async () => {
    const email = fresh()
    await register(email)
    await stranger.post('/forgot-password', { email })
    const token = await app.mail.secret(email, /reset/i)
    assert.equal((await stranger.post('/reset-password', { token, ...passwords(PASSWORD) })).status, 200)
    assert.equal((await logIn(email)).status, 403)
    assert.equal((await stranger.logIn(email)).status, 200)
  })

  test('by a member who moves there', async () => {
    const member = await createMember(app, { email: fresh() })
    const email = fresh()
    await register(email)
    await member.put(`/${member.id}`, { email, currentPassword: PASSWORD })
    const token = await app.mail.secret(email, /Confirm your new/)
    assert.equal((await stranger.post('/verify-email', { token })).status, 200)
    assert.equal((await logIn(email)).status, 403)
    assert.equal((await stranger.logIn(email)).status, 200)
  })
})

suite('it is forgotten with the registrations of free addresses', () => {
  const config = readConfig(app.config)
  const ctx = createContext({
    config,
    clock: () => now,
    db: app.db,
    secret: config.SECRET ?? '',
    onError: assert.ifError
  })
  after(() => ctx.hasher.close())

  for (const [what, path] of [
    ['after a week', undefined],
    ['a week after another verification mail', '/resend-verification'],
    ['a week after a reset was asked for', '/forgot-password']
  ] as const) {
    test(what, async () => {
      const [{ email: known }, free] = [await createMember(app, { email: fresh() }), fresh()]
      for (const email of [known, free]) await register(email)
      if (path) {
        advance(5 * DAY)
        for (const email of [known, free]) assert.equal((await stranger.post(path, { email })).status, 200)
      }
      advance(7 * DAY - HOUR)
      await tidy(ctx)
      for (const email of [known, free]) assert.equal((await logIn(email)).status, 403, email)
      advance(HOUR + 1)
      await tidy(ctx)
      for (const email of [known, free]) assert.equal((await logIn(email)).status, 401, email)
    })
  }
})
