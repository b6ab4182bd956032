import assert from 'node:assert/strict'
import { once } from 'node:events'
import { connect } from 'node:net'
import { Writable } from 'node:stream'
import { test } from 'node:test'
import { setImmediate } from 'node:timers/promises'
import { createTestApp } from '../support/app.ts'

const log: string[] = []
const stream = new Writable({
  write(chunk, _, done) {
    log.push(String(chunk))
    done()
  }
})
const app = await createTestApp({}, { logger: { level: 'info', stream } })
await app.server.listen({ host: '127.0.0.1', port: 0 })
const address = app.server.server.address()
const port = typeof address === 'object' && address ? address.port : 0

/** What the server writes to somebody who sends these bytes. */
function send(bytes: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let answer = ''
    const socket = connect(port, '127.0.0.1', () => socket.write(bytes))
    socket.on('data', chunk => {
      answer += chunk
    })
    socket.on('close', () => resolve(answer))
    socket.on('error', reject)
  })
}

const POST = 'POST /hello HTTP/1.1\r\nHost: x\r\n'
const CHUNKED = 'Transfer-Encoding: chunked\r\n\r\n'

// ASVS V4.2.1: what two servers in a row could read in two ways, nobody reads (request smuggling).
for (const [what, bytes] of [
  ['no HTTP', 'hello\r\n\r\n'],
  ['a method in lower case', 'get /accounts HTTP/1.1\r\nHost: x\r\n\r\n'],
  ['another version', 'GET /hello HTTP/1.2\r\nHost: x\r\n\r\n'],
  ['the preface of HTTP/2', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'],
  ['two lengths', `${POST}Content-Length: 1\r\nContent-Length: 2\r\n\r\nab`],
  ['a list of lengths', `${POST}Content-Length: 2, 2\r\n\r\nab`],
  ['a length with a sign', `${POST}Content-Length: +2\r\n\r\nab`],
  ['a hexadecimal length', `${POST}Content-Length: 0x2\r\n\r\nab`],
  ['an empty length', `${POST}Content-Length:\r\n\r\nab`],
  ['a length and chunks', `${POST}Content-Length: 1\r\n${CHUNKED}0\r\n\r\n`],
  ['chunks, and a length', `${POST}Transfer-Encoding: chunked\r\nContent-Length: 1\r\n\r\n0\r\n\r\n`],
  ['chunks twice', `${POST}Transfer-Encoding: chunked\r\n${CHUNKED}0\r\n\r\n`],
  ['chunks that are not the last coding', `${POST}Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n`],
  ['an unknown coding', `${POST}Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n`],
  ['a chunk of negative size', `${POST}${CHUNKED}-1\r\n{}\r\n0\r\n\r\n`],
  ['a chunk size that ends in a bare LF', `${POST}${CHUNKED}2\n{}\r\n0\r\n\r\n`],
  ['a folded header', 'GET /hello HTTP/1.1\r\nHost: x\r\nX: a\r\n b\r\n\r\n'],
  ['lines that end in a bare LF', 'GET /hello HTTP/1.1\nHost: x\n\n'],
  ['a bare LF in a header', 'GET /hello HTTP/1.1\r\nHost: x\r\nX: a\nY: b\r\n\r\n'],
  ['a bare CR in a header', 'GET /hello HTTP/1.1\r\nHost: x\r\nX: a\rY: b\r\n\r\n'],
  ['a NUL in a header', 'GET /hello HTTP/1.1\r\nHost: x\r\nX: a\0b\r\n\r\n'],
  ['a blank before the colon', 'GET /hello HTTP/1.1\r\nHost : x\r\n\r\n'],
  ['a header that never ends', `GET /hello HTTP/1.1\r\nHost: x\r\nX: ${'y'.repeat(20_000)}\r\n\r\n`]
] as const) {
  // ASVS V4.2.1
  test(`${what} is refused with problem details, and the connection is closed`, async () => {
    const [head = '', body = ''] = (await send(bytes)).split('\r\n\r\n')
    assert.match(head, /^HTTP\/1\.1 400 /)
    assert.match(head, /content-type: application\/problem\+json/i)
    assert.match(head, /cache-control: no-store/i)
    assert.match(head, /x-content-type-options: nosniff/i)
    assert.match(head, /strict-transport-security: max-age=\d{8}/i)
    assert.equal(JSON.parse(body).code, 'malformed_request')
  })
}

for (const [what, lines] of [
  ['a request without Host', []],
  ['a request with two Hosts', ['Host: x', 'host: y']],
  ['a request with one Host twice', ['Host: x', 'Host: x']],
  ['an Expect that we do not know', ['Host: x', 'Expect: 200-ok']]
] as const) {
  test(`${what} is refused like any other request`, async () => {
    const more = ['Origin: https://app.example.com', 'Connection: close']
    const answer = await send(['GET /hello HTTP/1.1', ...lines, ...more, '', ''].join('\r\n'))
    const [head = '', body = ''] = answer.split('\r\n\r\n')
    assert.match(head, /^HTTP\/1\.1 400 /)
    assert.match(head, /content-type: application\/problem\+json/i)
    assert.match(head, /x-content-type-options: nosniff/i)
    assert.match(head, /access-control-allow-origin: https:\/\/app\.example\.com/i)
    assert(body.includes('"malformed_request"'), body)
  })
}

test('HTTP/1.0 needs no Host, and 100-continue is answered', async () => {
  assert.match(await send('GET /hello HTTP/1.0\r\n\r\n'), /^HTTP\/1\.1 200 /)
  const expecting = ['POST /accounts/verify-email HTTP/1.1', 'Host: x', 'Expect: 100-continue', 'Connection: close']
  const body = ['Content-Type: application/json', 'Content-Length: 2', '', '{}']
  assert.match(await send([...expecting, ...body].join('\r\n')), /^HTTP\/1\.1 100 Continue[\s\S]*"validation_failed"/)
})

test('a path that is no URL has the headers of every other answer', async () => {
  const response = await app.server.inject('/accounts/%')
  assert.equal(response.json().code, 'malformed_request')
  assert.equal(response.headers['x-content-type-options'], 'nosniff')
  assert.equal(response.headers['cache-control'], 'no-store')
})

test('a path that is no URL is shown to pages of listed origins, and to no others', async () => {
  const ask = (origin: string) => app.server.inject({ url: '/accounts/%', headers: { origin } })
  const { headers } = await ask('https://app.example.com')
  const routed = (await app.server.inject({ url: '/hello', headers: { origin: 'https://app.example.com' } })).headers
  for (const name of [
    'access-control-allow-origin',
    'access-control-allow-credentials',
    'access-control-expose-headers'
  ])
    assert.equal(headers[name], routed[name], name)
  const stranger = (await ask('https://evil.example')).headers
  assert.equal(stranger['access-control-allow-origin'], undefined)
  for (const { vary } of [headers, stranger]) assert.match(String(vary), /\bOrigin\b/)
})

test('a client that hangs up in the middle of its body is no fault of ours, and no outage', async () => {
  log.length = 0
  const head =
    'POST /accounts/authenticate HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n'
  const socket = connect(port, '127.0.0.1', () => socket.write(`${head}{"email":`))
  const [request] = await once(app.server.server, 'request')
  socket.destroy()
  await new Promise(resolve => request.once('close', resolve)) // events.once would throw what is expected here
  await setImmediate()
  const levels = log.map(line => JSON.parse(line).level)
  assert.ok(
    levels.every(level => level < 50),
    log.join('')
  )
})

test('a connection has at most 16 requests under way: what comes with them is refused, and it is closed', async () => {
  const hello = 'GET /hello HTTP/1.1\r\nHost: x\r\n\r\n'
  const statuses = (answer: string) => answer.match(/(?<=HTTP\/1\.1 )\d+/g)
  const some = await send(hello.repeat(15) + hello.replace('\r\n\r\n', '\r\nConnection: close\r\n\r\n'))
  assert.deepEqual(statuses(some), Array(16).fill('200'))
  const many = await send(hello.repeat(1000))
  assert.deepEqual(statuses(many), [...Array(16).fill('200'), '400'])
})

test('one request after the other may come on one connection for as long as it likes', async () => {
  const socket = connect(port, '127.0.0.1')
  for (let i = 0; i < 40; i++) {
    socket.write('GET /hello HTTP/1.1\r\nHost: x\r\n\r\n')
    const [answer] = await once(socket, 'data')
    assert.match(String(answer), /^HTTP\/1\.1 200 /)
  }
  socket.destroy()
})

test('who takes too long to send a request loses the connection, in its head as in its body', async () => {
  const { server } = app.server
  assert.deepEqual([server.headersTimeout, server.requestTimeout], [15_000, 30_000])
  const slow = await app.another()
  Object.assign(slow.server, { headersTimeout: 100, requestTimeout: 200 }) // nobody waits for the real ones
  const url = new URL(await slow.listen({ host: '127.0.0.1', port: 0 }))
  const begun = performance.now()
  const head = 'POST /accounts/refresh-token HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n'
  const answers = [head, `${head}Content-Length: 9\r\n\r\n{`].map(async bytes => {
    const socket = connect(Number(url.port), url.hostname, () => socket.write(bytes))
    const [answer] = await once(socket, 'data')
    await once(socket.resume(), 'close')
    return String(answer)
  })
  for (const answer of await Promise.all(answers)) assert.match(answer, /^HTTP\/1\.1 400 /)
  assert(performance.now() - begun < 10_000, 'they are looked for often')
})
