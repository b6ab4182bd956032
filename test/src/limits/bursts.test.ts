import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { MINUTE } from '../../../src/clock.ts'
import { LIMITS } from '../../../src/limits/policy.ts'
import type { Answer } from '../../support/answer.ts'
import { createTestApp } from '../../support/app.ts'
import { createClient, createMember, registration } from '../../support/client.ts'
import { attacker, type Origin, origin, tryLogIn } from '../../support/guesses.ts'

const app = await createTestApp({ RATE_LIMIT: 'on' })
const post = (path: string, body: object, where: Origin) => createClient(app.server).post(path, body, origin(where))
const statuses = (answers: Answer[]) => [...new Set(answers.map(({ status }) => status))].toSorted()

suite('what honest people do passes', () => {
  for (const pace of ['one after another', 'all at once'] as const) {
    test(`the minute of a busy browser, ${pace}`, async () => {
      const member = await createMember(app, { login: false, email: `busy-${pace.length}@example.com` })
      const email = `busy-${pace.length}@example.com`
      const where: Origin = { from: `192.0.2.${pace.length}`, agent: 'Busy browser' }
      const requests = [
        ...Array.from({ length: 20 }, (_, i) => () => tryLogIn(app.server, email, i % 2 ? undefined : 'wrong', where)),
        ...Array.from(
          { length: 10 },
          (_, i) => () => post('/register', registration(`new${i}-${pace.length}@example.com`), where)
        ),
        ...Array.from({ length: 5 }, () => () => post('/forgot-password', { email }, where)),
        ...Array.from({ length: 80 }, () => () => member.post('/refresh-token', {}, origin(where)))
      ]
      const answers: Answer[] = []
      if (pace === 'one after another') for (const request of requests) answers.push(await request())
      else answers.push(...(await Promise.all(requests.map(request => request()))))
      assert.deepEqual(
        statuses(answers).filter(status => status === 429),
        []
      )
    })
  }

  test('a morning of an office of 50 behind one address: three mistype once, and everybody signs in', async () => {
    const where: Origin = { from: '192.0.2.99', agent: 'Office browser' }
    const answers: Answer[] = []
    for (let i = 0; i < 50; i++) {
      const email = `colleague${i}@example.com`
      answers.push(await post('/register', registration(email), where))
      const token = await app.mail.secret(email)
      answers.push(await post('/verify-email', { token }, where))
      if (i % 10 === 0) answers.push(await tryLogIn(app.server, email, 'mistyped', where))
      answers.push(await tryLogIn(app.server, email, undefined, where))
      answers.push(await post('/forgot-password', { email }, where))
      if (i === 25) app.advance(MINUTE)
    }
    assert.deepEqual(statuses(answers), [200, 401])
  })
})

// ASVS V2.4.1, V6.3.1
suite('mail that strangers cause', () => {
  const mails = async (email: string, where: (n: number) => Origin, times: number) => {
    const answers = []
    for (let i = 0; i < times; i++) answers.push((await post('/forgot-password', { email }, where(i))).status)
    return answers.filter(status => status === 200).length
  }

  test('to one mailbox from one network is little, and keeps nobody else from asking', async () => {
    const member = await createMember(app, { email: 'flooded@example.com', login: false })
    assert.equal(member.id, '')
    const { most } = LIMITS['recipient-address']
    assert.equal(await mails('flooded@example.com', () => attacker(1), 2 * most), most)
    assert.equal(await mails('Flooded+x@example.com', () => attacker(1), 2), 0)
    assert.equal(
      (await post('/register', registration('flooded@example.com'), attacker(1))).status,
      429,
      'by any route'
    )
    assert.equal(await mails('flooded@example.com', () => attacker(2), 1), 1)
  })

  test('to one mailbox from many networks is bounded, and its member’s own device asks all the same', async () => {
    const email = 'flooded-by-many@example.com'
    const where: Origin = { from: '198.51.100.20', agent: 'Own phone' }
    await createMember(app, { email, login: false })
    assert.equal((await tryLogIn(app.server, email, undefined, where)).status, 200)
    const { most } = LIMITS.recipient
    assert.equal(await mails(email, attacker, 2 * most), most)
    assert.equal(await mails(email, () => where, 1), 1)
    assert.equal(await mails(email, () => ({ ...where, agent: 'Other' }), 1), 0)
  })

  test('is bounded by kind: floods of others keep nobody from a reset, nor a newcomer from signing up', async () => {
    const [member, newcomer] = ['flooded-by-kind@example.com', 'newcomer@example.com']
    await createMember(app, { email: member, login: false })
    const { most } = LIMITS.recipient
    for (let i = 0; i <= most; i++) {
      await post('/register', registration(member), attacker(i))
      await post('/resend-verification', { email: newcomer }, attacker(i))
    }
    const where: Origin = { from: '203.0.113.40', agent: 'New phone' }
    assert.equal((await post('/register', registration(member), where)).status, 429)
    assert.equal((await post('/forgot-password', { email: member }, where)).status, 200)
    assert.match((await app.mail.next(member, /Reset/)).text, /token=/)
    assert.equal(await mails(newcomer, attacker, most + 1), most)
    assert.equal((await post('/register', registration(newcomer), where)).status, 200)
    assert.match((await app.mail.next(newcomer, /Confirm|Verify/)).text, /token=/)
  })

  test('is limited alike for an address that is nobody’s', async () => {
    const { most } = LIMITS['recipient-address']
    assert.equal(await mails('nobody-at-all@example.com', () => attacker(3), 2 * most), most)
  })
})

test('links and codes are tried at most so fast from one address', async () => {
  const where = attacker(4)
  const bodies = {
    '/validate-reset-token': { token: 'x' },
    '/verify-email': { token: 'x' },
    '/reset-password': { token: 'x', password: 'correct horse battery', confirmPassword: 'correct horse battery' }
  }
  const answers: Answer[] = []
  for (let i = 0; i < LIMITS.links.most / 3; i++)
    for (const [path, body] of Object.entries(bodies)) answers.push(await post(path, body, where))
  assert.deepEqual(statuses(answers), [401])
  for (const [path, body] of Object.entries(bodies)) assert.equal((await post(path, body, where)).status, 429, path)
  assert.equal((await post('/verify-email', { token: 'x' }, attacker(5))).status, 401)
})
