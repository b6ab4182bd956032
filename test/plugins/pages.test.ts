import assert from 'node:assert/strict'
import { extname } from 'node:path'
import { before, describe, it } from 'node:test'
import Fastify, { type FastifyInstance } from 'fastify'
import mailboxPlugin from '../../plugins/mailbox.ts'
import pages from '../../plugins/pages.ts'
import type { Mailbox, MailboxMessage } from '../../src/embedded/mailbox.ts'

const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; " +
  "font-src 'self'; manifest-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'"

const message = (id: string, to: string, html: string): MailboxMessage => ({
  id,
  to,
  html,
  subject: `to ${to}`,
  text: 'plain',
  date: '2025-11-23T08:08:00.000Z',
  messageId: `<${id}@x>`
})

const messages = [
  message('2-b', 'bob@example.com', '<html><head><title>x</title></head><body><script>alert(1)</script></body></html>'),
  message('1-a', 'ada@example.com', '<p>no head</p>')
]

const mailbox: Mailbox = {
  smtpUrl: 'smtp://127.0.0.1:1',
  list: async to => messages.filter(sent => !to || sent.to === to),
  stop: async () => {}
}

// What mail leads to.
const ACCOUNT_PAGES = ['/account/verify-email', '/account/reset-password', '/account/undo-email-change']
const open = new Map<string, unknown>()

async function build(withMailbox: boolean): Promise<FastifyInstance> {
  const app = Fastify()
  app.addHook('onRoute', ({ url, config, schema }) => {
    open.set(url, { ...config, ...schema })
  })
  await app.register(pages)
  if (withMailbox) await app.register(mailboxPlugin, { mailbox, publicUrl: 'http://devbox.example:3000' })
  await app.ready()
  return app
}

let app: FastifyInstance
before(async () => {
  app = await build(true)
})

async function get(url: string, headers: Record<string, string> = {}) {
  return await app.inject({ method: 'GET', url, headers })
}

describe('the pages for development', () => {
  for (const url of ['/', ...ACCOUNT_PAGES.map(page => `${page}?token=t`), '/dev/mailbox']) {
    it(`shows ${url} under a strict policy, and lets no address of it leak`, async () => {
      const { statusCode, headers, body } = await get(url)
      assert.equal(statusCode, 200)
      assert.equal(headers['content-type'], 'text/html; charset=utf-8')
      const policy = url === '/dev/mailbox' ? `${POLICY}; frame-src 'self'` : POLICY
      assert.equal(headers['content-security-policy'], policy)
      assert.equal(headers['referrer-policy'], 'no-referrer')
      assert.equal(headers['cache-control'], 'no-store')
      assert.doesNotMatch(body, /\son\w+=|\sstyle=|<style|<script(?![^>]*\ssrc=)/, 'nothing that the policy forbids')
    })

    it(`has every file that ${url} loads, and loads nothing from elsewhere`, async () => {
      const { body } = await get(url)
      const loaded = [...body.matchAll(/<(?:script|link)[^>]*\s(?:src|href)="([^"]*)"/g)].map(([, file = '']) => file)
      const files = loaded.filter(file => !file.startsWith('data:'))
      assert.ok(files.length >= 2)
      for (const file of files) await load(file)
    })

    it(`labels every field of ${url} and uses each id once`, async () => {
      const { body } = await get(url)
      const ids = [...body.matchAll(/\sid="([^"]*)"/g)].map(([, id]) => id)
      assert.equal(new Set(ids).size, ids.length)
      for (const [, id] of body.matchAll(/<(?:input|select)[^>]*\sid="([^"]*)"/g)) {
        assert.ok(body.includes(`<label for="${id}"`) || body.includes(`for="${id}">`), `label for ${id}`)
      }
    })
  }

  it('opens its routes by name and keeps them out of the API documentation', () => {
    assert.ok(open.size > 8)
    for (const [url, options] of open) assert.deepEqual(options, { public: true, hide: true }, url)
  })

  it('does nothing with a token by itself', async () => {
    for (const url of ACCOUNT_PAGES) {
      const { body } = await get(`${url}?token=%22%3E%3Cscript%3Esecret`)
      assert.equal(body, (await get(url)).body)
    }
  })

  it('shows no mail under a name that is neither ours nor this machine’s', async () => {
    for (const url of ['/dev/mailbox', '/dev/mailbox.json', '/dev/mailbox/1-a', '/%64ev/%6Dailbox.json']) {
      const ask = async (host: string) => (await app.inject({ url, headers: { host } })).statusCode
      for (const host of ['localhost:3000', '127.0.0.1', '[::1]:3000', 'devbox.example:3000'])
        assert.equal(await ask(host), 200, `${host}${url}`)
      assert.equal(await ask('rebound.example:3000'), 404, url)
    }
  })

  it('links to what this server has', async () => {
    assert.match((await get('/')).body, /href="\/dev\/mailbox"/)
    assert.doesNotMatch((await get('/')).body, /href="\/docs"/)
    const bare = await build(false)
    assert.doesNotMatch((await bare.inject('/')).body, /href="\/dev\/mailbox"/)
  })

  it('writes what it is told as text, never as markup', async () => {
    for (const name of [
      'api',
      'forms',
      'proof',
      'home',
      'members',
      'verify-email',
      'reset-password',
      'undo-email-change',
      'mailbox'
    ]) {
      assert.doesNotMatch((await get(`/dev/assets/${name}.js`)).body, /innerHTML|outerHTML|insertAdjacent|\beval\b/)
    }
  })

  // ASVS V13.4.3, V13.4.7
  it('serves its assets and no other file', async () => {
    for (const name of ['files.ts', 'home.html', '..%2fpages.ts', 'nothing.js']) {
      assert.equal((await get(`/dev/assets/${name}`)).statusCode, 404)
    }
  })
})

