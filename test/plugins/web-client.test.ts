import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { brotliCompressSync } from 'node:zlib'
import type { FastifyInstance } from 'fastify'
import webClient from '../../plugins/web-client.ts'
import { createTestApp } from '../support/app.ts'

const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; " +
  "font-src 'self'; manifest-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'"
const SCRIPT = 'export const built = true\n'
const PAGES = ['/', '/account', '/account/verify-email?token=x', '/account/a/b/c', '/admin', '/admin/members?q=a']

const folder = mkdtempSync(join(tmpdir(), 'guildhall-client-'))
after(() => rmSync(folder, { recursive: true, force: true }))

function build(name: string): string {
  const root = join(folder, name)
  mkdirSync(join(root, 'assets/deep'), { recursive: true })
  writeFileSync(
    join(root, 'index.html'),
    '<!doctype html>\n<html lang="en">\n<head>\n  <title>x</title>\n</head>\n</html>'
  )
  writeFileSync(join(root, 'assets/index-Ab_1.js'), SCRIPT)
  writeFileSync(join(root, 'assets/index-Ab_1.js.br'), brotliCompressSync(SCRIPT))
  for (const file of ['index-Ab_1.css', 'icon.svg', 'text.woff2', '.hidden', 'deep/x.js', '../secret.js'])
    writeFileSync(join(root, 'assets', file), `/* ${file} */`)
  return root
}

const app = await createTestApp()
const routes: { url: string; method: unknown; isPublic: boolean; isHidden: boolean }[] = []

/** The production server with the client on it, as main.ts registers it. */
async function serve(root: string, { built, mailbox = true }: { built?: Promise<unknown>; mailbox?: boolean } = {}) {
  return await app.another(mailbox ? {} : { DOCS: 'off' }, {
    pages: async server => {
      server.addHook('onRoute', ({ url, method, config, schema }) => {
        routes.push({ url, method, isPublic: config?.public === true, isHidden: schema?.hide === true })
      })
      await server.register(webClient, built ? { root, built } : { root })
      if (mailbox) server.get('/dev/mailbox', () => 'mail')
    }
  })
}

let server: FastifyInstance
before(async () => {
  server = await serve(build('whole'))
})
const get = async (url: string, headers = {}, from = server) => await from.inject({ url, headers })

