import assert from 'node:assert/strict'
import { connect } from 'node:net'
import { suite, test } from 'node:test'
import { createTestApp } from '../support/app.ts'
import { createMember, PASSWORD } from '../support/client.ts'
import { queriesOf } from '../support/queries.ts'
import { routesOf } from '../support/routes.ts'

// Only JSON is read, for a page of another origin can send the other types without a preflight; and whatever is read
// goes through the schema of the body, however its type is spelt (Fastify before 5.3.2 skipped it: CVE-2025-32442).
const app = await createTestApp()
const admin = await createMember(app, { role: 'Admin' })
const withBody = routesOf(app.server).filter(({ schema }) => schema.body !== undefined)

const READ = [
  'application/json',
  'Application/Json',
  'APPLICATION/JSON',
  'application/json;',
  'application/json ;',
  'application/json; ',
  'application/json\t',
  'application/json\t;charset=utf-8',
  'application/json\u00a0', // trimmed as JavaScript trims
  'application/json;charset=utf-8',
  'application/json; charset=UTF-8',
  'application/json; charset="utf-8"',
  'application/json;\tcharset=utf-8',
  'application/json;charset=utf-16',
  'application/json;charset=ibm500',
  'application/json;charset=',
  'application/json;charset',
  'application/json; text/plain',
  'application/json; x=text/plain',
  'application/json;boundary=x',
  'application/json; a=b; c=d'
]

const REFUSED = [
  'application/jsonx',
  'application/json-patch+json',
  'application/json5',
  'application/jsonp',
  'application/x-json',
  'application/vnd.api+json',
  'application/problem+json',
  'application/csp-report',
  'application/reports+json',
  'application/javascript',
  'application/octet-stream',
  'application/xml',
  'application/ json',
  'application /json',
  'application\t/json',
  'application//json',
  'application/json/',
  'application',
  'application/',
  '/json',
  'json',
  'text/json',
  'application/json, text/plain',
  'application/json ,text/plain',
  'application/json,application/json',
  'text/plain, application/json',
  'application/json text/plain',
  'application/json\ttext/plain',
  'application/json\u007f',
  '"application/json"',
  '*/*',
  'application/*',
  'text/plain',
  'TEXT/PLAIN',
  'text/plain;charset=utf-8',
  'text/plain;application/json',
  'text/plain; application/json',
  'text/plain; x=application/json',
  'text/plain\tapplication/json',
  'text/html',
  'application/x-www-form-urlencoded',
  'application/x-www-form-urlencoded; charset=utf-8',
  'application/x-www-form-urlencoded;application/json',
  'multipart/form-data',
  'multipart/form-data; boundary=application/json',
  'multipart/mixed; boundary=x',
  'image/svg+xml',
  ';',
  '; application/json',
  ',',
  '\u00e4',
  ''
]

/** A body that the route reads and its schema refuses, for a field that nobody knows; read unchecked, it would act. */
const BODY = JSON.stringify({ email: admin.email, password: PASSWORD, isAdmin: true })

async function send(method: string, url: string, type: string | undefined, payload: string | Buffer = BODY) {
  return await queriesOf(() =>
    app.server.inject({
      method,
      url: url.replace(/:\w+/g, admin.id),
      payload,
      headers: {
        ...(type === undefined ? {} : { 'content-type': type }),
        cookie: `__Host-refresh=${admin.cookie}`,
        authorization: `Bearer ${admin.token}`
      }
    })
  )
}

// ASVS V3.5.2
suite('a body is read as JSON and checked, or refused without effect', () => {
  test('under at least sixty spellings of its type', () => assert(new Set([...READ, ...REFUSED]).size >= 70))

  for (const { name, method, url, config } of withBody) {
    test(name, async () => {
      const guard = config.public ? 0 : 1 // query
      for (const type of READ) {
        const { queries, result } = await send(method, url, type)
        assert.equal(result.statusCode, 400, `${type}: ${result.body}`)
        const faults: { path: string }[] = result.json().errors
        assert(
          faults.some(({ path }) => path === '/isAdmin'),
          `${type}: ${result.body}`
        )
        assert.equal(queries.length, guard, type)
        assert.equal(result.headers['set-cookie'], undefined)
      }
      for (const type of [...REFUSED, undefined]) {
        // As bytes: of a text, inject guesses the type.
        const { queries, result } = await send(method, url, type, Buffer.from(BODY))
        assert.deepEqual([result.statusCode, result.json().code], [415, 'unsupported_media_type'], JSON.stringify(type))
        assert.equal(queries.length, guard, type)
        assert.equal(result.headers['set-cookie'], undefined)
      }
    })
  }

  test('and the session is as good as it was', async () => {
    assert.equal((await admin.refresh()).status, 200)
  })
})

// Of two headers Node keeps the first: so does the schema.
for (const [what, types, status] of [
  ['JSON first', ['application/json', 'text/plain'], 400],
  ['JSON last', ['text/plain', 'application/json'], 415],
  ['JSON twice', ['application/json', 'application/json'], 400]
] as const) {
  test(`two content types, ${what}, are ${status}`, async () => {
    await app.server.listen({ host: '127.0.0.1', port: 0 }).catch(() => {}) // the first one listens
    const address = app.server.server.address()
    const port = typeof address === 'object' && address ? address.port : 0
    const lines = types.map(type => `Content-Type: ${type}`)
    const head = ['POST /accounts/authenticate HTTP/1.1', 'Host: x', ...lines, `Content-Length: ${BODY.length}`]
    const answer = await new Promise<string>((resolve, reject) => {
      let text = ''
      const socket = connect(port, '127.0.0.1', () =>
        socket.write([...head, 'Connection: close', '', BODY].join('\r\n'))
      )
      socket.setEncoding('utf8').on('data', data => {
        text += data
      })
      socket.on('close', () => resolve(text)).on('error', reject)
    })
    assert(answer.startsWith(`HTTP/1.1 ${status} `), answer)
    if (status === 400) assert.match(answer, /"path":"\/isAdmin"/)
  })
}
