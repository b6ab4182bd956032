import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { connect } from 'node:net'
import { after, suite, test } from 'node:test'
import rateLimit from '@fastify/rate-limit'
import Fastify, { type FastifyInstance } from 'fastify'
import fp from 'fastify-plugin'
import errors from '../../plugins/errors.ts'
import limiter from '../../plugins/rate-limit.ts'
import { readScope } from '../../plugins/scope.ts'
import { DAY, MINUTE } from '../../src/clock.ts'
import { readConfig } from '../../src/config.ts'
import { createContext } from '../../src/context.ts'
import { freePort } from '../../src/embedded/ports.ts'
import { Problem } from '../../src/errors.ts'
import { membership } from '../../src/index.ts'
import { LIMITS, SESSION } from '../../src/limits/policy.ts'
import { LEAST_HASH_COST } from '../../src/passwords/hasher.ts'
import { createTestApp } from '../support/app.ts'
import { createClient, createMember, PASSWORD } from '../support/client.ts'
import { eventually } from '../support/eventually.ts'
import { attacker, origin, tryLogIn } from '../support/guesses.ts'
import { queriesOf } from '../support/queries.ts'

const app = await createTestApp({ RATE_LIMIT: 'on' })
const MOST = LIMITS['account-minute'].most

async function refusal(server = app.server, email = 'refused@example.com') {
  for (let i = 0; i <= MOST; i++) {
    const answer = await tryLogIn(server, email, 'wrong', attacker(i))
    if (answer.status === 429) return answer
  }
  assert.fail('nothing was refused')
}

suite('a refusal', () => {
  test('is problem details with the code rate_limited, and says when to come back', async () => {
    const { status, body, headers } = await refusal()
    assert.deepEqual(
      [status, body.code, headers['content-type']],
      [429, 'rate_limited', 'application/problem+json; charset=utf-8']
    )
    assert.match(String(headers['retry-after']), /^([1-9]|[1-5]\d|60)$/)
    assert.equal(headers.ratelimit, `"account-minute";r=0;t=${headers['retry-after']}`)
    assert.equal(headers['cache-control'], 'no-store')
  })

  test('can be read by the web client: CORS exposes exactly the headers that are sent', async () => {
    const from = { ...origin(attacker(0)), headers: { origin: 'https://app.example.com', 'user-agent': 'x' } }
    const { headers } = await createClient(app.server).post(
      '/authenticate',
      { email: 'refused@example.com', password: 'x' },
      from
    )
    assert.equal(headers['access-control-allow-origin'], 'https://app.example.com')
    const exposed = String(headers['access-control-expose-headers']).toLowerCase().split(', ')
    const sent = Object.keys(headers).filter(name => name.includes('ratelimit') || name === 'retry-after')
    assert.deepEqual(sent.toSorted(), ['ratelimit', 'ratelimit-policy', 'retry-after'])
    for (const name of sent) assert(exposed.includes(name), name)
  })

  test('ends with its window', async () => {
    const { headers } = await refusal(app.server, 'comes-back@example.com')
    app.advance(Number(headers['retry-after']) * 1000)
    assert.equal((await tryLogIn(app.server, 'comes-back@example.com', 'wrong', attacker(0))).status, 401)
  })
})

// draft-ietf-httpapi-ratelimit-headers-11
suite('the headers of an answer', () => {
  test('name every limit of the route, and the tightest of those that are the client’s own', async () => {
    const server = await app.another()
    const { headers } = await tryLogIn(server, 'headers@example.com', 'wrong', attacker(1))
    const policy = '"requests";q=6000;w=60, "logins";q=120;w=60, "failures";q=300;w=3600, "account-minute";q=20;w=60, '
    assert.equal(
      headers['ratelimit-policy'],
      `${policy}"account-quarter";q=30;w=900, "account-day";q=50;w=86400, "hashes";q=3000;w=60`
    )
    assert.equal(headers.ratelimit, '"logins";r=119;t=60')
  })

  test('are there on every route, and after errors', async () => {
    const { headers } = await createClient(await app.another()).get('/not-signed-in')
    assert.deepEqual(
      [headers['ratelimit-policy'], headers.ratelimit],
      ['"requests";q=6000;w=60', '"requests";r=5999;t=60']
    )
  })
})

// ASVS V2.4.1
test('every route is limited by address, coarsely, whatever it is asked with', async () => {
  const server = await app.another()
  const get = async (from: string) =>
    (await server.inject({ url: '/.well-known/jwks.json', remoteAddress: from })).statusCode
  for (let i = 0; i < LIMITS.requests.most; i += 100)
    await Promise.all(Array.from({ length: 100 }, (_, j) => get(`2001:db8:7::${(i + j).toString(16)}`)))
  assert.equal(await get('2001:db8:7::ffff'), 429, 'another address of the same /64')
  assert.equal(await get('2001:db8:8::1'), 200)
  const garbage = await server.inject({
    url: '/accounts',
    remoteAddress: '2001:db8:7::1',
    headers: { authorization: 'Bearer a.b.c' }
  })
  assert.equal(garbage.statusCode, 429, 'before its token is looked at')
  app.advance(MINUTE)
  assert.equal(await get('2001:db8:7::1'), 200)
})

