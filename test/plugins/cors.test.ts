import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { createTestApp } from '../support/app.ts'
import { routesOf } from '../support/routes.ts'

const LISTED = ['https://app.example.com', 'http://localhost:3001']
const app = await createTestApp({ CORS_ORIGINS: LISTED.join(',') })
const routes = routesOf(app.server)

/** Routes of every kind as a stranger meets them, 200s and errors. */
const ANSWERS = [
  ...routes.map(({ method, url }) => ({ method, url: url.replace(/:\w+/g, 'x') })),
  { method: 'GET', url: '/nowhere' },
  { method: 'GET', url: '/accounts/%' },
  { method: 'PATCH', url: '/accounts' }
]

function ask(origin: string | undefined, { method, url } = { method: 'GET', url: '/accounts/1' }) {
  return app.server.inject({ method, url, headers: origin === undefined ? {} : { origin } })
}

function preflight(origin: string, url = '/accounts/authenticate') {
  const headers = {
    'access-control-request-method': 'PUT',
    'access-control-request-headers': 'authorization,content-type'
  }
  return app.server.inject({ method: 'OPTIONS', url, headers: { ...headers, origin } })
}

// ASVS V3.4.2
for (const origin of LISTED) {
  suite(`a page of ${origin}`, () => {
    test('reads every answer with credentials, errors too', async () => {
      for (const answer of ANSWERS) {
        const { headers } = await ask(origin, answer)
        assert.equal(headers['access-control-allow-origin'], origin, answer.url)
        assert.equal(headers['access-control-allow-credentials'], 'true')
        const exposed = String(headers['access-control-expose-headers'])
        for (const header of ['Link', 'ETag', 'Retry-After', 'RateLimit']) assert(exposed.includes(header), exposed)
      }
    })

    test('gets the preflight it needs, for every route', async () => {
      for (const { url } of routes) {
        const { statusCode, headers, body } = await preflight(origin, url.replace(/:\w+/g, 'x'))
        assert.deepEqual([statusCode, body], [204, ''], url)
        assert.equal(headers['access-control-allow-origin'], origin)
        assert.equal(headers['access-control-allow-credentials'], 'true')
        for (const method of ['GET', 'POST', 'PUT', 'DELETE'])
          assert(String(headers['access-control-allow-methods']).includes(method))
        for (const header of ['content-type', 'authorization', 'if-match'])
          assert(String(headers['access-control-allow-headers']).toLowerCase().includes(header))
        assert.doesNotMatch(JSON.stringify(headers), /\*/, 'with credentials a star means nothing')
      }
    })
  })
}

const STRANGERS = [
  'https://evil.example',
  'https://app.example.com.evil.example',
  'https://evil-app.example.com',
  'https://sub.app.example.com',
  'https://appxexample.com',
  'https://example.com',
  'http://app.example.com',
  'https://localhost:3001',
  'https://app.example.com:8443',
  'https://app.example.com:443',
  'http://localhost:3000',
  'http://localhost:30011',
  'http://localhost',
  'http://127.0.0.1:3001',
  'http://[::1]:3001',
  'https://app.example.com/',
  'https://app.example.com.',
  'https://APP.example.com',
  'HTTPS://app.example.com',
  'https://user@app.example.com',
  'https://app.example.com@evil.example',
  'https://app.example.com,http://localhost:3001',
  'https://app.example.com http://localhost:3001',
  '//app.example.com',
  'app.example.com',
  'capacitor://localhost',
  'file://',
  'null',
  'NULL',
  '*',
  'true',
  '__proto__',
  ''
]

// ASVS V3.4.2
suite('nothing is shown to', () => {
  for (const origin of STRANGERS) {
    test(JSON.stringify(origin), async () => {
      for (const { headers } of [
        await ask(origin),
        await ask(origin, { method: 'GET', url: '/hello' }),
        await ask(origin, { method: 'GET', url: '/accounts/%' }),
        await ask(origin, { method: 'POST', url: '/accounts/refresh-token' }),
        await preflight(origin)
      ]) {
        assert.equal(headers['access-control-allow-origin'], undefined)
        assert.equal(headers['access-control-allow-credentials'], undefined)
        assert.match(String(headers.vary), /\bOrigin\b/i)
      }
    })
  }
})

test('caches are told that every answer depends on the origin, also where none was sent', async () => {
  for (const origin of [undefined, 'https://evil.example', LISTED[0]]) {
    for (const answer of ANSWERS)
      assert.match(String((await ask(origin, answer)).headers.vary), /\bOrigin\b/i, `${origin} ${answer.url}`)
  }
})
