import assert from 'node:assert/strict'
import { extname } from 'node:path'
import { before, describe, it } from 'node:test'
import Fastify, { type FastifyInstance } from 'fastify'
import mailboxPlugin from '../../plugins/mailbox.ts'
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

const open = new Map<string, unknown>()

async function build(others: string[]): Promise<FastifyInstance> {
  const app = Fastify()
  app.addHook('onRoute', ({ url, config, schema }) => {
    open.set(url, { ...config, ...schema })
  })
  await app.register(mailboxPlugin, { mailbox, publicUrl: 'http://devbox.example:3000' })
  // Registered later than the page that leads to them.
  for (const url of others) app.get(url, { config: { public: true }, schema: { hide: true } }, () => 'another page')
  await app.ready()
  return app
}

let app: FastifyInstance
before(async () => {
  app = await build(['/docs'])
})

async function get(url: string, headers: Record<string, string> = {}) {
  return await app.inject({ method: 'GET', url, headers })
}

describe('the page of the mailbox', () => {
  it('is shown under a strict policy', async () => {
    const { statusCode, headers, body } = await get('/dev/mailbox')
    assert.equal(statusCode, 200)
    assert.equal(headers['content-type'], 'text/html; charset=utf-8')
    assert.equal(headers['content-security-policy'], `${POLICY}; frame-src 'self'`)
    assert.equal(headers['referrer-policy'], 'no-referrer')
    assert.equal(headers['cache-control'], 'no-store')
    assert.doesNotMatch(body, /\son\w+=|\sstyle=|<style|<script(?![^>]*\ssrc=)/, 'nothing that the policy forbids')
  })

  it('has every file that it loads, and loads nothing from elsewhere', async () => {
    const { body } = await get('/dev/mailbox')
    const loaded = [...body.matchAll(/<(?:script|link|img)[^>]*\s(?:src|href)="([^"]*)"/g)].map(([, file = '']) => file)
    assert.ok(loaded.length >= 6)
    for (const url of loaded) {
      const { statusCode, headers, body } = await get(url)
      assert.equal(statusCode, 200, url)
      assert.match(url, /^\/dev\/assets\//)
      assert.equal(String(headers['content-type']).split(';')[0], TYPES[extname(url)])
      assert.equal(headers['x-content-type-options'], 'nosniff')
      assert.doesNotMatch(body, /@import|url\((?!#)|^import /m, 'what it loads loads nothing more')
    }
  })

  it('is in the colours of the web client, which are stated once', async () => {
    const tokens = (await get('/dev/assets/tokens.css')).body
    assert.match(tokens, /--paper: light-dark\(/)
    for (const name of ['house.css', 'mailbox.css']) {
      const { body } = await get(`/dev/assets/${name}`)
      assert.doesNotMatch(
        body,
        /#[0-9a-f]{3,8}\b(?! *; *\/\* mail)|\b(rgb|hsl|oklch)\(|--[\w-]+:/i,
        `${name} states a colour`
      )
      for (const [, used = ''] of body.matchAll(/var\((--[\w-]+)\)/g)) assert.ok(tokens.includes(`${used}:`), used)
    }
  })

  it('opens its routes by name and keeps them out of the API documentation', () => {
    assert.ok(open.size > 8)
    for (const [url, options] of open) assert.deepEqual(options, { public: true, hide: true }, url)
  })

  it('links to what this server has', async () => {
    const links = async (server: FastifyInstance) =>
      [...(await server.inject('/dev/mailbox')).body.matchAll(/<a href="([^"]*)"/g)].map(([, url]) => url)
    assert.deepEqual(await links(app), ['/dev/mailbox', '/docs'])
    assert.deepEqual(await links(await build(['/'])), ['/', '/dev/mailbox'])
  })

  it('writes what it is told as text, never as markup', async () => {
    const { body } = await get('/dev/assets/mailbox.js')
    assert.doesNotMatch(body, /innerHTML|outerHTML|insertAdjacent|\beval\b/)
  })

  // ASVS V13.4.3, V13.4.7
  it('serves its assets and no other file', async () => {
    for (const name of ['files.ts', 'mailbox.html', 'docs.js', '..%2fmailbox.ts', 'nothing.js'])
      assert.equal((await get(`/dev/assets/${name}`)).statusCode, 404, name)
  })
})

describe('the mailbox', () => {
  it('shows no mail under a name that is neither ours nor this machine’s', async () => {
    for (const url of ['/dev/mailbox', '/dev/mailbox.json', '/dev/mailbox/1-a', '/%64ev/%6Dailbox.json']) {
      const ask = async (host: string) => (await app.inject({ url, headers: { host } })).statusCode
      for (const host of ['localhost:3000', '127.0.0.1', '[::1]:3000', 'devbox.example:3000'])
        assert.equal(await ask(host), 200, `${host}${url}`)
      assert.equal(await ask('rebound.example:3000'), 404, url)
    }
  })

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
})

const TYPES: Record<string, string> = { '.css': 'text/css', '.js': 'text/javascript', '.svg': 'image/svg+xml' }