test('a change by a member is limited by session', async () => {
  const server = await app.another()
  const member = await createMember(app)
  const client = createClient(server)
  client.token = member.token
  const change = async () => (await client.put(`/${member.id}`, { title: 'Dr' })).status
  const statuses = []
  for (let i = 0; i <= LIMITS.changes.most; i++) statuses.push(await change())
  assert.deepEqual([statuses.lastIndexOf(200), statuses.at(-1)], [LIMITS.changes.most - 1, 429])
  assert.equal((await client.get(`/${member.id}`)).status, 200)
})

test('reading and refreshing take the round trips that they took without limits; a login takes none in memory', async () => {
  const off = await app.another({ RATE_LIMIT: 'off' })
  const member = await createMember(app)
  const counts = []
  for (const server of [off, app.server]) {
    const client = createClient(server)
    const login = await queriesOf(() => client.logIn(member.email))
    const read = await queriesOf(() => client.get(`/${client.id}`))
    app.advance(11_000)
    const refresh = await queriesOf(() => client.refresh())
    assert.deepEqual([login.result.status, read.result.status, refresh.result.status], [200, 200, 200])
    counts.push([login.queries.length, read.queries.length, refresh.queries.length])
  }
  assert.deepEqual(counts[0], counts[1])
  assert.deepEqual(counts[0]?.slice(1), [1, 2])
})

test('an outage uses up nobody’s tries: what is answered 503 is taken back', async () => {
  const server = await app.another({ DATABASE_URL: 'mysql://nobody@127.0.0.1:1/nothing' })
  const ask = async () => (await createClient(server).post('/forgot-password', { email: 'outage@example.com' })).status
  for (let i = 0; i < 2 * LIMITS['recipient-address'].most; i++) assert.equal(await ask(), 503)
})

test('what a full queue refuses is counted nowhere: it has hashed nothing', async () => {
  const config = readConfig({ RATE_LIMIT: 'on' })
  const secret = randomBytes(48).toString('base64')
  const context = createContext({ config, clock: app.now, db: app.db, secret, onError() {} })
  const server = Fastify()
  server.addHook('onRequest', async request => {
    request.membership = readScope(request, ['en'])
  })
  await server.register(fp(async instance => void instance.decorate('context', context), { name: 'guildhall-context' }))
  await server.register(errors)
  await server.register(limiter)
  const limits = { limits: ['mails'] } as const // counted for the installation, and the smallest such
  for (const code of ['busy', 'unavailable'] as const)
    server.post(`/${code}`, { config: limits }, async () => {
      throw new Problem(code)
    })
  const ask = async (url: string) => (await server.inject({ method: 'POST', url })).statusCode
  for (let i = 0; i <= LIMITS.mails.most; i++) assert.equal(await ask('/busy'), 503)
  for (let i = 0; i < LIMITS.mails.most; i++)
    assert.equal(await ask('/unavailable'), 503, 'that may come after the work')
  assert.equal(await ask('/busy'), 429)
})

test('who hangs up before the answer is counted all the same', async () => {
  const server = await app.another()
  const port = await freePort()
  await server.listen({ port, host: '127.0.0.1' })
  const email = 'hangs-up@example.com'
  const body = JSON.stringify({ email, password: 'wrong' })
  const head = `POST /accounts/authenticate HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: ${body.length}`
  const failures = async () =>
    (await app.db.selectFrom('audit_events').select('id').where('event', '=', 'login_failed').execute()).length
  const before = await failures()
  for (let i = 0; i < MOST; i++) {
    const socket = connect(port, '127.0.0.1')
    socket.write(`${head}\r\n\r\n${body}`, () => setTimeout(() => socket.destroy(), 1))
  }
  await eventually(async () => (await failures()) === before + MOST)
  assert.equal((await tryLogIn(server, email, 'wrong')).status, 429)
})

// ASVS V6.1.3
test('every public route that takes something and gives nothing back for it has limits of its own', async () => {
  const host = Fastify()
  const bare: string[] = []
  host.addHook('onRoute', ({ method, url, config }) => {
    if (method === 'POST' && config?.public && !config.limits) bare.push(url)
  })
  await host.register(membership, { config: app.config, clock: app.now, hashCost: LEAST_HASH_COST })
  await host.close()
  // These take a refresh token, which nobody guesses: a forgery costs no query.
  assert.deepEqual(bare, ['/accounts/refresh-token', '/accounts/revoke-token'])
})

