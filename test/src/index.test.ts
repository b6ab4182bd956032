import assert from 'node:assert/strict'
import { after as afterAll, suite, test } from 'node:test'
import cookie from '@fastify/cookie'
import cors from '@fastify/cors'
import jwt, { type JWT } from '@fastify/jwt'
import swagger from '@fastify/swagger'
import Fastify, { type FastifyInstance } from 'fastify'
import { ERRORS, type MembershipOptions, membership } from '../../src/index.ts'
import { createTestApp } from '../support/app.ts'
import { type Client, createClient, createMember, type Json } from '../support/client.ts'

const app = await createTestApp()

/** A host application with everything of its own that could clash, and membership under /members. */
async function createHost(options: Partial<MembershipOptions> = {}): Promise<FastifyInstance> {
  const host = Fastify()
  await host.register(cookie, { secret: 'of the host, 32 characters or more' })
  await host.register(cors, { origin: 'https://host.example' })
  await host.register(jwt, { secret: 'of the host, 32 characters or more', sign: { expiresIn: '1h' } })
  for (const [name, value] of Object.entries({ db: 'host db', context: 'host context', mailer: 'host mailer' }))
    host.decorate(name, value as never)
  host.decorate('authenticate', (async (request: { jwtVerify: () => Promise<unknown> }) => {
    await request.jwtVerify()
  }) as never)
  host.decorateRequest('tenant', 'none')
  host.setErrorHandler(async (error: Error & { code?: string; statusCode?: number }, _, reply) =>
    reply.code(error.statusCode ?? 500).send({ handler: 'host', code: error.code })
  )
  host.setNotFoundHandler(async (_, reply) => reply.code(404).send({ handler: 'host' }))

  await host.register(membership, { config: app.config, prefix: '/members', clock: app.now, ...options })

  const { authenticate, requireRole, memberOf } = host.membership
  host.get('/own', { onRequest: authenticate }, async request => ({ member: memberOf(request) ?? null }))
  host.get('/admins', { onRequest: [authenticate, requireRole('Admin')] }, async () => 'in')
  host.get('/hosts', { onRequest: host.authenticate }, async (request: Json) => request.user)
  host.get('/open', async (request: Json) => ({
    db: host.db,
    context: host.context,
    tenant: request.tenant,
    memberOf: memberOf(request) ?? null
  }))
  host.get('/fails', async () => {
    throw new Error('of the host')
  })
  host.post(
    '/coerces',
    { schema: { body: { type: 'object', properties: { n: { type: 'integer' } } } } },
    async (request: Json) => request.body
  )
  await host.ready()
  return host
}

const host = await createHost()
afterAll(() => host.close())
// Within this repository app.jwt has the type of our namespaces.
const hostJwt = host.jwt as unknown as JWT
const member = await createMember(app)
const bearer = (client: Client) => ({ authorization: `Bearer ${client.token}` })

