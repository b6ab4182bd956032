import assert from 'node:assert/strict'
import { createPublicKey, type JsonWebKey, verify } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'

const EMAIL = 'ada@example.com'
const PASSWORD = 'correct horse battery'
const NEW_PASSWORD = 'another long passphrase'
const MAIL_MS = 10_000 // until a committed mail is in the mailbox

export interface SmokeMember {
  id: string
  token: string
}

interface Answer {
  body: { id?: string; email?: string; role?: string; jwtToken?: string }
  /** The ids in an answer that is a list. */
  ids: (string | undefined)[]
  cookie: string
}

/** Sign-up, mail, verification, login, refreshes one by one and at once, a reset, and the Admin's list. */
export async function memberLife(url: string): Promise<SmokeMember> {
  const call = caller(url)
  const person = { title: 'Ms', firstName: 'Ada', lastName: 'Lovelace', email: EMAIL, acceptTerms: true }
  await call('POST', '/register', { body: { ...person, password: PASSWORD, confirmPassword: PASSWORD } })
  await call('POST', '/authenticate', { body: { email: EMAIL, password: PASSWORD }, expect: 403 })
  await call('POST', '/verify-email', { body: { token: await mailedToken(url, 'verify-email') } })

  const login = await call('POST', '/authenticate', { body: { email: EMAIL, password: PASSWORD } })
  const id = String(login.body.id)
  await call('POST', '/refresh-token', { body: {}, expect: 401 })
  const tabs = await Promise.all(
    Array.from({ length: 5 }, () => call('POST', '/refresh-token', { body: {}, cookie: login.cookie }))
  )
  const newest = tabs.find(({ cookie }) => cookie !== '')
  assert(newest, 'one of the tabs gets the next cookie')
  const refreshed = await call('POST', '/refresh-token', { body: {}, cookie: newest.cookie })
  const own = await call('GET', `/${id}`, { token: String(refreshed.body.jwtToken) })
  assert.equal(own.body.email, EMAIL)

  await call('POST', '/forgot-password', { body: { email: EMAIL } })
  const token = await mailedToken(url, 'reset-password')
  await call('POST', '/reset-password', { body: { token, password: NEW_PASSWORD, confirmPassword: NEW_PASSWORD } })
  await call('GET', `/${id}`, { token: String(refreshed.body.jwtToken), expect: 401 })
  await call('POST', '/authenticate', { body: { email: EMAIL, password: PASSWORD }, expect: 401 })
  const member = await loginAgain(url, { id, token: '' })
  const list = await call('GET', '', { token: member.token }) // the first account to verify is Admin
  assert.equal(list.ids[0], id)
  return member
}

/** The member with the new password: also after a restart. */
export async function loginAgain(url: string, { id }: SmokeMember): Promise<SmokeMember> {
  const { body } = await caller(url)('POST', '/authenticate', { body: { email: EMAIL, password: NEW_PASSWORD } })
  assert.equal(body.id, id)
  assert.equal(body.role, 'Admin')
  return { id, token: String(body.jwtToken) }
}

/** What a browser, a generator of clients, a balancer, Prometheus and an offline verifier ask for. */
export async function visitPages(url: string, { token }: SmokeMember): Promise<void> {
  const visits = {
    '/': '<div id="root">',
    '/account/verify-email?token=x': '<div id="root">',
    '/admin/members': 'content="docs mailbox"',
    '/docs': '<html',
    '/dev/mailbox': '<html',
    '/openapi.json': '"openapi":"3.1.0"',
    '/health/live': 'ok',
    '/health/ready': 'ok',
    '/hello': 'message',
    '/metrics': 'http_request_duration_seconds_count'
  }
  for (const [path, content] of Object.entries(visits)) {
    const response = await fetch(url + path)
    assert.equal(response.status, 200, path)
    assert((await response.text()).includes(content), `${path} holds ${content}`)
  }
  await visitAssets(url)
  const { keys }: { keys: JsonWebKey[] } = JSON.parse(await textOf(`${url}/.well-known/jwks.json`))
  const [header = '', payload = '', signature = ''] = token.split('.')
  const { kid } = JSON.parse(Buffer.from(header, 'base64url').toString())
  const jwk = keys.find(key => key.kid === kid)
  assert(jwk, 'the key of the token is published')
  const key = { key: createPublicKey({ key: jwk, format: 'jwk' }), dsaEncoding: 'ieee-p1363' } as const
  assert(
    verify('sha256', Buffer.from(`${header}.${payload}`), key, Buffer.from(signature, 'base64url')),
    'the signature'
  )
}

/** What the page of the web client loads. */
async function visitAssets(url: string): Promise<void> {
  const assets = [...(await textOf(`${url}/`)).matchAll(/(?:src|href)="(\/assets\/[^"]+)"/g)].map(([, path]) => path)
  assert(assets.length >= 3, 'a script, a style sheet and an icon')
  for (const path of assets) {
    const response = await fetch(url + path)
    assert.equal(response.status, 200, path)
    assert.match(response.headers.get('content-type') ?? '', /javascript|css|svg/, path)
    await response.arrayBuffer()
  }
}

function caller(url: string) {
  return async (
    method: 'GET' | 'POST',
    path: string,
    { body, token, cookie, expect = 200 }: { body?: object; token?: string; cookie?: string; expect?: number }
  ): Promise<Answer> => {
    const response = await fetch(`${url}/accounts${path}`, {
      method,
      headers: {
        ...(body ? { 'content-type': 'application/json' } : {}),
        ...(token ? { authorization: `Bearer ${token}` } : {}),
        ...(cookie ? { cookie: `__Host-refresh=${cookie}` } : {})
      },
      ...(body ? { body: JSON.stringify(body) } : {})
    })
    const text = await response.text()
    assert.equal(response.status, expect, `${method} ${path}: ${text}`)
    const set = response.headers.getSetCookie().map(line => /^__Host-refresh=([^;]*)/.exec(line)?.[1] ?? '')
    const content: Answer['body'] | Answer['body'][] = JSON.parse(text)
    return Array.isArray(content)
      ? { body: {}, ids: content.map(({ id }) => id), cookie: '' }
      : { body: content, ids: [], cookie: set.at(-1) ?? '' }
  }
}

async function textOf(url: string): Promise<string> {
  return await (await fetch(url)).text()
}

/** The secret in the newest mail that leads to this page. */
async function mailedToken(url: string, page: string): Promise<string> {
  for (const deadline = Date.now() + MAIL_MS; Date.now() < deadline; await sleep(20)) {
    const mails: { text: string }[] = JSON.parse(await textOf(`${url}/dev/mailbox.json?to=${EMAIL}`))
    const found = new RegExp(`/account/${page}\\?token=([\\w-]+)`).exec(mails[0]?.text ?? '')
    if (found?.[1]) return found[1]
  }
  throw new Error(`no mail that leads to ${page} within ${MAIL_MS} ms`)
}
