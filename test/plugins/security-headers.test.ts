import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import type { FastifyInstance, InjectOptions, LightMyRequestResponse } from 'fastify'
import { createTestApp } from '../support/app.ts'
import { type Client, createMember, PASSWORD } from '../support/client.ts'
import { createTestDatabase } from '../support/database.ts'
import { type Route, routesOf } from '../support/routes.ts'

const CLIENT = 'https://app.example.com'
const app = await createTestApp({ CLIENT_URL: CLIENT })
const [admin, user] = [await createMember(app, { role: 'Admin' }), await createMember(app)]
const empty = await createTestDatabase({ migrated: false })
const failing = await app.another({ DATABASE_URL: empty.url })
const down = await app.another({ DATABASE_URL: 'mysql://nobody@127.0.0.1:1/nothing' })
const routes = routesOf(app.server)

// OWASP REST Security cheat sheet, and what a browser would need if it showed an answer as a page after all. Written
// here once more, so that a change is seen.
const EXPECTED = {
  'strict-transport-security': 'max-age=31536000; includeSubDomains', // ASVS V3.4.1
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'; sandbox", // ASVS V3.4.3, V3.4.6, V3.2.1
  'x-content-type-options': 'nosniff', // ASVS V3.4.4
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer', // ASVS V3.4.5
  'cross-origin-resource-policy': 'same-origin', // ASVS V3.5.8
  'cross-origin-opener-policy': 'same-origin', // ASVS V3.4.8
  'cache-control': 'no-store' // ASVS V14.3.2
}

function request({ method, url }: Pick<Route, 'method' | 'url'>, me?: Client, more: InjectOptions = {}): InjectOptions {
  const hasBody = method === 'POST' || method === 'PUT'
  return {
    method,
    url: url.replace(/:\w+/g, user.id),
    ...(hasBody ? { payload: '{}' } : {}),
    ...more,
    headers: {
      origin: CLIENT,
      ...(hasBody ? { 'content-type': 'application/json' } : {}),
      ...(me?.token ? { authorization: `Bearer ${me.token}` } : {}),
      ...more.headers
    }
  }
}

/** Ways to ask a route, so that it answers in every way it can. */
const WAYS: [what: string, server: FastifyInstance, ask: (route: Route) => InjectOptions][] = [
  ['as it should be', app.server, route => (route.method === 'DELETE' ? request(route) : request(route, admin))],
  ['by nobody', app.server, route => request(route)],
  [
    'by a User, of somebody else',
    app.server,
    route => request({ ...route, url: route.url.replace(/:\w+/g, admin.id) }, user)
  ],
  ['of what is missing', app.server, route => request({ ...route, url: route.url.replace(/:\w+/g, 'x') }, admin)],
  ['from a foreign page', app.server, route => request(route, admin, { headers: { origin: 'https://evil.example' } })],
  [
    'with broken JSON',
    app.server,
    route => request(route, admin, { payload: '{', headers: { 'content-type': 'application/json' } })
  ],
  [
    'as a form',
    app.server,
    route => request(route, admin, { payload: 'a=b', headers: { 'content-type': 'text/plain' } })
  ],
  ['with a large body', app.server, route => request(route, admin, { payload: `"${'x'.repeat(70_000)}"` })],
  ['by another method', app.server, route => request({ ...route, method: 'PATCH' }, admin)],
  ['for JSONP', app.server, route => request({ ...route, url: `${route.url}?callback=alert` })],
  ['of a path that is no URL', app.server, route => request({ ...route, url: `${route.url}/%` }, admin)],
  ['of a path that is no route', app.server, route => request({ ...route, url: `${route.url}/a/b/c/d` }, admin)],
  ['by OPTIONS', app.server, route => request({ ...route, method: 'OPTIONS' })],
  [
    'by a preflight',
    app.server,
    route =>
      request({ ...route, method: 'OPTIONS' }, undefined, { headers: { 'access-control-request-method': 'PUT' } })
  ],
  ['with a database that is not what it should be', failing, route => request(route, admin, busy(route))],
  ['without its database', down, route => request(route, admin, busy(route))]
]

