import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import Fastify from 'fastify'
import openapi from '../../plugins/openapi.ts'
import { type OpenApiDocument, type Operation, operationsOf, type Schema } from '../../scripts/openapi/document.ts'
import { EVENTS } from '../../src/audit/table.ts'
import { ERRORS } from '../../src/errors.ts'
import { createTestApp } from '../support/app.ts'
import { createClient, createMember } from '../support/client.ts'

const app = await createTestApp({ PUBLIC_URL: 'http://localhost:3000/api' })
const document: OpenApiDocument = (await app.server.inject('/openapi.json')).json()

const operations = operationsOf(document)

function operation(path: string, method: string): Operation {
  return document.paths[path]?.[method] ?? assert.fail(`no ${method} ${path}`)
}

function schemaNamed(name: string): Schema {
  return document.components.schemas[name] ?? assert.fail(`no schema ${name}`)
}

/** The places of a schema where anything of any length may stand. */
function unbounded({ $ref, ...schema }: Schema, where: string): string[] {
  if ($ref) return unbounded(schemaNamed($ref.split('/').at(-1) ?? ''), where)
  if (schema.enum || schema.const !== undefined) return []
  if (schema.properties)
    return Object.entries(schema.properties).flatMap(([name, part]) => unbounded(part, `${where} ${name}`))
  const { type, maxLength, maximum, format } = schema
  const isBound =
    (type === 'string' && (maxLength ?? 0) > 0) || (type === 'integer' && maximum !== undefined) || type === 'boolean'
  return isBound || format === 'date-time' || format === 'uuid' ? [] : [where]
}

