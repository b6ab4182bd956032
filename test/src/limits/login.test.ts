import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { DAY, HOUR, MINUTE } from '../../../src/clock.ts'
import { DEVICE, LIMITS } from '../../../src/limits/policy.ts'
import { createTestApp } from '../../support/app.ts'
import { createClient, createMember } from '../../support/client.ts'
import { attacker, DAILY, type Origin, origin, stuff, tryLogIn } from '../../support/guesses.ts'
import { queriesOf } from '../../support/queries.ts'

const app = await createTestApp({ RATE_LIMIT: 'on', ACCESS_TOKEN_TTL: '7d' })
const PHONE: Origin = { from: '198.51.100.7', agent: 'Phone' }
const NEW: Origin = { from: '203.0.113.9', agent: 'New laptop' }
const FIRST = LIMITS['account-minute'].most

/** Wrong passwords from as many addresses, one after another. @returns the statuses */
async function attack(email: string, tries: number, server = app.server): Promise<number[]> {
  const statuses = []
  for (let i = 0; i < tries; i++) statuses.push((await tryLogIn(server, email, `wrong ${i}`, attacker(i))).status)
  return statuses
}

const accepted = (statuses: number[]) => statuses.filter(status => status === 401).length

let phones = 0

/** A refresh from a place where the password was never entered. */
function elsewhere(cookie: string | undefined) {
  const { remoteAddress, headers } = origin(NEW)
  return { remoteAddress, headers: { ...headers, cookie: `__Host-refresh=${cookie}` } }
}

/** A member whose phone is known. */
async function memberWithPhone() {
  const email = `phone${++phones}@example.com`
  const member = await createMember(app, { email, login: false })
  const answer = await tryLogIn(app.server, email, undefined, PHONE)
  assert.equal(answer.status, 200)
  return Object.assign(member, { token: answer.body.jwtToken, cookie: answer.cookie, id: answer.body.id ?? '', email })
}

// ASVS V6.3.1
suite('guessing the password of an account', () => {
  test('is slowed by delays that grow: a minute, a quarter of an hour, a day', async () => {
    const email = 'nobody-grows@example.com'
    const waits: number[] = []
    let tried = 0
    for (let day = app.now().getTime() + DAY - MINUTE; app.now().getTime() < day; ) {
      const answer = await tryLogIn(app.server, email, 'wrong', attacker(tried))
      if (answer.status === 401) tried++
      else {
        assert.deepEqual([answer.status, answer.body.code], [429, 'rate_limited'])
        waits.push(Number(answer.headers['retry-after']))
        app.advance(Number(answer.headers['retry-after']) * 1000)
      }
    }
    assert.equal(tried, LIMITS['account-day'].most)
    const [first = 0, second = 0, last = 0] = waits
    assert.equal(waits.length, 3)
    assert(first <= 60 && second > first && second <= 15 * 60 && last > second && last <= 24 * 60 * 60, `${waits}`)
  })

  test('gets no try more by tags, case, or another spelling of the domain', async () => {
    const spellings = [
      'guessed@bücher.example',
      'Guessed@BÜCHER.example',
      'guessed+1@xn--bcher-kva.example',
      'GUESSED+a+b@bu\u0308cher.example'
    ]
    const statuses = []
    for (let i = 0; i < 2 * FIRST; i++) {
      const email = spellings[i % spellings.length] ?? ''
      statuses.push((await tryLogIn(app.server, email, 'wrong', attacker(i))).status)
    }
    assert.equal(accepted(statuses), FIRST)
  })

  test('gets no try more by 500 tries at once', async () => {
    const statuses = await Promise.all(
      Array.from(
        { length: 500 },
        async (_, i) => (await tryLogIn(app.server, 'parallel@example.com', 'wrong', attacker(i))).status
      )
    )
    // What a busy machine answers 503 was not compared, and is not counted.
    const busy = statuses.filter(status => status === 503).length
    assert(accepted(statuses) <= FIRST && accepted(statuses) + busy >= FIRST, `${accepted(statuses)}, ${busy} × 503`)
    assert.equal(statuses.filter(status => status === 429).length, 500 - accepted(statuses) - busy)
  })

  test('gets no try more by signing in to an account of one’s own in between', async () => {
    const own = await createMember(app)
    const statuses = []
    for (let i = 0; i < 2 * FIRST; i++) {
      assert.equal((await tryLogIn(app.server, own.email, undefined, attacker(7))).status, 200)
      statuses.push((await tryLogIn(app.server, 'in-between@example.com', 'wrong', attacker(7))).status)
    }
    assert.equal(accepted(statuses), FIRST)
  })

  // ASVS V6.3.8
  test('tells nothing of membership: refused alike, by the same statements', async () => {
    const member = await createMember(app)
    const answers = []
    for (const email of [member.email, 'unknown-alike@example.com']) {
      await attack(email, FIRST)
      const { queries, result } = await queriesOf(() => tryLogIn(app.server, email, 'wrong', NEW))
      const { status, body, headers } = result
      assert.equal(status, 429)
      answers.push({
        queries: queries.map(query => query.replace(/X'\w+'/g, '?')),
        body: { ...body, requestId: '', instance: '' },
        headers: [Object.keys(headers), headers['ratelimit-policy'], headers.ratelimit?.toString().replace(/t=\d+/, '')]
      })
    }
    assert.deepEqual(answers[0], answers[1])
  })
})

