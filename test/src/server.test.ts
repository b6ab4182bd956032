import assert from 'node:assert/strict'
import { connect } from 'node:net'
import { suite, test } from 'node:test'
import type { FastifyInstance, InjectOptions } from 'fastify'
import { createTestApp } from '../support/app.ts'
import { createClient, createMember, registration } from '../support/client.ts'

const app = await createTestApp({ CORS_ORIGINS: 'https://app.example.com,http://localhost:3001' })
const production = await app.another({ NODE_ENV: 'production', PUBLIC_URL: 'https://api.example.com' })

const METHODS = ['GET', 'POST', 'PUT', 'DELETE', 'OPTIONS'] as const
type Method = (typeof METHODS)[number]

/** Everything a server answers, as `GET /path`, out of Fastify's own tree. */
function routesOf(server: FastifyInstance): { name: string; method: Method; url: string }[] {
  const parents: string[] = []
  return server
    .printRoutes({ commonPrefix: false })
    .split('\n')
    .flatMap(line => {
      const [, indent = '', part = '', methods = ''] = /^([│ ]*)[├└]── (\S*) \(([A-Z, ]+)\)/.exec(line) ?? []
      const depth = indent.length / 4
      const url = (parents[depth - 1] ?? '') + part
      parents.splice(depth, parents.length, url)
      const known = ['', 'HEAD', ...METHODS]
      for (const method of methods.split(', ')) assert(known.includes(method), `${method} ${url}`)
      const names = methods.split(', ')
      return METHODS.filter(method => names.includes(method)).map(method => ({ name: `${method} ${url}`, method, url }))
    })
}

const isDocs = (url: string) => url.startsWith('/docs')

/** Whether a route lets a stranger past the guard, which stands before the body is read. */
async function isPublic(server: FastifyInstance, { method, url }: { method: Method; url: string }): Promise<boolean> {
  const broken = { payload: '{"', headers: { 'content-type': 'application/json' } }
  const path = url.replace(':id', '0199d6a0-0000-7000-8000-000000000000')
  const response = await server.inject({ method, url: path, ...(method === 'POST' || method === 'PUT' ? broken : {}) })
  return response.statusCode !== 401
}

