import assert from 'node:assert/strict'
import { connect } from 'node:net'
import { suite, test } from 'node:test'
import type { FastifyInstance, InjectOptions } from 'fastify'
import { createTestApp } from '../support/app.ts'
import { createClient, createMember, registration } from '../support/client.ts'
import { routesOf } from '../support/routes.ts'

const app = await createTestApp({ CORS_ORIGINS: 'https://app.example.com,http://localhost:3001' })
const production = await app.another({ NODE_ENV: 'production', PUBLIC_URL: 'https://api.example.com' })

suite('routes', () => {
  test('are all in the OpenAPI document, but for those that are no part of the API', async () => {
    const { paths } = (await app.server.inject('/openapi.json')).json()
    const missing = routesOf(app.server).filter(
      ({ method, url }) => !paths[url.replace(/:(\w+)/g, '{$1}')]?.[method.toLowerCase()]
    )
    assert.deepEqual(missing.map(({ name }) => name).toSorted(), ['GET /metrics', 'GET /openapi.json'])
  })

  // ASVS V2.2.2
  test('refuse unknown fields of a body by name', async () => {
    const admin = await createMember(app, { role: 'Admin' })
    for (const { name, method, url } of routesOf(app.server)) {
      if (method !== 'POST' && method !== 'PUT') continue
      const path = url.replace('/accounts', '').replace(/:\w+/g, admin.id)
      const answer = await admin.request(method, path, { isAdmin: true })
      assert(
        answer.faults().some(fault => fault.path === '/isAdmin'),
        `${name}: ${JSON.stringify(answer.body)}`
      )
    }
  })

  // ASVS V13.4.5
  test('of the documentation and the metrics are closed in production, and open by their switches', async () => {
    for (const url of ['/docs', '/docs/json', '/metrics', '/dev/mailbox', '/dev/mailbox.json', '/'])
      assert.equal((await production.inject(url)).statusCode, 404, url)
    assert.equal((await production.inject('/openapi.json')).statusCode, 200)
    const open = await app.another({
      NODE_ENV: 'production',
      PUBLIC_URL: 'https://api.example.com',
      DOCS: 'on',
      METRICS: 'on'
    })
    for (const url of ['/docs', '/metrics']) assert.equal((await open.inject(url)).statusCode, 200, url)
    assert.equal((await app.server.inject('/docs')).statusCode, 200)
  })

  test('of the documentation ask browsers for https only where there is https', async () => {
    const policy = async (server: FastifyInstance) => (await server.inject('/docs')).headers['content-security-policy']
    assert.match(String(await policy(app.server)), /script-src 'self'/)
    assert.doesNotMatch(String(await policy(app.server)), /upgrade-insecure-requests/)
    const secure = await app.another({ PUBLIC_URL: 'https://api.example.com' })
    assert.match(String(await policy(secure)), /upgrade-insecure-requests/)
  })

  test('include a wake-up ping', async () => {
    const response = await production.inject('/hello')
    assert.equal(response.statusCode, 200)
    assert.equal(typeof response.json().message, 'string')
  })
})

const json = { 'content-type': 'application/json' }
const ERRORS: [what: string, status: number, request: InjectOptions][] = [
  ['a missing route', 404, { url: '/nowhere' }],
  ['a missing route under the prefix', 404, { method: 'POST', url: '/accounts/nowhere' }],
  ['a method that is not there', 404, { method: 'DELETE', url: '/hello' }],
  ['a guarded route', 401, { url: '/accounts/1' }],
  [
    'a large body',
    413,
    { method: 'POST', url: '/accounts/register', headers: json, payload: `"${'x'.repeat(70_000)}"` }
  ],
  [
    'a form',
    415,
    { method: 'POST', url: '/accounts/register', headers: { 'content-type': 'text/plain' }, payload: 'a=b' }
  ],
  ['broken JSON', 400, { method: 'POST', url: '/accounts/register', headers: json, payload: '{"email":' }],
  [
    'a poisoned prototype',
    400,
    { method: 'POST', url: '/accounts/register', headers: json, payload: '{"__proto__":{"a":1}}' }
  ],
  ['a faulty body', 400, { method: 'POST', url: '/accounts/register', headers: json, payload: '{}' }],
  ['a URL that is none', 400, { url: '/accounts/%zz' }]
]

suite('every error', () => {
  for (const [what, status, request] of ERRORS) {
    test(`is a problem: ${what}`, async () => {
      const response = await app.server.inject(request)
      assert.equal(response.statusCode, status)
      assert.match(String(response.headers['content-type']), /^application\/problem\+json/)
      const body = response.json()
      assert.equal(body.status, status)
      assert.equal(body.message, body.detail)
      for (const key of ['type', 'title', 'instance', 'code', 'requestId'])
        assert.equal(typeof body[key], 'string', key)
      assert.doesNotMatch(response.body, /stack|node_modules|%zz|__proto__/)
    })
  }

  test('of the protocol itself, too: what is no HTTP gets a 400 and no words of the inside', async () => {
    const server = await app.another()
    const url = new URL(await server.listen({ host: '127.0.0.1', port: 0 }))
    const answer = await new Promise<string>((resolve, reject) => {
      let text = ''
      const socket = connect(Number(url.port), '127.0.0.1', () => socket.end('NONSENSE\r\n\r\n'))
      socket
        .on('data', data => {
          text += data
        })
        .on('end', () => resolve(text))
        .on('error', reject)
    })
    assert.match(answer, /^HTTP\/1\.1 400 [\s\S]*content-type: application\/problem\+json/i)
    assert.doesNotMatch(answer, /HPE_|node_modules|NONSENSE/)
  })
})

// ASVS V4.1.3
suite('hostile headers', () => {
  const hostile = {
    host: 'evil.example',
    'x-forwarded-host': 'evil.example',
    'x-forwarded-proto': 'http',
    'x-forwarded-for': '1.2.3.4',
    forwarded: 'for=1.2.3.4;host=evil.example',
    'x-original-url': '/evil',
    'x-rewrite-url': '/evil',
    origin: 'https://evil.example',
    referer: 'https://evil.example/'
  }

  // ASVS V4.1.3
  test('never change the links in mail, whoever is trusted', async () => {
    for (const [name, server] of [
      ['nobody', app.server],
      ['everybody', await app.another({ TRUST_PROXY: '127.0.0.1' })]
    ] as const) {
      const email = `links-${name}@example.com`
      const client = createClient(server)
      assert.equal((await client.post('/register', registration(email), { headers: hostile })).status, 403)
      // A listed origin, which is not that of CLIENT_URL.
      const headers = { ...hostile, origin: 'http://localhost:3001' }
      await client.post('/register', registration(email), { headers })
      const verification = await app.mail.next(email)
      await client.post('/verify-email', { token: /token=([\w-]+)/.exec(verification.text)?.[1] }, { headers })
      await client.post('/forgot-password', { email }, { headers })
      const reset = await app.mail.next(email)
      for (const { text, html } of [verification, reset]) {
        assert.match(text, /https:\/\/app\.example\.com\/account\/\S+\?token=/)
        assert.doesNotMatch(text + html, /evil|localhost/)
      }
    }
  })

  test('never change what the server says of itself', async () => {
    const responses = await Promise.all(
      ['/openapi.json', '/nowhere', '/accounts/1', '/docs', '/hello'].map(url =>
        app.server.inject({ url, headers: hostile })
      )
    )
    for (const { body, headers } of responses) assert.doesNotMatch(body + JSON.stringify(headers), /evil/)
  })
})
