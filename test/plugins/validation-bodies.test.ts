import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { InjectOptions } from 'fastify'
import { createTestApp } from '../support/app.ts'
import { createClient, createMember, PASSWORD } from '../support/client.ts'

const app = await createTestApp()
const client = createClient(app.server)
const login = { email: 'nobody@example.com', password: PASSWORD }

async function authenticate(payload: string | Buffer, contentType?: string) {
  const headers = contentType === undefined ? {} : { 'content-type': contentType }
  const response = await app.server.inject({ method: 'POST', url: '/accounts/authenticate', payload, headers })
  return { status: response.statusCode, body: response.json() }
}

async function faults(path: string, body: unknown): Promise<[string, string][]> {
  return (await client.post(path, body)).faults().map(({ path, message }) => [path, message])
}

// ASVS V4.1.1: JSON only.
test('JSON is read under every spelling of its content type', async () => {
  for (const type of [
    'application/json',
    'application/json;charset=utf-8',
    'application/json; charset=UTF-8',
    'Application/JSON',
    'APPLICATION/JSON ; charset=utf-8',
    'application/json;',
    'application/json\t',
    'application/json; x="y"'
  ]) {
    assert.equal((await authenticate(JSON.stringify(login), type)).body.code, 'invalid_credentials', type)
  }
})

test('anything else is 415, above all what a page of another origin can send without a preflight', async () => {
  for (const type of [
    undefined,
    '',
    ';',
    'text/plain',
    'text/plain;charset=UTF-8',
    'TEXT/PLAIN',
    'text/plain; application/json',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=application/json',
    'text/json',
    'json',
    'application/jsonx',
    'application/vnd.api+json',
    'application/json, text/plain',
    'text/plain, application/json',
    'application/ json',
    '*/*',
    '\u00e4'
  ]) {
    const payload = Buffer.from(JSON.stringify(login))
    assert.equal((await authenticate(payload, type)).body.code, 'unsupported_media_type', String(type))
  }
})

test('what is not JSON is malformed_request', async () => {
  for (const payload of [
    ' ',
    '{',
    '{"email":',
    "{'email':'x'}",
    '{"a":1}x',
    'undefined',
    'NaN',
    '{"a":01}',
    '\0',
    '"\n"',
    '{"a":1,}'
  ]) {
    const { status, body } = await authenticate(payload, 'application/json')
    assert.deepEqual([status, body.code], [400, 'malformed_request'], JSON.stringify(payload))
  }
})

test('an empty body is none, whatever its content type says', async () => {
  for (const type of ['application/json', 'application/json; charset=utf-8']) {
    const { status, body } = await authenticate('', type)
    assert.deepEqual([status, body.errors], [400, [{ path: '', message: 'must be an object' }]], type)
  }
  const leaver = await createMember(app)
  const headers = { 'content-type': 'application/json' }
  assert.equal((await leaver.delete(`/${leaver.id}`, { headers })).status, 200)
})

test('refreshing and signing out need no body: there is nothing in it that must be said', async () => {
  const post = (path: string, options: InjectOptions) =>
    app.server.inject({ method: 'POST', url: `/accounts${path}`, ...options })
  for (const options of [{}, { payload: '', headers: { 'content-type': 'application/json' } }]) {
    for (const path of ['/refresh-token', '/revoke-token'])
      assert.equal((await post(path, options)).json().code, 'authentication_required', path)
    const member = await createMember(app)
    const headers = () => ({ ...options.headers, cookie: `__Host-refresh=${member.cookie}` })
    assert.equal((await post('/refresh-token', { ...options, headers: headers() })).statusCode, 200)
    assert.equal((await post('/revoke-token', { ...options, headers: headers() })).statusCode, 200)
  }
  assert.equal((await client.request('POST', '/refresh-token', null)).status, 400)
})

// ASVS V1.5.2, V15.3.6
test('keys that reach for prototypes are refused', async () => {
  for (const key of [
    '"__proto__":{"role":"Admin"}',
    '"constructor":{"prototype":{"role":"Admin"}}',
    '"\\u005f_proto__":{"a":1}'
  ]) {
    assert.equal(
      (await authenticate(`{"email":"a@example.com","password":"x",${key}}`, 'application/json')).status,
      400,
      key
    )
  }
  for (const key of ['toString', 'hasOwnProperty', 'constructor', 'prototype']) {
    assert.deepEqual(await faults('/authenticate', { ...login, [key]: 1 }), [[`/${key}`, 'is not a recognised field']])
  }
  assert.equal(Reflect.get({}, 'role'), undefined)
})

// ASVS V1.5.3, V15.3.7
test('of a duplicate key the last counts, for validation and for use', async () => {
  assert.equal(
    (await authenticate(`{"email":7,"email":"a@example.com","password":"x"}`, 'application/json')).status,
    401
  )
  assert.equal(
    (await authenticate(`{"email":"a@example.com","email":7,"password":"x"}`, 'application/json')).status,
    400
  )
})

test('16 kB pass the door, more does not', async () => {
  const body = (size: number) => `{"x":"${'x'.repeat(size - 8)}"}`
  assert.equal((await authenticate(body(16 * 1024), 'application/json')).status, 400)
  assert.equal((await authenticate(body(16 * 1024 + 1), 'application/json')).status, 413)
})

test('a body of nothing but unknown fields is answered with the first hundred', async () => {
  const body = JSON.stringify(Object.fromEntries(Array.from({ length: 1500 }, (_, i) => [`x${i}`, 1])))
  assert.ok(body.length < 16 * 1024)
  const answer = await authenticate(body, 'application/json')
  assert.equal(answer.status, 400)
  assert.equal(answer.body.errors.length, 100)
})

test('deep nesting is refused calmly', async () => {
  const deep = '['.repeat(8_000) + ']'.repeat(8_000)
  assert.equal((await authenticate(deep, 'application/json')).status, 400)
  assert.equal((await authenticate(`{"email":${deep}}`, 'application/json')).status, 400)
})