// ASVS V6.1.1
suite('an attack on an account from 100 addresses', () => {
  test('finds no known device where only a refresh token was used: it may be a stolen one', async () => {
    const member = await memberWithPhone()
    assert.equal((await createClient(app.server).post('/refresh-token', {}, elsewhere(member.cookie))).status, 200)
    await attack(member.email, FIRST)
    assert.equal((await tryLogIn(app.server, member.email, undefined, NEW)).status, 429)
    assert.equal((await tryLogIn(app.server, member.email, undefined, PHONE)).status, 200)
  })

  test('leaves its sessions and the devices it is used on alone, and strangers their documented tries', async () => {
    const member = await memberWithPhone()
    const statuses = [...(await attack(member.email, 100)), ...(await attack(member.email, 100))]
    assert.equal(accepted(statuses), FIRST)
    assert.equal(
      (await tryLogIn(app.server, member.email, undefined, NEW)).status,
      429,
      'a stranger with the password, too'
    )

    assert.equal((await member.get(`/${member.id}`)).status, 200)
    app.advance(11_000)
    assert.equal((await member.post('/refresh-token', {}, origin(PHONE))).status, 200)
    assert.equal((await tryLogIn(app.server, member.email, undefined, PHONE)).status, 200)
    assert.equal(
      (await tryLogIn(app.server, member.email, undefined, { ...PHONE, from: '198.51.100.200' })).status,
      200,
      'the same /24'
    )

    const strangers = {
      'another network': { ...PHONE, from: '198.51.101.7' },
      'another agent': { ...PHONE, agent: 'phone' }
    }
    for (const [what, where] of Object.entries(strangers))
      assert.equal((await tryLogIn(app.server, member.email, undefined, where)).status, 429, what)
  })

  test('goes on while the member signs in: that resets nothing', async () => {
    const member = await memberWithPhone()
    await attack(member.email, FIRST)
    assert.equal((await tryLogIn(app.server, member.email, undefined, PHONE)).status, 200)
    assert.equal(accepted(await attack(member.email, 20)), 0)
  })

  test('is no easier from the member’s own network and agent: that device has delays of its own', async () => {
    const member = await memberWithPhone()
    await attack(member.email, FIRST)
    const statuses = []
    for (let i = 0; i < 50; i++) statuses.push((await tryLogIn(app.server, member.email, 'wrong', PHONE)).status)
    assert.equal(accepted(statuses), DEVICE['device-minute'].most)
    const { headers } = await tryLogIn(app.server, member.email, undefined, PHONE)
    assert(Number(headers['retry-after']) <= 60)
    assert.equal((await member.get(`/${member.id}`)).status, 200)
  })

  test('does not keep the member from a reset by mail, nor from signing in on the device where it was done', async () => {
    const member = await memberWithPhone()
    await attack(member.email, 2 * FIRST)
    const client = createClient(app.server)
    assert.equal((await client.post('/forgot-password', { email: member.email }, origin(NEW))).status, 200)
    const token = await app.mail.secret(member.email, /reset/i)
    const password = 'another horse battery'
    const reset = await client.post('/reset-password', { token, password, confirmPassword: password }, origin(NEW))
    assert.equal(reset.status, 200, JSON.stringify(reset.body))
    assert.equal((await tryLogIn(app.server, member.email, password, NEW)).status, 200)
    assert.equal((await tryLogIn(app.server, member.email, password, attacker(1))).status, 429)
    assert(DAILY.strangers <= 100, 'NIST SP 800-63B-4 §3.2.2')
  })
})

// ASVS V6.3.1
test('stuffing many accounts from many addresses is held to the documented budget', async () => {
  const { accepted, refused, busy, budget } = await stuff(app.server, { accounts: 20, addresses: 100, guesses: 800 })
  assert(accepted <= budget && accepted + busy >= budget, `${accepted} of ${budget}, ${busy} × 503`)
  assert.equal(refused, 800 - accepted - busy)
})

test('one address gets no more failures in an hour than an office makes, whatever accounts it tries', async () => {
  const from = attacker(70_000)
  const statuses = []
  for (let i = 0; i < LIMITS.failures.most + 20; i++) {
    if (i % 100 === 0) app.advance(MINUTE)
    statuses.push((await tryLogIn(app.server, `one-of-many${i}@example.com`, 'wrong', from)).status)
  }
  assert.equal(accepted(statuses), LIMITS.failures.most)
  app.advance(HOUR)
  assert.equal((await tryLogIn(app.server, 'one-of-many@example.com', 'wrong', from)).status, 401)
})