test('RATE_LIMIT=off limits nothing, and says nothing of limits', async () => {
  const server = await app.another({ RATE_LIMIT: 'off' })
  for (let i = 0; i < 2 * MOST; i++) {
    const { status, headers } = await tryLogIn(server, 'off@example.com', 'wrong')
    assert.deepEqual([status, headers.ratelimit, headers['ratelimit-policy']], [401, undefined, undefined])
  }
})

suite('in a host that has @fastify/rate-limit, too', async () => {
  const host = Fastify()
  await host.register(rateLimit, { max: 40, timeWindow: MINUTE })
  await host.register(membership, {
    config: { ...app.config, SECRET: randomBytes(48).toString('base64') },
    clock: app.now,
    hashCost: LEAST_HASH_COST
  })
  host.get('/own', async () => 'the host')
  after(() => host.close())

  test('both limit: ours by account, the host’s by its own rule, each with its own counters', async () => {
    const answer = await refusal(host, 'in-a-host@example.com')
    assert.equal(answer.headers.ratelimit, `"account-minute";r=0;t=${answer.headers['retry-after']}`)
    const statuses = []
    for (let i = 0; i < 41; i++)
      statuses.push((await host.inject({ url: '/own', remoteAddress: '100.64.0.1' })).statusCode)
    // The two tries of that address above count here, too: the host sees every route.
    assert.equal(statuses.filter(status => status === 200).length, 39)
    const own = await host.inject({ url: '/own', remoteAddress: '100.65.0.1' })
    assert.deepEqual([own.headers['x-ratelimit-limit'], own.headers.ratelimit], ['40', undefined], 'nothing of ours')
  })
})

test('what fails sends no mail, and takes no wish from its member', async () => {
  const member = await createMember(app)
  app.advance(DAY) // the password was entered long ago
  const refreshed = await member.refresh()
  assert.equal(refreshed.status, 200)
  for (let i = 0; i < LIMITS.wishes.most + 5; i++)
    assert.equal((await member.put(`/${member.id}`, { email: 'never@example.com' })).status, 409)
  const wish = { email: 'never@example.com', currentPassword: PASSWORD }
  assert.equal((await member.put(`/${member.id}`, wish)).status, 200)
})

test('a stolen session that floods does not keep its member from a change elsewhere', async () => {
  const [member, thief] = [await createMember(app), createClient(app.server)]
  await thief.logIn(member.email)
  for (let i = 0; i <= LIMITS.changes.most; i++) await thief.put(`/${member.id}`, { firstName: 'Mallory' })
  assert.equal((await thief.put(`/${member.id}`, { firstName: 'Mallory' })).status, 429)
  assert.equal((await member.put(`/${member.id}`, { firstName: 'Ada' })).status, 200)
})

test('a member’s wishes for other addresses are held like other mail; forms that are sent whole are not', async () => {
  const member = await createMember(app)
  const wish = (email: string) => member.put(`/${member.id}`, { firstName: 'Ada', email })
  for (let i = 0; i < LIMITS.wishes.most + 5; i++) assert.equal((await wish(member.email)).status, 200)
  for (let i = 0; i < LIMITS.wishes.most; i++) assert.equal((await wish('flooded@example.com')).status, 200)
  assert.equal((await wish('another@example.com')).status, 429)
  const others = [await createMember(app), await createMember(app), await createMember(app)]
  let sent = LIMITS.wishes.most
  for (const other of others)
    for (let i = 0; i < LIMITS.wishes.most; i++)
      if ((await other.put(`/${other.id}`, { email: 'flooded@example.com' })).status === 200) sent++
  assert(sent <= LIMITS.recipient.most, `${sent} mails to one mailbox`)
  // An Admin at work on the same member is no flood.
  const admin = await createMember(app, { role: 'Admin' })
  const [one] = others
  for (let i = 0; i < LIMITS['recipient-address'].most + 5; i++)
    assert.equal((await admin.put(`/${one?.id}`, { title: `${i}`, email: one?.email })).status, 200)
})

test('ending sessions is a change: one member must not keep all connections to the database waiting for his own row', async () => {
  const server = await app.another()
  const member = await createMember({ ...app, server })
  const end = async (path: string) => (await member.delete(`/${member.id}/sessions${path}`)).status
  for (let i = 0; i < LIMITS.changes.most; i++)
    assert.equal(await end(i % 2 ? '?except=current' : '/none'), i % 2 ? 200 : 404)
  assert.deepEqual([await end('?except=current'), await end('/none'), await end('')], [429, 429, 429])
  assert.equal((await member.get(`/${member.id}/sessions`)).status, 200)
})