/** A body that makes a public route ask the database. */
function busy({ url }: Route): InjectOptions {
  const bodies: Record<string, object> = {
    '/accounts/authenticate': { email: user.email, password: PASSWORD },
    '/accounts/forgot-password': { email: user.email }
  }
  return bodies[url] ? { payload: JSON.stringify(bodies[url]) } : {}
}

const seen = new Set<number>()

function assertHeaders(route: Route, { statusCode, headers, body }: LightMyRequestResponse, isForeign: boolean): void {
  seen.add(statusCode)
  assert(statusCode < 300 || statusCode >= 400, `${statusCode}: nothing is redirected`) // ASVS V3.7.2, V4.1.2
  const isKept = route.url === '/.well-known/jwks.json' && statusCode === 200
  const expected = { ...EXPECTED, ...(isKept ? { 'cache-control': 'public, max-age=300' } : {}) }
  for (const [name, value] of Object.entries(expected)) assert.equal(headers[name], value, `${statusCode}: ${name}`)
  assert.equal(headers['access-control-allow-origin'], isForeign ? undefined : CLIENT, String(statusCode))
  assert.match(String(headers.vary), /\bOrigin\b/)
  assert.equal(headers.server ?? headers['x-powered-by'] ?? headers['set-cookie'], undefined)
  // ASVS V4.1.1, V3.5.6
  const type = statusCode >= 400 ? 'application/problem+json; charset=utf-8' : typeOf(route)
  if (body === '') assert.equal(statusCode, 204)
  else assert.equal(headers['content-type'], type, String(statusCode))
  if (statusCode === 503) assert.match(String(headers['retry-after']), /^\d+$/)
}

function typeOf({ url }: Route): string {
  return url === '/metrics' ? 'text/plain; version=0.0.4; charset=utf-8' : 'application/json; charset=utf-8'
}

// ASVS V3.2.1, V3.4.1, V3.4.3, V3.4.4, V3.4.5, V3.4.6, V3.5.6, V3.5.7, V3.5.8, V3.7.2, V4.1.1, V4.1.2, V14.3.2
suite('every answer carries the security headers, and CORS headers for a listed origin', () => {
  for (const [what, server, ask] of WAYS) {
    // ASVS V13.4.6, V14.2.2
    test(`asked ${what}`, async () => {
      for (const route of routes) {
        const options = ask(route)
        const response = await server.inject(options)
        try {
          assertHeaders(route, response, options.headers?.origin !== CLIENT)
        } catch (error) {
          throw new Error(`${options.method} ${route.url}: ${response.body.slice(0, 200)}`, { cause: error })
        }
      }
    })
  }

  test('whatever its status: these were seen', () => {
    const all = [200, 204, 400, 401, 403, 404, 413, 415, 500, 503]
    assert.deepEqual(
      all.filter(status => !seen.has(status)),
      []
    )
  })
})

// ASVS V3.4.3, V3.4.8, V3.6.1
test('the page of the documentation loads from here and nowhere else, and nobody frames it', async () => {
  for (const url of ['/docs', '/docs/']) {
    const { headers, body } = await app.server.inject(url)
    const { 'cache-control': _, 'content-security-policy': __, ...others } = EXPECTED
    for (const [name, value] of Object.entries(others)) assert.equal(headers[name], value, name)
    const policy = String(headers['content-security-policy'])
    assert.match(policy, /^default-src 'self'/)
    assert.match(policy, /script-src 'self' *;/)
    assert.match(policy, /frame-ancestors 'none'/)
    assert.doesNotMatch(policy, /https:|unsafe|\*|\w\.\w/)
    assert.doesNotMatch(body, /(src|href)="(https?:)?\/\//)
  }
})
