import assert from 'node:assert/strict'
import { after, before, type TestContext, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import type { FastifyInstance } from 'fastify'
import type { Answer } from '../../support/answer.ts'
import { createTestApp } from '../../support/app.ts'
import { type Client, createClient, createMember, PASSWORD, passwords, registration } from '../../support/client.ts'
import { type Fate, startProxy } from '../../support/proxy.ts'

const ANSWER_MS = 3000 // a database that is away or hangs is a 503 by then
const RECOVER_MS = 5000

const app = await createTestApp()
const proxy = await startProxy()
after(() => proxy.stop())
const url = proxy.url(app.database.name)
const admin = await createMember(app, { role: 'Admin' })
const member = await createMember(app)
const hello = (await app.server.inject('/hello')).statusCode
let server: FastifyInstance

before(async () => {
  server = await app.another({ DATABASE_URL: url })
})

/** Every kind of route that needs the database, asked at once, by somebody who is signed in where it matters. */
function askAll(through: FastifyInstance): Record<string, Promise<Answer>> {
  const as = (who?: Client) => Object.assign(createClient(through), { token: who?.token, cookie: who?.cookie })
  const token = 'A'.repeat(43)
  return {
    authenticate: as().post('/authenticate', { email: member.email, password: PASSWORD }),
    refresh: as(member).post('/refresh-token'),
    logout: as(member).post('/revoke-token'),
    register: as().post('/register', registration('outage@example.com')),
    verify: as().post('/verify-email', { token }),
    'verify by code': as().post('/verify-email', { email: member.email, code: '12345678' }),
    resend: as().post('/resend-verification', { email: member.email }),
    forgot: as().post('/forgot-password', { email: member.email }),
    validate: as().post('/validate-reset-token', { token }),
    reset: as().post('/reset-password', { token, ...passwords() }),
    list: as(admin).get('/?q=a'),
    get: as(member).get(`/${member.id}`),
    create: as(admin).post('/', { ...registration('created@example.com'), acceptTerms: undefined, role: 'User' }),
    update: as(member).put(`/${member.id}`, { firstName: 'Grace' }),
    delete: as(member).delete(`/${member.id}`),
    suspension: as(admin).get(`/${member.id}/suspension`),
    suspend: as(admin).put(`/${member.id}/suspension`, { reason: 'outage' }),
    restore: as(admin).delete(`/${member.id}/suspension`),
    ready: as().get('//health/ready')
  }
}

async function assertOutage(t: TestContext, through: FastifyInstance, what: string): Promise<void> {
  const started = Date.now()
  let slowest = 0
  for (const [name, asked] of Object.entries(askAll(through)).map(([n, p]) => [n, timed(p)] as const)) {
    const { answer, ms } = await asked
    slowest = Math.max(slowest, ms)
    assert.equal(answer.status, 503, `${what}: ${name} answered ${JSON.stringify(answer.body)}`)
    assert.match(String(answer.headers['content-type']), /^application\/problem\+json/, name)
    assert.match(String(answer.headers['retry-after']), /^[1-9]\d*$/, name)
    assert.equal(answer.body.code, 'unavailable', name)
    assert.equal(answer.cookie, undefined, `${what}: ${name} touched the cookie`)
  }
  assert.ok(slowest < ANSWER_MS, `${what}: the slowest answer took ${slowest} ms`)
  assert.equal((await through.inject('/health/live')).statusCode, 200)
  assert.equal((await through.inject('/hello')).statusCode, hello)
  t.diagnostic(`${what}: slowest 503 after ${slowest} ms, all of them after ${Date.now() - started} ms`)

  async function timed(asked: Promise<Answer>) {
    return { answer: await asked, ms: Date.now() - started }
  }
}

async function assertRecovery(t: TestContext, through: FastifyInstance, what: string): Promise<void> {
  const healed = Date.now()
  await proxy.heal()
  const client = Object.assign(createClient(through), { token: member.token })
  for (let good = 0; good < 20; ) {
    const answers = await Promise.all([client.get(`/${member.id}`), client.get('//health/ready')])
    good = answers.every(({ status }) => status === 200) ? good + 1 : 0
    assert.ok(Date.now() - healed < RECOVER_MS, `${what}: not back after ${RECOVER_MS} ms`)
    await sleep(5)
  }
  t.diagnostic(`${what}: back ${Date.now() - healed} ms after healing, 20 good answers in a row included`)
}

const warm = async () => await Promise.all(Array.from({ length: 30 }, () => server.inject('/health/ready')))

const meet = (fate: Fate) => {
  proxy.fate = () => fate
}

const outages: Record<string, () => void | Promise<void>> = {
  'a database that refuses connections': () => proxy.refuse(),
  'a database that hangs, with connections open': () => proxy.hang(),
  'a database with too many connections (1040)': () => proxy.refuseWith(1040),
  'a database that lets nobody in (1045)': () => proxy.refuseWith(1045),
  'a database that blocks this host (1129)': () => proxy.refuseWith(1129),
  'connections that hang at any statement': () => meet('hang-before'),
  'connections that are cut at any statement': () => meet('cut-before'),
  'a node that is read only or not ready (1290)': () => meet({ errno: 1290 })
}

for (const [what, begin] of Object.entries(outages)) {
  // ASVS V13.1.3, V16.5.2
  test(`${what} is answered 503 within 3 s, and served again within 5 s of healing`, async t => {
    await warm()
    await begin()
    await assertOutage(t, server, what)
    await assertOutage(t, server, `${what}, still`)
    await assertRecovery(t, server, what)
  })
}

test('a server whose pool is empty answers 503 while the database hangs, before and after the handshake', async t => {
  const silent = await app.another({ DATABASE_URL: url })
  const cold = await app.another({ DATABASE_URL: url })
  await proxy.heal()
  proxy.hang()
  await assertOutage(t, silent, 'never answers')
  await assertRecovery(t, silent, 'never answers')
  proxy.fate = () => 'hang-before'
  await assertOutage(t, cold, 'hangs after the handshake')
  await assertRecovery(t, cold, 'hangs after the handshake')
})

// ASVS V13.1.2
test('more requests than the pool and its queue hold are answered 503, too', async t => {
  proxy.hang()
  const started = Date.now()
  const answers = await Promise.all(Array.from({ length: 1500 }, () => server.inject('/health/ready')))
  t.diagnostic(`1,500 requests at once: answered within ${Date.now() - started} ms`)
  assert.deepEqual(new Set(answers.map(({ statusCode }) => statusCode)), new Set([503]))
  await assertRecovery(t, server, 'after a pile of requests')
})

test('a server closes while its database hangs', async () => {
  const closing = await app.another({ DATABASE_URL: url })
  await closing.inject('/health/ready')
  proxy.hang()
  const started = Date.now()
  await closing.close()
  assert.ok(Date.now() - started < 10_000, `closing took ${Date.now() - started} ms`)
  await proxy.heal()
})

// The last one: what is asked for is done here, the member's deletion, too. ASVS V13.1.3
test('a database that crawls is waited for, but not longer than 3 s', async t => {
  await warm()
  for (const ms of [150, 400, 900]) {
    proxy.fate = () => ({ after: ms })
    const started = performance.now()
    const asked = Object.entries(askAll(server)).map(async ([name, asking]) => {
      const { status } = await asking
      assert(performance.now() - started < ANSWER_MS, `${name} took ${performance.now() - started} ms`)
      return status
    })
    const statuses = await Promise.all(asked)
    t.diagnostic(`${ms} ms for a statement: ${statuses.filter(status => status === 503).length} of them 503`)
    await proxy.heal()
    await sleep(ms) // what is still on its way
  }
})