test('wrong passwords of a session are held, and keep neither its member’s other sessions nor right ones out', async () => {
  const member = await createMember(app)
  const thief = createClient(app.server)
  thief.token = member.token
  const guess = (currentPassword: string) => thief.put(`/${member.id}`, { currentPassword })
  for (let i = 0; i < LIMITS.guesses.most; i++) assert.equal((await guess(`guess ${i}`)).status, 400)
  assert.equal((await guess(PASSWORD)).status, 429)
  await member.logIn(member.email)
  assert.equal((await member.put(`/${member.id}`, { currentPassword: PASSWORD })).status, 200)
  // Right, and refused for another reason.
  const stale = { headers: { 'if-match': '"999"' } }
  for (let i = 0; i <= LIMITS.guesses.most; i++)
    assert.equal((await member.put(`/${member.id}`, { title: 'Dr', currentPassword: PASSWORD }, stale)).status, 412)
})

test('whoever tries the codes of one account after the other is held by address', async () => {
  const at = { remoteAddress: '198.51.100.7' }
  const guess = (i: number) =>
    createClient(app.server).post('/verify-email', { email: `coded${i}@example.com`, code: '12345678' }, at)
  for (let i = 0; i < LIMITS.codes.most; i++) assert.equal((await guess(i)).status, 400)
  assert.equal((await guess(LIMITS.codes.most)).status, 429)
})

suite('an address that has made all its requests', () => {
  const from = '203.0.113.77'
  const flood = async (server: FastifyInstance) => {
    const ask = async () => (await server.inject({ url: '/accounts/x', remoteAddress: from })).statusCode
    for (let i = 0; i < LIMITS.requests.most; i += 100) await Promise.all(Array.from({ length: 100 }, ask))
    assert.equal(await ask(), 429)
  }

  test('keeps no session there from refreshing and reading, up to a limit of its own; forged tokens do not pass', async () => {
    const server = await app.another()
    const member = await createMember({ ...app, server })
    await flood(server)
    const here = { remoteAddress: from }
    assert.equal((await member.get(`/${member.id}`, here)).status, 200)
    assert.equal((await member.post('/refresh-token', {}, { ...here, headers: { authorization: '' } })).status, 200)
    const most = SESSION['session-requests'].most
    const statuses = []
    for (let i = 0; i < most; i++) statuses.push((await member.get(`/${member.id}`, here)).status)
    assert.deepEqual([statuses.indexOf(429), statuses.lastIndexOf(200)], [most - 2, most - 3])
    const forged = { authorization: `Bearer ${member.token?.slice(0, -4)}AAAA` }
    assert.equal((await member.get(`/${member.id}`, { ...here, headers: forged })).status, 429)
    assert.equal((await member.get(`/${member.id}`)).status, 200, 'elsewhere')
  })

  test('makes no more than as many again by sessions, however many there are, and none by those that are over', async () => {
    let now = new Date()
    const server = await app.another({}, { clock: () => now })
    const ask = async (token = '') => {
      const headers = { authorization: `Bearer ${token}` }
      return (await server.inject({ url: '/.well-known/jwks.json', remoteAddress: from, headers })).statusCode
    }
    const { email, token: old } = await createMember({ ...app, server })
    now = new Date(now.getTime() + 15 * MINUTE)
    const tokens = []
    for (let i = 0; i < 60; i++) tokens.push((await tryLogIn(server, email, undefined, attacker(i))).body.jwtToken)
    await flood(server)
    assert.equal(await ask(old), 429, 'its token has expired')
    const statuses = []
    for (const token of tokens) statuses.push(...(await Promise.all(Array.from({ length: 110 }, () => ask(token)))))
    assert.equal(statuses.filter(status => status === 200).length, SESSION['session-address'].most)
  })
})

test('foreign pages are counted, too', async () => {
  const server = await app.another()
  const { headers } = await createClient(server).post(
    '/authenticate',
    {},
    { headers: { origin: 'https://evil.example' } }
  )
  assert.match(String(headers.ratelimit), /^"requests"/)
})

test('many accounts at one address change no more than its limit', async () => {
  const server = await app.another()
  const members = await Promise.all(Array.from({ length: 6 }, () => createMember({ ...app, server })))
  const statuses = []
  for (let i = 0; i <= LIMITS['changes-address'].most; i++) {
    const member = members[i % members.length] ?? assert.fail()
    statuses.push((await member.put(`/${member.id}`, { title: 'Dr' })).status)
  }
  assert.deepEqual([statuses.indexOf(429), statuses.length], [LIMITS['changes-address'].most, statuses.length])
  const [member = assert.fail()] = members
  assert.equal(
    (await member.delete(`/${member.id}/sessions?except=current`)).status,
    200,
    'thieves are still thrown out'
  )
})
