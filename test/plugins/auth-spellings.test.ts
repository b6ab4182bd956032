import assert from 'node:assert/strict'
import { Agent, type IncomingHttpHeaders, METHODS, request } from 'node:http'
import { text } from 'node:stream/consumers'
import { after, test } from 'node:test'
import { createTestApp } from '../support/app.ts'
import { createMember } from '../support/client.ts'
import { queriesOf } from '../support/queries.ts'
import { routesOf } from '../support/routes.ts'
import { signIn } from '../support/sessions.ts'

// What a route is called and what a proxy, a cache or a guard by path takes it for are not always the same: our guard
// goes by the route that was found.
const app = await createTestApp()
const [admin, user, other] = [
  await createMember(app, { role: 'Admin' }),
  await createMember(app),
  await createMember(app)
]
const routes = routesOf(app.server)
const closed = routes.filter(({ config }) => !config.public)

await app.server.listen({ host: '127.0.0.1', port: 0 })
const address = app.server.server.address()
const port = typeof address === 'object' && address ? address.port : 0
const agent = new Agent({ keepAlive: true })
after(() => agent.destroy())

interface RawAnswer {
  status: number
  headers: IncomingHttpHeaders
  body: string
}

/** Over the wire, for a client library would put the path in order. */
function send(method: string, path: string, token?: string): Promise<RawAnswer> {
  return new Promise((resolve, reject) => {
    const headers = token === undefined ? {} : { authorization: `Bearer ${token}` }
    request({ host: '127.0.0.1', port, agent, method, path, headers }, response => {
      text(response).then(
        body => resolve({ status: response.statusCode ?? 0, headers: response.headers, body }),
        reject
      )
    })
      .on('error', reject)
      .end()
  })
}

const onOther = (url: string) => url.replace(/:\w+/g, other.id)

/** Other ways to write a path. */
function spellings(url: string): string[] {
  const [, first = '', ...rest] = url.split('/')
  const tail = rest.map(part => `/${part}`).join('')
  const letter = `%${first.charCodeAt(0).toString(16)}`
  const ends = ['/', '//', '/.', '/..', '/%2e', '/%2e%2e', '/%2e%2e/', ';x', ';x=y', ';/../hello', '.', '.json', '.css']
  const tails = ['/x.css', '%00', '%20', '%09', '%0d%0a', '%3f', '%23', '%2f', '\\', '/*', '%', '%zz', '%c0%ae', '~']
  const queries = [
    '?',
    '?public=true',
    '?x=/hello',
    '?_method=GET',
    '?/hello',
    `?access_token=${user.token}`,
    '#',
    '#/hello'
  ]
  return [
    ...[...ends, ...tails, ...queries].map(end => url + end),
    ...['/', '/.', '/x/..', '/hello/..', '/hello/%2e%2e', '/hello/..;', '/%2e', '/;', '/%2f', '/\\', '/hello%00'].map(
      at => at + url
    ),
    `/hello/..%2f${first}${tail}`,
    `/${first}/${tail}`,
    `/${first}//${tail}`,
    `/${first};x${tail}`,
    `/${first}/.${tail}`,
    `/${first}/authenticate/..${tail}`,
    `/${letter}${first.slice(1)}${tail}`,
    `/${first.toUpperCase()}${tail}`,
    `/${first.slice(0, -1)}\u017f${tail}`.replace('\u017f', '%c5%bf'), // a long s, which upper case makes an S
    `/${first}%2f${rest.join('%2f')}`,
    `/${first}%252f${rest.join('%252f')}`,
    `/${first}%5c${rest.join('%5c')}`,
    `/${first}\\${rest.join('\\')}`,
    `http://localhost${url}`,
    `https://app.example.com${url}`,
    `http://evil.example${url}`,
    `http:${url}`,
    url.slice(1)
  ]
}

// ASVS V8.2.1, V8.3.1
for (const { name, method, url, config } of closed) {
  // ASVS V14.2.5
  test(`${name}: no spelling of its path passes the guard`, async () => {
    assert.equal((await send(method, onOther(url))).status, 401)
    const callers: [string, string | undefined][] = [['nobody', undefined]]
    if (config.role || url.includes(':')) callers.push(['a User', user.token])
    for (const spelling of spellings(onOther(url))) {
      for (const [who, token] of callers) {
        const { status, headers, body } = await send(method, spelling, token)
        assert([400, 401, 403, 404].includes(status), `${who} ${spelling}: ${status} ${body}`)
        assert.match(String(headers['content-type']), /problem\+json/, spelling)
        const code: string = JSON.parse(body).code
        // Nobody gets as far as a body or an id is looked at.
        if (who === 'nobody') assert.match(code, /^(authentication_required|not_found|malformed_request)$/, spelling)
      }
    }
  })
}

test('of such spellings some are the route itself, guarded like it', async () => {
  for (const path of ['/accounts/', '/%61ccounts', 'http://evil.example/accounts', '/accounts?x#'])
    assert.equal((await send('GET', path)).status, 401, path)
  assert.equal((await send('GET', '/accounts/', admin.token)).status, 200)
})

// ASVS V4.1.4
test('a method that a path does not declare is 404, whatever other method a header names', async () => {
  const headers = { 'x-http-method-override': 'GET', 'x-http-method': 'GET', 'x-method-override': 'GET' }
  const authorization = `Bearer ${admin.token}`
  const declares = (method: string, path: string) =>
    routes.some(route => route.method === method && new RegExp(`^${route.url.replace(/:\w+/g, '[^/]+')}$`).test(path))
  for (const path of new Set(routes.map(({ url }) => onOther(url)))) {
    for (const method of METHODS) {
      if (['HEAD', 'OPTIONS', 'CONNECT'].includes(method) || declares(method, path)) continue
      const { statusCode } = await app.server.inject({ method, url: path, headers: { ...headers, authorization } })
      // A QUERY without a content type is malformed wherever it goes (RFC 10008 §2).
      assert.equal(statusCode, method === 'QUERY' ? 400 : 404, `${method} ${path}`)
    }
  }
})

test('OPTIONS tells everybody the same', async () => {
  for (const { name, url } of routes) {
    const ask = async (token?: string) => {
      const { status, body } = await send('OPTIONS', onOther(url), token)
      return [status, body.replace(/"(requestId|instance)":"[^"]*"/g, '')]
    }
    const nobody = await ask()
    for (const token of [user.token, admin.token]) assert.deepEqual(await ask(token), nobody, name)
  }
})

// ASVS V3.5.3
test('GET and HEAD change nothing', async () => {
  // Of a new session: an older token would prove that its generation arrived, and that is noted once (rule 6).
  const { jwt } = await signIn(app, admin.email)
  const headers = { authorization: `Bearer ${jwt}` }
  const all = []
  for (const { url } of routes.filter(({ method }) => method === 'GET')) {
    for (const method of ['GET', 'HEAD']) {
      const { queries } = await queriesOf(() => app.server.inject({ method, url: onOther(url), headers }))
      for (const query of queries) assert.match(query, /^select /i, `${method} ${url}`)
      all.push(...queries)
    }
  }
  assert(all.length > 4, 'they were seen')
})