describe('the web client', () => {
  for (const url of PAGES) {
    it(`is the page at ${url}, under a strict policy`, async () => {
      const { statusCode, headers, body } = await get(url)
      assert.deepEqual([statusCode, headers['content-type']], [200, 'text/html; charset=utf-8'])
      const expected = {
        'content-security-policy': POLICY,
        'cache-control': 'no-store',
        'x-content-type-options': 'nosniff',
        'x-frame-options': 'DENY',
        'referrer-policy': 'no-referrer',
        'cross-origin-opener-policy': 'same-origin',
        'cross-origin-resource-policy': 'same-origin'
      }
      for (const [name, value] of Object.entries(expected)) assert.equal(headers[name], value, name)
      assert.equal(body, (await get('/')).body, 'nothing of the address is in the page')
      const head = await server.inject({ method: 'HEAD', url })
      assert.deepEqual([head.statusCode, head.body, head.headers['content-type']], [200, '', headers['content-type']])
    })
  }

  it('is told which pages this server has beside it', async () => {
    assert.match((await get('/')).body, /<head>\n {2}<meta name="guildhall-pages" content="docs mailbox">\n/)
    const bare = await serve(build('bare'), { mailbox: false })
    assert.match((await get('/', {}, bare)).body, /<meta name="guildhall-pages" content="">/)
  })

  it('takes no address of the API, and none that is nobody’s', async () => {
    for (const [url, status] of [
      ['/accounts', 401],
      ['/accounts/1', 401],
      ['/openapi.json', 200],
      ['/accountant', 404],
      ['/administration', 404],
      ['/index.html', 404],
      ['/assets', 404]
    ] as const)
      assert.equal((await get(url)).statusCode, status, url)
    assert.equal((await server.inject({ method: 'POST', url: '/account/verify-email' })).statusCode, 404)
  })

  it('has assets of their own types, which browsers keep for good', async () => {
    const types = {
      'index-Ab_1.js': 'application/javascript; charset=utf-8',
      'index-Ab_1.css': 'text/css; charset=utf-8',
      'icon.svg': 'image/svg+xml',
      'text.woff2': 'font/woff2'
    }
    for (const [name, type] of Object.entries(types)) {
      const { statusCode, headers } = await get(`/assets/${name}`)
      assert.deepEqual([statusCode, headers['content-type']], [200, type])
      assert.equal(headers['cache-control'], 'public, max-age=31536000, immutable')
      assert.equal(headers['x-content-type-options'], 'nosniff')
      assert.equal((await get(`/assets/${name}`, { 'if-none-match': headers.etag })).statusCode, 304)
      assert.equal((await server.inject({ method: 'HEAD', url: `/assets/${name}` })).statusCode, 200)
    }
  })

  it('sends an asset whole, and only in the version that is asked for', async () => {
    for (const range of ['bytes=0-3', 'bytes=9999-', 'bytes=0-1,3-4', 'lines=1']) {
      const { statusCode, headers, body } = await get('/assets/index-Ab_1.js', { range })
      assert.deepEqual([statusCode, body, headers['accept-ranges']], [200, SCRIPT, undefined], range)
    }
    assert.equal((await get('/assets/icon.svg', { 'if-match': '*' })).statusCode, 200)
    const refused = await get('/assets/icon.svg', { 'if-match': '"another"' })
    assert.deepEqual([refused.statusCode, refused.json().code], [412, 'precondition_failed'])
    assert.equal(refused.headers['cache-control'], 'no-store')
  })

  it('sends an asset compressed where it was, to who takes it so', async () => {
    const packed = await get('/assets/index-Ab_1.js', { 'accept-encoding': 'gzip, br' })
    assert.deepEqual(
      [packed.headers['content-encoding'], packed.headers['content-type']],
      ['br', 'application/javascript; charset=utf-8']
    )
    assert.match(String(packed.headers.vary), /Accept-Encoding/i)
    assert.equal((await get('/assets/index-Ab_1.js')).body, SCRIPT)
    assert.equal((await get('/assets/icon.svg', { 'accept-encoding': 'br' })).body, '/* icon.svg */')
  })

  // ASVS V13.4.3, V13.4.7, V5.3.2
  it('has no other file: what is unknown, hidden, a folder or elsewhere is a problem 404', async () => {
    const names = ['nothing.js', '', 'deep', 'deep/', 'deep/x.js', '.hidden', '../secret.js', '..%2fsecret.js']
    const elsewhere = ['%2e%2e%2findex.html', '..\\secret.js', '..%5csecret.js', '%2fetc%2fpasswd', 'a%00.js']
    for (const name of [...names, ...elsewhere, '//icon.svg', 'x'.repeat(300), 'icon.svg%2f', 'index-Ab_1.js.br%00']) {
      const { statusCode, headers, body } = await get(`/assets/${name}`)
      assert.equal(statusCode, 404, name)
      assert.equal(headers['content-type'], 'application/problem+json; charset=utf-8', name)
      assert.equal(headers['cache-control'], 'no-store', name)
      assert.equal(JSON.parse(body).code, 'not_found')
    }
  })

  it('opens these routes and no other, and keeps them out of the API documentation', () => {
    const gets = routes.filter(({ method, url }) => method === 'GET' && url !== '/dev/mailbox')
    assert.deepEqual(
      new Set(gets.map(({ url }) => url)),
      new Set(['/', '/account', '/account/*', '/admin', '/admin/*', '/assets/*'])
    )
    for (const { url, isPublic, isHidden } of gets) assert.ok(isPublic && isHidden, url)
  })

  it('waits while it is being built, and keeps nothing else waiting', async () => {
    const { promise, resolve } = Promise.withResolvers<void>()
    const root = join(folder, 'late')
    const late = await serve(root, { built: promise })
    const page = get('/', {}, late)
    assert.equal((await get('/health/live', {}, late)).statusCode, 200)
    build('late')
    resolve()
    assert.equal((await page).statusCode, 200)
    assert.equal((await get('/assets/icon.svg', {}, late)).statusCode, 200)
  })

  it('reads the page again after it could not be read', async () => {
    const root = join(folder, 'away')
    const away = await serve(root)
    assert.equal((await get('/', {}, away)).json().code, 'unavailable')
    build('away')
    assert.equal((await get('/', {}, away)).statusCode, 200)
  })

  it('says so where it could not be built, and the API goes on', async () => {
    const built = Promise.withResolvers<void>()
    const broken = await serve(join(folder, 'none'), { built: built.promise })
    built.reject(new Error('Unexpected token /home/ada/guildhall/src/main.tsx:1:7'))
    const { statusCode, headers, body } = await get('/account/verify-email?token=x', {}, broken)
    assert.equal(statusCode, 503)
    assert.equal(body, 'The web client could not be built; the terminal where the server was started says why.\n')
    assert.deepEqual([headers['content-type'], headers['retry-after']], ['text/plain; charset=utf-8', '30'])
    assert.equal((await get('/health/live', {}, broken)).statusCode, 200)
  })
})
