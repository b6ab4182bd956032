import assert from 'node:assert/strict'
import { connect } from 'node:net'
import { test } from 'node:test'
import { createTestApp } from '../support/app.ts'
import { createClient, createMember, PASSWORD, registration } from '../support/client.ts'
import { routesOf } from '../support/routes.ts'
import { signIn } from '../support/sessions.ts'

const longest = `https://app.example.com/${'p'.repeat(200)}`
const app = await createTestApp({ CLIENT_URL: longest })
const admin = await createMember(app, { role: 'Admin' })
const routes = routesOf(app.server)
await app.server.listen({ host: '127.0.0.1', port: 0 })
const address = app.server.server.address()
const port = typeof address === 'object' && address ? address.port : 0

const PREFLIGHT = ['Origin: https://app.example.com', 'Access-Control-Request-Method: PUT']

/** All bytes that the server writes until it closes. */
function send(lines: readonly string[], body = ''): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    const socket = connect(port, '127.0.0.1', () =>
      socket.write(`${[...lines, 'Connection: close', '', ''].join('\r\n')}${body}`)
    )
    socket.on('data', chunk => chunks.push(chunk))
    socket.on('close', () => resolve(Buffer.concat(chunks)))
    socket.on('error', reject)
  })
}

// ASVS V4.2.2
test('the length that an answer states is that of its body, on every route, by every method', async () => {
  const statuses = new Set<string>()
  for (const { url } of routes) {
    const { jwt } = await signIn(app, admin.email) // some routes end sessions
    for (const method of ['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH']) {
      for (const more of [PREFLIGHT, [`Authorization: Bearer ${jwt}`]]) {
        const head = [`${method} ${url.replace(/:\w+/g, admin.id)} HTTP/1.1`, 'Host: x', ...more]
        const hasBody = method === 'POST' || method === 'PUT'
        const json = ['Content-Type: application/json', 'Content-Length: 2']
        const answer = await send([...head, ...(hasBody ? json : [])], hasBody ? '{}' : '')
        const end = answer.indexOf('\r\n\r\n')
        const headers = answer.subarray(0, end).toString('latin1').toLowerCase()
        const [status = ''] = /(?<=^http\/1\.1 )\d{3}/.exec(headers) ?? []
        const what = `${method} ${url}: ${headers}`
        const [length = '0'] = headers.match(/(?<=\r\ncontent-length: )\d+/g) ?? []
        statuses.add(status)
        assert.doesNotMatch(headers, /transfer-encoding/, what)
        // Browsers wait for a body after a preflight's 204 without one: @fastify/cors says 0.
        const stated = headers.match(/\r\ncontent-length:/g)?.length ?? 0
        assert(stated === 1 || (status === '204' && stated === 0), what)
        const bytes = answer.length - end - '\r\n\r\n'.length
        assert.equal(bytes, method === 'HEAD' || status === '204' ? 0 : Number(length), what)
      }
    }
  }
  for (const status of ['200', '204', '400', '401', '404']) assert(statuses.has(status), status)
})

// ASVS V4.2.5: what other programs would cut off or refuse is not made.
test('links in mail and the cookie stay far below what other programs take', async () => {
  const client = createClient(app.server)
  const email = `${'l'.repeat(64)}@${'d'.repeat(60)}.example`
  assert.equal((await client.post('/register', registration(email))).status, 200)
  const { text } = await app.mail.next(email)
  const [link = ''] = text.match(/https:\S+/) ?? []
  assert(link.startsWith(longest) && link.length < longest.length + 200 && link.length < 2000, link)
  const answer = await client.post('/authenticate', { email: admin.email, password: PASSWORD })
  const [cookie = ''] = [answer.headers['set-cookie'] ?? ''].flat()
  assert(cookie.startsWith('__Host-refresh=') && cookie.length < 300, cookie)
})
