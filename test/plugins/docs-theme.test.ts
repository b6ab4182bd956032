import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { FastifyInstance } from 'fastify'
import { createTestApp } from '../support/app.ts'

const app = await createTestApp()
const withPages = await app.another(
  {},
  {
    pages: async server => {
      server.get('/', () => 'the client')
    }
  }
)

const get = async (url: string, server: FastifyInstance = app.server) => await server.inject(url)

test('the documentation has every file that its page names, and its title', async () => {
  const { body } = await get('/docs')
  assert.match(body, /<title>API documentation – Guildhall<\/title>/)
  const files = [...body.matchAll(/<(?:script|link)[^>]*\s(?:src|href)="([^"]*)"/g)].map(([, url = '']) => url)
  for (const name of ['tokens.css', 'house.css', 'docs.css', 'appearance.js', 'docs.js', 'icon.svg'])
    assert.ok(files.includes(`/docs/static/theme/${name}`), name)
  for (const url of files) assert.equal((await get(url)).statusCode, 200, url)
})

test('its colours are the web client’s, which are stated once', async () => {
  const tokens = (await get('/docs/static/theme/tokens.css')).body
  const { body } = await get('/docs/static/theme/docs.css')
  assert.doesNotMatch(body, /#[0-9a-f]{3,8}\b|\b(rgb|hsl|oklch)\(/i)
  const own = [...body.matchAll(/^ {2}(--[\w-]+):/gm)].map(([, name]) => name)
  for (const [, used = ''] of body.matchAll(/var\((--[\w-]+)\)/g))
    assert.ok(tokens.includes(`${used}:`) || own.includes(used), used)
})

test('it links to the pages that this server has, also to those that are registered later', async () => {
  const links = async (server: FastifyInstance) =>
    [...(await get('/docs/static/theme/docs.js', server)).body.matchAll(/^ {2}\['[^']+', '([^']+)'\]/gm)].map(
      ([, url]) => url
    )
  assert.deepEqual(await links(app.server), ['/docs'])
  assert.deepEqual(await links(withPages), ['/', '/docs'])
})

test('its list of schemas is folded: it is longer than all the rest', async () => {
  assert.match((await get('/docs/static/swagger-initializer.js')).body, /"defaultModelsExpandDepth":0/)
})

test('it has no bar of Swagger UI, whose inline style its policy refuses', async () => {
  assert.match((await get('/docs/static/swagger-initializer.js')).body, /"layout":"BaseLayout"/)
})