suite('in a host application', () => {
  test('the routes stand under the prefix and nowhere else', async () => {
    const guest = createClient(host, '/members')
    assert.equal((await guest.logIn(member.email)).status, 200)
    assert.equal((await guest.get(`/${guest.id}`)).body.email, member.email)
    assert.equal((await guest.refresh()).status, 200)
    for (const url of [
      '/accounts/authenticate',
      '/authenticate',
      '/openapi.json',
      '/docs',
      '/health/live',
      '/metrics',
      '/hello'
    ])
      assert.deepEqual((await host.inject(url)).json(), { handler: 'host' }, url)
  })

  test('the host’s own decorations, cookies and tokens stay its own', async () => {
    const { headers, ...open } = await host.inject('/open')
    assert.deepEqual(JSON.parse(open.body), { db: 'host db', context: 'host context', tenant: 'none', memberOf: null })
    assert.equal(headers['cache-control'], undefined)
    const token = hostJwt.sign({ name: 'of the host' } as never)
    const own = await host.inject({ url: '/hosts', headers: { authorization: `Bearer ${token}` } })
    assert.equal(own.json().name, 'of the host')
  })

  test('a member’s token opens no door of the host’s, and the host’s opens none of ours', async () => {
    // @fastify/jwt answers an algorithm that it does not expect with 500, hence not 401 here.
    assert((await host.inject({ url: '/hosts', headers: bearer(member) })).statusCode >= 401)
    const headers = { authorization: `Bearer ${hostJwt.sign({ sub: member.id } as never)}` }
    assert.equal((await host.inject({ url: '/own', headers })).json().code, 'token_invalid')
    assert.equal((await host.inject({ url: `/members/${member.id}`, headers })).statusCode, 401)
  })

  test('a route of the host is guarded by authenticate, and refusals reach the host’s error handler', async () => {
    const allowed = await host.inject({ url: '/own', headers: bearer(member) })
    assert.deepEqual(allowed.json().member, {
      accountId: member.id,
      sessionId: allowed.json().member.sessionId,
      role: 'User'
    })
    const refused = await host.inject('/own')
    assert.equal(refused.statusCode, 401)
    assert.deepEqual(refused.json(), { handler: 'host', code: 'authentication_required' })
  })

  test('a route of the host is guarded by role', async () => {
    const admin = await createMember(app, { role: 'Admin' })
    assert.equal((await host.inject({ url: '/admins', headers: bearer(admin) })).body, 'in')
    assert.deepEqual((await host.inject({ url: '/admins', headers: bearer(member) })).json(), {
      handler: 'host',
      code: 'forbidden'
    })
    assert.equal((await host.inject('/admins')).statusCode, 401)
  })

  test('a session that has ended is refused at once on the host’s routes, too', async () => {
    const leaver = await createMember(app)
    assert.equal((await host.inject({ url: '/own', headers: bearer(leaver) })).statusCode, 200)
    await leaver.post('/revoke-token', {})
    assert.equal((await host.inject({ url: '/own', headers: bearer(leaver) })).json().code, 'session_revoked')
  })

  test('errors of our routes are problems, errors of the host’s are the host’s', async () => {
    const ours = await host.inject({ method: 'POST', url: '/members/authenticate', payload: { email: 1 } })
    assert.equal(ours.json().code, 'validation_failed')
    assert.match(String(ours.headers['content-type']), /problem\+json/)
    assert.deepEqual((await host.inject('/fails')).json(), { handler: 'host' })
    assert.deepEqual((await host.inject('/members/no/such/route')).json(), { handler: 'host' })
  })

  test('a document of the host’s own knows our routes, with their errors typed', async context => {
    const documented = Fastify()
    context.after(() => documented.close())
    await documented.register(swagger, { openapi: { openapi: '3.1.0' } })
    await documented.register(membership, { config: app.config })
    await documented.ready()
    const { paths }: Json = documented.swagger()
    const { responses } = paths['/accounts/{id}'].put
    for (const status of ['400', '401', '403', '404', '409', '413', '415', '500', '503'])
      assert.equal(responses[status]?.content['application/problem+json'].schema.title, 'Problem', status)
  })

  test('the host’s validator goes on coercing bodies, and ours does not begin to', async () => {
    assert.deepEqual((await host.inject({ method: 'POST', url: '/coerces', payload: { n: '7' } })).json(), { n: 7 })
    const ours = await host.inject({ method: 'POST', url: '/members/verify-email', payload: { token: 7 } })
    assert.equal(ours.statusCode, 400)
  })

  test('CORS and other headers are the host’s affair', async () => {
    const { headers } = await host.inject({ url: '/members/x', headers: { origin: 'https://host.example' } })
    assert.equal(headers['access-control-allow-origin'], 'https://host.example')
    assert.equal(headers['strict-transport-security'], undefined)
  })

  test('its own hooks see requests of ours', async () => {
    const seen: string[] = []
    const watched = Fastify()
    watched.addHook('onRequest', async request => void seen.push(request.url))
    await watched.register(membership, { config: app.config })
    await watched.inject('/accounts/1')
    assert.deepEqual(seen, ['/accounts/1'])
    await watched.close()
  })

  test('only membership and the one request decoration are published', async () => {
    const bare = Fastify()
    const before = new Set([...Object.keys(bare), ...Reflect.ownKeys(bare)])
    await bare.register(membership, { config: app.config })
    await bare.ready()
    assert.deepEqual(
      [...Object.keys(bare)].filter(name => !before.has(name)),
      ['membership']
    )
    for (const name of ['db', 'context', 'mailer', 'probe', 'authenticate', 'jwt'])
      assert(!bare.hasDecorator(name), name)
    assert(bare.hasRequestDecorator('membership'))
    for (const name of ['cookies', 'user']) assert(!bare.hasRequestDecorator(name), name)
    assert.deepEqual(Object.keys(bare.membership).toSorted(), [
      'authenticate',
      'gauges',
      'memberOf',
      'probe',
      'requireRole'
    ])
    await bare.close()
  })

  test('two memberships under two prefixes do not stand in one host: the second says so', async () => {
    const twice = Fastify()
    await twice.register(membership, { config: app.config, prefix: '/a' })
    await assert.rejects(async () => {
      await twice.register(membership, { config: app.config, prefix: '/b' })
    }, /already/)
    await twice.close()
  })

  test('a body is bounded as on a server of ours, whatever the host allows', async () => {
    const { statusCode } = await host.inject({
      method: 'POST',
      url: '/members/authenticate',
      payload: { email: 'x'.repeat(70_000), password: 'x' }
    })
    assert.equal(statusCode, 413)
    const own = await host.inject({ method: 'POST', url: '/coerces', payload: { n: '7', more: 'x'.repeat(70_000) } })
    assert.equal(own.statusCode, 200)
  })

  test('closing the host closes everything: no connection, no worker keeps it', async () => {
    const shortLived = await createHost()
    await shortLived.inject({
      method: 'POST',
      url: '/members/authenticate',
      payload: { email: member.email, password: 'x' }
    })
    await shortLived.close()
    await assert.rejects(shortLived.membership.probe())
  })
})

