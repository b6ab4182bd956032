import assert from 'node:assert/strict'
import { test } from 'node:test'
import Fastify, { type InjectOptions } from 'fastify'
import errors, { answerError } from '../../plugins/errors.ts'
import { ERRORS, type ErrorCode, invalid, Problem } from '../../src/errors.ts'
import { createTestApp } from '../support/app.ts'
import { createMember } from '../support/client.ts'

const app = await createTestApp()
const member = await createMember(app)

const JSON_TYPE = { 'content-type': 'application/json' }
const bearer = { authorization: `Bearer ${member.token}` }

const isCode = (text: string): text is ErrorCode => text in ERRORS

/** Asserts RFC 9457 problem details with what existing clients read beside them. */
async function problem(options: InjectOptions, server = app.server) {
  const response = await server.inject(options)
  assert.equal(response.headers['content-type'], 'application/problem+json; charset=utf-8')
  const body = response.json()
  const { errors: faults, ...rest } = body
  assert.deepEqual(Object.keys(rest).sort(), [
    'code',
    'detail',
    'instance',
    'message',
    'requestId',
    'status',
    'title',
    'type'
  ])
  assert.equal(body.status, response.statusCode)
  assert.equal(body.message, body.detail)
  const code: string = body.code
  assert.ok(isCode(code), code)
  assert.deepEqual([body.status, body.detail], ERRORS[code])
  for (const uri of [body.type, body.instance]) assert.ok(URL.canParse(uri), uri)
  assert.ok(body.requestId.length > 0 && body.instance.endsWith(body.requestId))
  assert.equal(response.headers['retry-after'] !== undefined, body.status === 503 || body.status === 429)
  assert.equal(response.headers['www-authenticate'], body.status === 401 ? 'Bearer' : undefined)
  for (const fault of faults ?? []) assert.deepEqual(Object.keys(fault).sort(), ['message', 'path'])
  return body
}

const cases: [string, InjectOptions, string][] = [
  ['an unknown route', { method: 'GET', url: '/nothing/<script>' }, 'not_found'],
  ['an unknown route under the prefix', { method: 'POST', url: '/accounts/nothing/here' }, 'not_found'],
  ['another case of a route', { method: 'GET', url: '/Accounts' }, 'not_found'],
  ['a doubled slash', { method: 'POST', url: '//accounts//authenticate' }, 'not_found'],
  ['no token', { method: 'GET', url: '/accounts' }, 'authentication_required'],
  ['a bad token', { method: 'GET', url: '/accounts', headers: { authorization: 'Bearer a.b.c' } }, 'token_invalid'],
  ['no right', { method: 'GET', url: '/accounts', headers: bearer }, 'forbidden'],
  [
    'a body cut off',
    { method: 'POST', url: '/accounts/authenticate', payload: '{"email":', headers: JSON_TYPE },
    'malformed_request'
  ],
  [
    'an empty body',
    { method: 'POST', url: '/accounts/authenticate', payload: '', headers: JSON_TYPE },
    'validation_failed'
  ],
  [
    'a bad body',
    { method: 'POST', url: '/accounts/authenticate', payload: '[]', headers: JSON_TYPE },
    'validation_failed'
  ],
  ['no body', { method: 'POST', url: '/accounts/authenticate' }, 'validation_failed'],
  [
    'a form',
    { method: 'POST', url: '/accounts/authenticate', payload: 'a=b', headers: { 'content-type': 'text/plain' } },
    'unsupported_media_type'
  ],
  [
    '65 kB',
    {
      method: 'POST',
      url: '/accounts/authenticate',
      payload: JSON.stringify({ email: 'x'.repeat(65 * 1024) }),
      headers: JSON_TYPE
    },
    'payload_too_large'
  ],
  [
    'a wrong length',
    { method: 'POST', url: '/accounts/authenticate', payload: '{}', headers: { ...JSON_TYPE, 'content-length': '1' } },
    'malformed_request'
  ]
]