describe('the mailbox page', () => {
  it('gives the newest first as JSON, or what went to one address', async () => {
    const all = (await get('/dev/mailbox.json')).json()
    assert.deepEqual(
      all.map(({ to }: MailboxMessage) => to),
      ['bob@example.com', 'ada@example.com']
    )
    const { messageId, ...shown } = message('1-a', 'ada@example.com', '<p>no head</p>')
    assert.deepEqual((await get('/dev/mailbox.json?to=ada@example.com')).json(), [shown], `all but ${messageId}`)
  })

  it('answers a poll with 304 while nothing new has come', async () => {
    const { headers } = await get('/dev/mailbox.json')
    const etag = String(headers.etag)
    assert.equal((await get('/dev/mailbox.json', { 'if-none-match': etag })).statusCode, 304)
    assert.equal((await get('/dev/mailbox.json?to=ada@example.com', { 'if-none-match': etag })).statusCode, 200)
  })

  it('shows a mail where its scripts do not run and nothing is loaded', async () => {
    const { statusCode, headers, body } = await get('/dev/mailbox/2-b')
    assert.equal(statusCode, 200)
    const policy = String(headers['content-security-policy'])
    assert.match(policy, /^default-src 'none'; style-src 'unsafe-inline'; img-src data:;/)
    assert.match(policy, /sandbox allow-popups allow-popups-to-escape-sandbox$/)
    assert.doesNotMatch(policy, /script-src|allow-scripts|allow-same-origin/)
    assert.match(body, /<head><base target="_blank"><title>/)
    assert.match((await get('/dev/mailbox/1-a')).body, /^<base target="_blank"><p>no head/)
  })

  it('knows no other mail', async () => {
    assert.equal((await get('/dev/mailbox/3-c')).statusCode, 404)
  })

  it('tells a server that lacks the pages what is missing', async () => {
    const alone = Fastify()
    await assert.rejects(
      async () => await alone.register(mailboxPlugin, { mailbox, publicUrl: 'http://localhost' }),
      /guildhall-pages/
    )
  })
})

const TYPES: Record<string, string> = { '.css': 'text/css', '.js': 'text/javascript', '.svg': 'image/svg+xml' }

/** Gets a file and, if it is a script, everything it imports. */
async function load(url: string): Promise<void> {
  const { statusCode, headers, body } = await get(url)
  assert.equal(statusCode, 200, url)
  assert.match(url, /^\/dev\/assets\//)
  assert.equal(String(headers['content-type']).split(';')[0], TYPES[extname(url)])
  assert.equal(headers['x-content-type-options'], 'nosniff')
  for (const [, file = ''] of body.matchAll(/^import .* from '\.\/([^']*)'/gm)) await load(`/dev/assets/${file}`)
}