suite('routes', () => {
  test('that are open to anyone are these, and no others', async () => {
    const routes = routesOf(app.server).filter(({ url }) => !isDocs(url))
    const open = []
    for (const route of routes) if (await isPublic(app.server, route)) open.push(route.name)
    assert.deepEqual(open.toSorted(), [
      'GET /.well-known/jwks.json',
      'GET /health/live',
      'GET /health/ready',
      'GET /hello',
      'GET /metrics',
      'GET /openapi.json',
      'OPTIONS *',
      'POST /accounts/authenticate',
      'POST /accounts/forgot-password',
      'POST /accounts/refresh-token',
      'POST /accounts/register',
      'POST /accounts/resend-verification',
      'POST /accounts/reset-password',
      'POST /accounts/revoke-token',
      'POST /accounts/validate-reset-token',
      'POST /accounts/verify-email'
    ])
    assert(routes.length > open.length + 4)
  })

  test('are all in the OpenAPI document, but for those that are no part of the API', async () => {
    const { paths } = (await app.server.inject('/openapi.json')).json()
    const missing = routesOf(app.server)
      .filter(({ url }) => !isDocs(url))
      .filter(
        ({ method, url }) => !paths[url.replace(/(.)\/$/, '$1').replace(/:(\w+)/g, '{$1}')]?.[method.toLowerCase()]
      )
    assert.deepEqual(missing.map(({ name }) => name).toSorted(), ['GET /metrics', 'GET /openapi.json', 'OPTIONS *'])
  })

  test('refuse unknown fields of a body by name', async () => {
    const admin = await createMember(app, { role: 'Admin' })
    for (const { name, method, url } of routesOf(app.server)) {
      if (method !== 'POST' && method !== 'PUT') continue
      const path = url.replace('/accounts', '').replace(':id', admin.id)
      const answer = await admin.request(method, path, { isAdmin: true })
      assert(
        answer.faults().some(fault => fault.path === '/isAdmin'),
        `${name}: ${JSON.stringify(answer.body)}`
      )
    }
  })

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

suite('every answer', () => {
  const answers: [string, InjectOptions][] = [
    ...routesOf(app.server)
      .filter(({ url }) => url !== '*')
      .map(({ name, method, url }): [string, InjectOptions] => [name, { method, url: url.replace('*', 'x') }]),
    ...ERRORS.map(([what, , request]): [string, InjectOptions] => [what, request]),
    [
      'a preflight',
      {
        method: 'OPTIONS',
        url: '/accounts/authenticate',
        headers: { origin: 'https://app.example.com', 'access-control-request-method': 'POST' }
      }
    ],
    ['OPTIONS without CORS', { method: 'OPTIONS', url: '/accounts/authenticate' }]
  ]
  for (const [what, request] of answers) {
    test(`carries the security headers: ${what}`, async () => {
      const { headers } = await app.server.inject(request)
      assert.equal(headers['x-content-type-options'], 'nosniff')
      assert.equal(headers['x-frame-options'], 'DENY')
      assert.equal(headers['referrer-policy'], 'no-referrer')
      assert.match(String(headers['strict-transport-security']), /max-age=\d{8}/)
      assert.match(String(headers['content-security-policy']), /^default-src '(none|self)'/)
      assert.equal(headers.server ?? headers['x-powered-by'], undefined)
    })
    if (isDocs(String(request.url)) || request.url === '/.well-known/jwks.json') continue
    test(`is kept in no cache: ${what}`, async () => {
      assert.equal((await app.server.inject(request)).headers['cache-control'], 'no-store')
    })
  }
})

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

suite('CORS', () => {
  const preflight = (origin: string) =>
    app.server.inject({
      method: 'OPTIONS',
      url: '/accounts/authenticate',
      headers: {
        origin,
        'access-control-request-method': 'PUT',
        'access-control-request-headers': 'authorization,content-type'
      }
    })
  const ask = (origin?: string, url = '/accounts/1') =>
    app.server.inject({ url, headers: origin === undefined ? {} : { origin } })

  for (const origin of ['https://app.example.com', 'http://localhost:3001']) {
    test(`lets ${origin} in with credentials, on errors too`, async () => {
      for (const { headers } of [await ask(origin), await ask(origin, '/nowhere'), await preflight(origin)]) {
        assert.equal(headers['access-control-allow-origin'], origin)
        assert.equal(headers['access-control-allow-credentials'], 'true')
        assert.match(String(headers.vary), /\bOrigin\b/i)
      }
      const { headers } = await preflight(origin)
      for (const method of ['GET', 'POST', 'PUT', 'DELETE'])
        assert(String(headers['access-control-allow-methods']).includes(method))
      for (const header of ['content-type', 'authorization', 'if-match'])
        assert(String(headers['access-control-allow-headers']).toLowerCase().includes(header))
      const exposed = String((await ask(origin)).headers['access-control-expose-headers'])
      for (const header of ['Link', 'ETag', 'Retry-After']) assert(exposed.includes(header), exposed)
    })
  }

  const strangers = [
    'https://evil.example',
    'https://app.example.com.evil.example',
    'https://evil-app.example.com',
    'https://sub.app.example.com',
    'https://appxexample.com',
    'http://app.example.com',
    'https://app.example.com:8443',
    'http://localhost:3000',
    'http://localhost:30011',
    'https://app.example.com/',
    'https://APP.example.com',
    'null',
    ''
  ]
  for (const origin of strangers) {
    test(`gives nothing to ${JSON.stringify(origin)}`, async () => {
      for (const { headers } of [await ask(origin), await preflight(origin)]) {
        assert.equal(headers['access-control-allow-origin'], undefined)
        assert.equal(headers['access-control-allow-credentials'], undefined)
      }
    })
  }

  test('tells caches that the answer depends on the origin, also where none was sent', async () => {
    for (const origin of [undefined, 'https://evil.example', 'https://app.example.com'])
      assert.match(String((await ask(origin)).headers.vary), /\bOrigin\b/i, origin)
  })
})

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

  test('never change the links in mail, whoever is trusted', async () => {
    for (const [name, server] of [
      ['nobody', app.server],
      ['everybody', await app.another({ TRUST_PROXY: '127.0.0.1' })]
    ] as const) {
      const email = `links-${name}@example.com`
      const client = createClient(server)
      await client.post('/register', registration(email), { headers: hostile })
      const verification = await app.mail.next(email)
      await client.post('/verify-email', { token: /token=([\w-]+)/.exec(verification.text)?.[1] }, { headers: hostile })
      await client.post('/forgot-password', { email }, { headers: hostile })
      const reset = await app.mail.next(email)
      for (const { text, html } of [verification, reset]) {
        assert.match(text, /https:\/\/app\.example\.com\/account\/\S+\?token=/)
        assert.doesNotMatch(text + html, /evil/)
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
