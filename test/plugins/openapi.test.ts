import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import Fastify from 'fastify'
import openapi from '../../plugins/openapi.ts'
import { ERRORS } from '../../src/errors.ts'
import { createTestApp } from '../support/app.ts'
import { createClient, type Json } from '../support/client.ts'

const app = await createTestApp({ PUBLIC_URL: 'http://localhost:3000/api' })
const document: Json = (await app.server.inject('/openapi.json')).json()

interface Operation {
  name: string
  path: string
  method: string
  content: Json
}

const operations: Operation[] = Object.entries<Json>(document.paths).flatMap(([path, item]) =>
  Object.entries<Json>(item).map(([method, content]) => ({ name: `${method} ${path}`, path, method, content }))
)

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
    const tags = document.tags.map(({ name }: Json) => name)
    for (const { name, content } of operations) {
      assert.match(content.operationId, /^[a-z][A-Za-z]+$/, name)
      assert.equal(content.tags.length, 1, name)
      assert(tags.includes(content.tags[0]), name)
      assert(content.summary.length > 5, name)
      assert(Array.isArray(content.security), name)
    }
  })

  test('types every error of every operation as a problem, with codes that belong to the status', () => {
    for (const { name, content } of operations) {
      const errors = Object.entries<Json>(content.responses).filter(([status]) => status >= '400')
      if (name === 'get /.well-known/jwks.json') continue // takes nothing and asks nobody
      assert(
        errors.some(([status]) => status === '500'),
        name
      )
      for (const [status, { description, content: body }] of errors) {
        assert.deepEqual(Object.keys(body), ['application/problem+json'], name)
        assert.deepEqual(body['application/problem+json'].schema, { $ref: '#/components/schemas/Problem' })
        for (const code of description.split(', ')) assert.equal(String(Reflect.get(ERRORS, code)?.[0]), status, code)
      }
    }
  })

  test('names 401 wherever a member is needed, and bodies where there are some', () => {
    for (const { name, method, content } of operations) {
      if (content.security.length > 0) assert(content.responses['401'], name)
      assert.equal(content.requestBody !== undefined, content.responses['413'] !== undefined, name)
      if (method === 'get' || method === 'delete') assert.equal(content.requestBody, undefined, name)
    }
  })

  test('names every object that goes in or out', () => {
    for (const { name, content } of operations) {
      const bodies = [content.requestBody, content.responses['200']]
        .filter(Boolean)
        .flatMap(({ content: c }) => Object.values<Json>(c))
      for (const { schema } of bodies) {
        const named = schema.$ref ?? schema.items?.$ref
        assert.match(named ?? '', /^#\/components\/schemas\/[A-Z]\w+$/, name)
        assert(document.components.schemas[named.split('/').at(-1)], named)
      }
    }
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
    const { paths }: Json = server.swagger()
    assert.deepEqual(paths['/open'].get.security, [])
    assert.deepEqual(paths['/closed'].get.security, [{ bearer: [] }])
  })
})