for (const [what, options, code] of cases) {
  test(`${what} is ${code} in problem details, and repeats nothing of the request`, async () => {
    const body = await problem(options)
    assert.equal(body.code, code)
    assert.doesNotMatch(JSON.stringify(body), /script|here\/|accounts\//i)
  })
}

for (const method of ['PATCH', 'PUT', 'DELETE', 'TRACE'] as const) {
  // ASVS V13.4.4
  test(`${method} where there is no such route is problem details, not a page`, async () => {
    assert.equal((await problem({ method, url: '/accounts/authenticate/x' })).code, 'not_found')
    assert.equal((await problem({ method, url: '/hello' })).code, 'not_found')
  })
}

/** A server whose one route throws what it is given. */
function throwing(error: unknown) {
  const server = Fastify()
  server.register(errors, { notFound: true })
  server.register(async inner => {
    inner.get('/', async () => {
      throw error
    })
  })
  return server
}

const inside = 'ER_SECRET near password_hash at /srv/app.ts'

// ASVS V16.5.1
test('an unexpected error says nothing of the inside', async () => {
  for (const error of [
    new Error(inside),
    new TypeError(inside),
    Object.assign(new Error(inside), { statusCode: 500 }),
    Object.assign(new Error(inside), { errno: 1064 }),
    Object.assign(new Error(inside), { errno: 1062 })
  ]) {
    const body = await problem({ url: '/' }, throwing(error))
    assert.equal(body.code, 'internal_error')
    assert.doesNotMatch(JSON.stringify(body), /SECRET|password|srv/)
  }
})

// ASVS V16.5.2
test('an outage of the database is 503 with Retry-After, never 401 or 500', async () => {
  const outages = [
    ...['ECONNREFUSED', 'ECONNRESET', 'ETIMEDOUT', 'PROTOCOL_CONNECTION_LOST'].map(code => ({ code })),
    ...[1040, 1205, 1213, 1290, 1047].map(errno => ({ errno }))
  ]
  for (const fault of outages) {
    const body = await problem({ url: '/' }, throwing(Object.assign(new Error(inside), fault)))
    assert.equal(body.code, 'unavailable', JSON.stringify(fault))
  }
})

test('every code of the table comes out with its status, text and headers', async () => {
  for (const code of Object.keys(ERRORS).filter(isCode)) {
    const status: number = ERRORS[code][0]
    const options = [429, 503].includes(status) ? { retryAfter: 7 } : {}
    const body = await problem({ url: '/' }, throwing(new Problem(code, options)))
    assert.equal(body.code, code)
  }
})

test('a refusal of fields lists every one', async () => {
  const faults = [
    { path: '/a', message: 'is required' },
    { path: '/b', message: 'must be text' }
  ]
  assert.deepEqual((await problem({ url: '/' }, throwing(invalid(...faults)))).errors, faults)
})

test('an error of Fastify’s own of the 400s is malformed_request, without its text', async () => {
  const body = await problem({ url: '/' }, throwing(Object.assign(new Error(inside), { statusCode: 418 })))
  assert.equal(body.code, 'malformed_request')
})

test('what is no Error is a 500 all the same', async () => {
  for (const thrown of ['text', null, undefined, 7, { statusCode: 401 }]) {
    const response = await throwing(thrown).inject('/')
    assert.ok(response.statusCode >= 400, String(thrown))
  }
})

test('a path that is no URL is problem details too, and is not repeated', async () => {
  const server = Fastify({ frameworkErrors: (error, request, reply) => void answerError(error, request, reply) })
  server.register(errors, { notFound: true })
  server.get('/:id', async () => 'never')
  for (const url of ['/%', '/%ff', '/%E0%A4%A', `/${'x'.repeat(101)}`]) {
    assert.equal((await problem({ url }, server)).code, 'malformed_request', url)
  }
})