suite('the OpenAPI document', () => {
  test('is of 3.1, names the API by PUBLIC_URL, and describes every room', () => {
    assert.equal(document.openapi, '3.1.0')
    assert.deepEqual(document.servers, [{ url: 'http://localhost:3000/api' }])
    for (const path of [
      '/accounts',
      '/accounts/{id}',
      '/accounts/authenticate',
      '/health/ready',
      '/.well-known/jwks.json'
    ])
      assert(document.paths[path], path)
  })

  test('gives every operation an id of its own, a known tag, a summary and a word on security', () => {
    const ids = operations.map(({ content }) => content.operationId)
    assert.equal(new Set(ids).size, operations.length, String(ids))
    const tags = document.tags.map(({ name }) => name)
    for (const { name, content } of operations) {
      assert.match(content.operationId, /^[a-z][A-Za-z]+$/, name)
      assert.equal(content.tags.length, 1, name)
      assert(tags.includes(content.tags[0] ?? ''), name)
      assert(content.summary.length > 5, name)
      assert(Array.isArray(content.security), name)
    }
  })

  test('types every error of every operation as a problem, with codes that belong to the status', () => {
    for (const { name, content } of operations) {
      const errors = Object.entries(content.responses).filter(([status]) => status >= '400')
      assert(
        errors.some(([status]) => status === '500'),
        name
      )
      for (const [status, { description, content: body = {} }] of errors) {
        assert.deepEqual(Object.keys(body), ['application/problem+json'], name)
        assert.deepEqual(body['application/problem+json']?.schema, { $ref: '#/components/schemas/Problem' })
        for (const line of description.split('\n')) {
          const [, code = '', sentence] = /^- `(\w+)`: (.+)$/.exec(line) ?? []
          assert.deepEqual(Reflect.get(ERRORS, code), [Number(status), sentence], `${name}: ${line}`)
        }
      }
    }
  })

  test('names 401 wherever a member is needed, and what is wrong with bodies wherever one is read', () => {
    for (const { name, method, content } of operations) {
      if (content.security.length > 0) assert(content.responses['401'], name)
      // A DELETE may come with a body that nobody looks at: it is read all the same.
      const reads = content.requestBody !== undefined || method === 'delete'
      assert.equal(reads, content.responses['413'] !== undefined, name)
      if (method === 'get') assert.equal(content.requestBody, undefined, name)
    }
  })

  test('says of an operation what it can answer, and nothing that it cannot', () => {
    const codes = (path: string, method: string) =>
      Object.values(operation(path, method).responses).flatMap(({ description }) =>
        [...description.matchAll(/^- `(\w+)`/gm)].map(([, code]) => code)
      )
    const always = ['internal_error', 'malformed_request', 'unavailable']
    assert.deepEqual(codes('/health/live', 'get').toSorted(), always)
    assert.deepEqual(codes('/.well-known/jwks.json', 'get').toSorted(), [...always, 'rate_limited'].toSorted())
    assert(codes('/accounts', 'get').includes('forbidden'))
    assert(codes('/accounts', 'get').includes('validation_failed'))
    assert(codes('/accounts/{id}', 'put').includes('email_taken'))
    assert(!codes('/accounts/forgot-password', 'post').includes('authentication_required'))
  })

  test('asks for no parameter that has a default, and says of every one what it is', () => {
    for (const { name, content } of operations) {
      for (const parameter of content.parameters ?? []) {
        if (parameter.schema.default !== undefined)
          assert.notEqual(parameter.required, true, `${name} ${parameter.name}`)
        assert((parameter.description ?? '').length > 10, `${name} ${parameter.name}`)
      }
    }
    const [limit] = operation('/accounts', 'get').parameters ?? []
    assert.deepEqual([limit?.name, limit?.schema.default], ['limit', 100])
  })

  test('knows the refresh cookie, and the bearer that revoking takes', () => {
    assert.equal(document.components.securitySchemes.refreshCookie?.name, '__Host-refresh')
    const security = (path: string) => operation(`/accounts/${path}`, 'post').security
    assert.deepEqual(security('authenticate'), [])
    assert.deepEqual(security('refresh-token'), [{ refreshCookie: [] }, {}])
    assert.deepEqual(security('revoke-token'), [{ refreshCookie: [] }, { bearer: [] }, {}])
  })

  test('has the headers that a client must read', () => {
    const headers = (path: string, method: string, status: string) =>
      Object.keys(operation(path, method).responses[status]?.headers ?? {})
    assert.deepEqual(headers('/accounts', 'get', '200'), ['Link'])
    for (const [path, method] of [
      ['/accounts', 'post'],
      ['/accounts/{id}', 'get'],
      ['/accounts/{id}', 'put'],
      ['/accounts/{id}/suspension', 'get'],
      ['/accounts/{id}/suspension', 'put']
    ] as const)
      assert.deepEqual(headers(path, method, '200'), ['ETag'], `${method} ${path}`)
    for (const path of ['authenticate', 'refresh-token', 'revoke-token'])
      assert.deepEqual(headers(`/accounts/${path}`, 'post', '200'), ['Set-Cookie'])
    for (const { name, path, method, content } of operations) {
      assert.deepEqual(headers(path, method, '503'), ['Retry-After'], name)
      if (content.responses['401']) assert.deepEqual(headers(path, method, '401'), ['WWW-Authenticate'], name)
    }
  })

  test('has If-Match and its 412 where an account is changed', () => {
    for (const { name, content } of operations) {
      const takesIt = content.parameters?.some(parameter => parameter.name === 'if-match') ?? false
      const changes = /^(put|delete) \/accounts\/\{id\}(\/suspension)?$/.test(name)
      assert.deepEqual([takesIt, '412' in content.responses], [changes, changes], name)
    }
  })

  test('tells in words how to refresh, and what every success is', () => {
    assert.match(document.info.description, /`code`/)
    assert.match(operation('/accounts/refresh-token', 'post').description ?? '', /one request at a time/)
    for (const { name, content } of operations)
      assert.notEqual(content.responses['200']?.description, 'Default Response', name)
  })

  test('names enums once, and bodies as requests', () => {
    assert.deepEqual(schemaNamed('Role').enum, ['User', 'Admin'])
    assert.deepEqual(schemaNamed('ErrorCode').enum, Object.keys(ERRORS))
    assert.deepEqual(schemaNamed('EventName').enum, [...EVENTS])
    assert.deepEqual(schemaNamed('Account').properties?.role, { $ref: '#/components/schemas/Role' })
    assert.deepEqual(schemaNamed('RefreshTokenDelivery').enum, ['cookie', 'body'])
    for (const { name, content } of operations)
      for (const { schema } of Object.values(content.requestBody?.content ?? {}))
        assert.match(schema.$ref ?? '', /\/[A-Z]\w+Request$/, name)
  })

  test('names every object that goes in or out', () => {
    for (const { name, content } of operations) {
      const bodies = [content.requestBody, content.responses['200']].flatMap(body => Object.values(body?.content ?? {}))
      for (const { schema } of bodies) {
        const named = schema.$ref ?? schema.items?.$ref ?? ''
        assert.match(named, /^#\/components\/schemas\/[A-Z]\w+$/, name)
        assert(schemaNamed(named.split('/').at(-1) ?? ''))
      }
    }
  })

  // ASVS V2.1.1
  test('bounds every text, number and list that goes in', () => {
    const schemas = operations.flatMap(({ name, content }) => [
      ...(content.parameters ?? []).map(({ name: parameter, schema }) => [`${name} ${parameter}`, schema] as const),
      ...Object.values(content.requestBody?.content ?? {}).map(({ schema }) => [name, schema] as const)
    ])
    assert.deepEqual(
      schemas.flatMap(([where, schema]) => unbounded(schema, where)),
      []
    )
  })

  // ASVS V6.4.2
  test('knows no hint and no secret question', () => {
    assert.doesNotMatch(
      JSON.stringify(document.paths) + JSON.stringify(document.components),
      /"[^"]*(hint|question)[^"]*":/i
    )
  })

  test('holds nothing that only our validator or TypeBox knows', () => {
    const keys = new Set<string>()
    JSON.stringify(document.components.schemas, (key, value) => keys.add(key) && value)
    const internal = [...keys].filter(key => /^(x-|\$static|\$id|transform|errorMessage|nullable)/i.test(key))
    assert.deepEqual(internal, [])
  })

  test('has schemas that a validator of JSON Schema 2020-12 compiles, and that tell good from bad', () => {
    const ajv = new Ajv2020({ strict: true, strictTypes: false, allErrors: true })
    addFormats.default(ajv)
    ajv.addFormat('email', true)
    ajv.addKeyword('components')
    ajv.addSchema({ $id: 'api', components: document.components })
    for (const name of Object.keys(document.components.schemas))
      assert.doesNotThrow(() => ajv.compile({ $ref: `api#/components/schemas/${name}` }), name)
    const isAccount = ajv.compile({ $ref: 'api#/components/schemas/Account' })
    assert.equal(isAccount({}), false)
  })

  test('wants a body where one needs to be sent', () => {
    const optional = operations.filter(({ content }) => content.requestBody?.required === false)
    assert.deepEqual(
      optional.map(({ content }) => content.operationId),
      ['refreshToken', 'revokeToken', 'deleteAccount', 'restoreAccount']
    )
    assert(operations.every(({ content }) => content.requestBody?.required !== undefined || !content.requestBody))
  })

  // ASVS V2.2.2
  test('describes what the server really answers', async () => {
    const ajv = new Ajv2020({ strict: true, strictTypes: false })
    addFormats.default(ajv)
    ajv.addKeyword('components')
    ajv.addSchema({ $id: 'api', components: document.components })
    const isProblem = ajv.compile({ $ref: 'api#/components/schemas/Problem', unevaluatedProperties: false })
    const client = createClient(app.server)
    for (const [path, body] of [
      ['/authenticate', {}],
      ['/refresh-token', {}],
      ['/verify-email', { token: 'x' }],
      ['/', {}]
    ] as const) {
      const answer = await client.post(path, body)
      assert(isProblem(answer.body), `${path}: ${ajv.errorsText(isProblem.errors)}`)
    }
    const isSignedIn = ajv.compile({ $ref: 'api#/components/schemas/SignedIn', unevaluatedProperties: false })
    const member = await createMember(app)
    assert(isSignedIn((await member.logIn(member.email)).body), ajv.errorsText(isSignedIn.errors))
  })
})

suite('the plugin', () => {
  const options = { publicUrl: 'http://localhost', version: '1', docs: false }
  const answering = (schema: object) => ({ schema: { response: { 200: schema } } })

  test('refuses two different schemas of one title, instead of dropping one', async () => {
    const server = Fastify()
    await server.register(openapi, options)
    const thing = (type: string) => ({ type: 'object', title: 'Thing', properties: { a: { type } } })
    server.get('/a', answering(thing('string')), async () => ({}))
    server.get('/b', answering(thing('integer')), async () => ({}))
    await server.ready()
    assert.throws(() => server.swagger(), /two schemas have the title Thing/)
  })

  test('says of every route that is not public that it needs a bearer', async () => {
    const server = Fastify()
    await server.register(openapi, options)
    server.get('/open', { config: { public: true }, ...answering({ type: 'string' }) }, async () => '')
    server.get('/closed', answering({ type: 'string' }), async () => '')
    await server.ready()
    const { paths } = server.swagger()
    assert.deepEqual(paths?.['/open']?.get?.security, [])
    assert.deepEqual(paths?.['/closed']?.get?.security, [{ bearer: [] }])
  })
})
