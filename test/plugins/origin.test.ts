import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import Fastify from 'fastify'
import { membership } from '../../src/index.ts'
import { createTestApp } from '../support/app.ts'
import { createClient, createMember, PASSWORD } from '../support/client.ts'
import { queriesOf } from '../support/queries.ts'
import { routesOf } from '../support/routes.ts'
import { signIn } from '../support/sessions.ts'

const CLIENT = 'https://app.example.com'
const app = await createTestApp({
  CORS_ORIGINS: `${CLIENT}, http://localhost:3001`,
  CLIENT_URL: CLIENT,
  PUBLIC_URL: 'https://api.example.com/v1'
})
const admin = await createMember(app, { role: 'Admin' })
const member = await createMember(app)
const changing = routesOf(app.server).filter(({ method }) => method !== 'GET')

type Headers = Record<string, string>

// What a browser says of a page that has no business here; a request that says it is refused unread.
const FOREIGN: Headers[] = [
  ...[
    'https://evil.example',
    'https://app.example.com.evil.example',
    'https://evil-app.example.com',
    'https://evil.app.example.com',
    'https://example.com',
    'https://appxexample.com',
    'http://app.example.com',
    'https://app.example.com:8443',
    'https://app.example.com:443',
    'https://app.example.com.',
    'https://APP.example.com',
    'HTTPS://app.example.com',
    'https://app.example.com/',
    'https://app.example.com/x',
    'https://app.example.com@evil.example',
    'https://evil.example/https://app.example.com',
    'https://app.example.com%00.evil.example',
    'https://app.example.com https://evil.example',
    'https://app.example.com, https://evil.example',
    'https://app.example.com,https://app.example.com',
    'http://localhost:3000',
    'http://localhost:30011',
    'http://api.example.com',
    'https://api.example.com/v1',
    'https://sub.api.example.com',
    'https://аpp.example.com', // a Cyrillic a, as no browser writes it
    'https://xn--pp-7lc.example.com',
    'null',
    'NULL',
    '*',
    '',
    'undefined',
    'file://',
    'capacitor://localhost',
    'chrome-extension://abcdefghijklmnop'
  ].map(origin => ({ origin })),
  { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' },
  { origin: 'https://evil.example', 'sec-fetch-site': 'same-site' },
  { origin: 'https://evil.example', 'sec-fetch-site': 'none' },
  { origin: 'null', 'sec-fetch-site': 'cross-site' },
  ...['cross-site', 'same-site', 'Same-Origin', 'same-origin, cross-site', 'cross-site, same-origin', 'new', ''].map(
    site => ({ 'sec-fetch-site': site })
  )
]

const WELCOME: [what: string, headers: Headers][] = [
  ['nobody’s: curl, an app, an old client', {}],
  ['a listed origin', { origin: CLIENT }],
  ['a listed origin on the same site', { origin: CLIENT, 'sec-fetch-site': 'same-site' }],
  ['a listed origin on another site', { origin: 'http://localhost:3001', 'sec-fetch-site': 'cross-site' }],
  ['the API’s own origin', { origin: 'https://api.example.com' }],
  [
    'the server’s own page, under another of its names',
    { origin: 'http://127.0.0.1:3000', 'sec-fetch-site': 'same-origin' }
  ],
  ['the server’s own page, whose policy hides its origin', { origin: 'null', 'sec-fetch-site': 'same-origin' }],
  ['the server’s own page, in a browser that sends no Origin', { 'sec-fetch-site': 'same-origin' }],
  ['what the reader did without a page', { 'sec-fetch-site': 'none' }]
]

// A body that would do something, on the routes that look at the cookie and on login.
const BODIES: Record<string, object> = { '/accounts/authenticate': { email: admin.email, password: PASSWORD } }

/** With everything that a browser would carry along for a signed-in Admin. */
function send(method: string, url: string, headers: Headers) {
  return app.server.inject({
    method,
    url: url.replace(/:\w+/g, admin.id),
    payload: JSON.stringify(BODIES[url] ?? {}),
    headers: {
      'content-type': 'application/json',
      cookie: `__Host-refresh=${admin.cookie}`,
      authorization: `Bearer ${admin.token}`,
      ...headers
    }
  })
}

// ASVS V3.5.1, V3.3.2
suite('a request that a foreign page made a browser send', () => {
  for (const { name, method, url } of changing) {
    test(`changes nothing, reads nothing and touches no cookie: ${name}`, async () => {
      for (const headers of FOREIGN) {
        const what = JSON.stringify(headers)
        const { queries, result } = await queriesOf(() => send(method, url, headers))
        assert.deepEqual([result.statusCode, result.json().code], [403, 'origin_not_allowed'], what)
        assert.deepEqual(queries, [], what)
        assert.equal(result.headers['set-cookie'], undefined)
        assert.equal(result.headers['access-control-allow-origin'], undefined)
      }
    })
  }

  test('is refused before its body is read: of any type, any size', async () => {
    const headers = { origin: 'https://evil.example', 'content-type': 'text/plain' }
    for (const payload of ['', '{', 'x'.repeat(70_000)]) {
      const response = await app.server.inject({ method: 'POST', url: '/accounts/authenticate', payload, headers })
      assert.equal(response.json().code, 'origin_not_allowed')
    }
  })

  test('leaves the session as good as it was', async () => {
    assert.equal((await admin.refresh()).status, 200)
    assert.equal((await admin.get(`/${admin.id}`)).status, 200)
  })
})

suite('a request passes that is', () => {
  for (const [what, headers] of WELCOME) {
    test(what, async () => {
      const { email } = member
      const answers = [await createClient(app.server).post('/authenticate', { email, password: PASSWORD }, { headers })]
      for (const path of ['/refresh-token', '/revoke-token']) {
        const cookie = `__Host-refresh=${(await signIn(app, email)).refreshToken}`
        answers.push(await createClient(app.server).post(path, {}, { headers: { ...headers, cookie } }))
      }
      assert.deepEqual(
        answers.map(({ status }) => status),
        [200, 200, 200]
      )
    })
  }
})

test('who only reads may come from anywhere, and a page of another origin is shown none of it', async () => {
  for (const headers of FOREIGN) {
    const answer = await admin.get(`/${admin.id}`, { headers })
    assert.equal(answer.status, 200)
    assert.equal(answer.headers['access-control-allow-origin'], undefined)
  }
})

test('in a host application the origin is checked, too, whatever the host’s CORS allows', async context => {
  const host = Fastify()
  context.after(() => host.close())
  await host.register(membership, { config: app.config })
  const logIn = (origin: string) => {
    const options = { headers: { origin } }
    return createClient(host).post('/authenticate', { email: admin.email, password: PASSWORD }, options)
  }
  assert.equal((await logIn(CLIENT)).status, 200)
  assert.equal((await logIn('https://evil.example')).body.code, 'origin_not_allowed')
})
