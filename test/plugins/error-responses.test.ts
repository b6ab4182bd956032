import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Type } from '@sinclair/typebox'
import Fastify from 'fastify'
import errorResponses from '../../plugins/error-responses.ts'
import { ok } from '../../src/schemas.ts'

const THING = ok(Type.Object({ shown: Type.String() }), 'A thing.')

/** The responses in a route's schema, as another plugin sees them. */
async function statusesOf(config: object, schema: object = {}, method = 'POST'): Promise<string[]> {
  const server = Fastify()
  await server.register(errorResponses)
  let response = {}
  server.addHook('onRoute', route => {
    response = Object.assign({}, route.schema?.response)
  })
  server.route({
    method,
    url: '/',
    config,
    schema: { response: { 200: THING }, ...schema },
    handler: async () => ({ shown: 'x' })
  })
  return Object.keys(response)
}

test('what a route answers follows from what it takes and whom it lets in, and from its own codes', async () => {
  assert.deepEqual(await statusesOf({ public: true }), ['200', '400', '500', '503'])
  assert.deepEqual(await statusesOf({ public: true }, { body: {} }), ['200', '400', '413', '415', '500', '503'])
  assert.deepEqual(await statusesOf({}), ['200', '400', '401', '500', '503'])
  assert.deepEqual(await statusesOf({ role: 'Admin' }), ['200', '400', '401', '403', '500', '503'])
  assert.deepEqual(await statusesOf({ public: true, errors: ['email_taken'] }), ['200', '400', '409', '500', '503'])
  assert.deepEqual(await statusesOf({}, { hide: true }), ['200'])
})

test('a DELETE may bring a body, which is read whatever it is for', async () => {
  assert.deepEqual(await statusesOf({ public: true }, {}, 'DELETE'), ['200', '400', '413', '415', '500', '503'])
})

test('an answer is cut to its schema: what it does not name stays inside', async () => {
  const server = Fastify()
  await server.register(errorResponses)
  const thing = { shown: 'x', password_hash: 'y' }
  server.get('/', { config: { public: true }, schema: { response: { 200: THING } } }, async () => thing)
  assert.deepEqual((await server.inject('/')).json(), { shown: 'x' })
})