suite('the options', () => {
  const register = async (options: MembershipOptions) => {
    const fastify = Fastify()
    try {
      await fastify.register(membership, options)
    } finally {
      await fastify.close()
    }
  }

  test('are refused at registration with every fault named', async () => {
    await assert.rejects(register({ config: {} }), ({ message }: Error) => {
      for (const name of ['DATABASE_URL', 'SMTP_URL', 'JWT_PRIVATE_KEYS', 'SECRET'])
        assert(message.includes(`${name}: missing`))
      return true
    })
    await assert.rejects(register({ config: { ...app.config, PORT: 'x', VERIFY_TTL: '0' } }), /PORT.*\n?.*VERIFY_TTL/s)
  })

  test('cheap password hashes are for tests: refused in production', async () => {
    const hashCost = { memoryCost: 8, timeCost: 1, parallelism: 1 }
    const production = { NODE_ENV: 'production', PUBLIC_URL: 'https://x.example', CLIENT_URL: 'https://x.example' }
    await assert.rejects(register({ config: { ...app.config, ...production }, hashCost }), /^ConfigError: hashCost: /)
    await register({ config: { ...app.config, ...production } })
    await register({ config: app.config, hashCost })
    await assert.rejects(register({ config: app.config, hashCost: { ...hashCost, parallelism: 0 } }), /hashCost/)
  })

  test('tell the host of account events after their commit, and a listener that fails harms nobody', async () => {
    const events: string[] = []
    const listening = await createHost({
      onEvent: ({ event }) => {
        events.push(event)
        throw new Error('of the listener')
      }
    })
    const guest = createClient(listening, '/members')
    assert.equal((await guest.logIn(member.email)).status, 200)
    assert.equal(events.length, 1)
    await listening.close()
  })

  test('the environment of the process changes nothing', async () => {
    process.env.PASSWORD_MIN_LENGTH = '64'
    try {
      const calm = await createHost()
      const password = 'twelve chars'
      const { body } = await createClient(calm, '/members').post('/reset-password', {
        token: 'x',
        password,
        confirmPassword: password
      })
      assert.equal(body.code, 'token_invalid')
      await calm.close()
    } finally {
      delete process.env.PASSWORD_MIN_LENGTH
    }
  })

  test('the list of error codes is public and closed', () => {
    for (const [status, sentence] of Object.values(ERRORS)) {
      assert(status >= 400 && status < 600)
      assert.match(sentence, /\.$/)
    }
  })
})
