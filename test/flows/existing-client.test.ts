import assert from 'node:assert/strict'
import { beforeEach, test } from 'node:test'
import type { InjectOptions } from 'fastify'
import { createTestApp } from '../support/app.ts'
import { PASSWORD, registration } from '../support/client.ts'
import { setAccount } from '../support/rows.ts'

// The React client of the reference system, call by call: what it sends, and what it does with answers.
const CLIENT = 'https://app.example.com'
const app = await createTestApp({ CLIENT_URL: CLIENT, RATE_LIMIT: 'on' })

/** The browser: one cookie jar, one user in memory. */
let jar: string | undefined
let user: Record<string, string> | undefined
let loggedOut = 0

beforeEach(() => {
  jar = undefined
  user = undefined
  loggedOut = 0
})

async function fetchWrapper(method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, body?: object) {
  const options: InjectOptions = {
    method,
    url: path,
    headers: {
      origin: CLIENT,
      ...(body ? { 'content-type': 'application/json' } : {}),
      ...(user?.jwtToken ? { authorization: `Bearer ${user.jwtToken}` } : {}),
      // Only its POSTs have `credentials: 'include'`.
      ...(method === 'POST' && jar ? { cookie: `__Host-refresh=${jar}` } : {})
    },
    ...(body ? { payload: JSON.stringify(body) } : {})
  }
  const response = await app.server.inject(options)
  assert.equal(response.headers['access-control-allow-origin'], CLIENT, `${method} ${path} ${response.statusCode}`)
  assert.equal(response.headers['access-control-allow-credentials'], 'true')
  const set = response.cookies.find(({ name }) => name === '__Host-refresh')
  if (set && method === 'POST') jar = set.value || undefined
  if ([401, 403].includes(response.statusCode) && user) await logout()
  const answer = response.json()
  if (response.statusCode >= 400) assert.equal(typeof answer.message, 'string')
  return { status: response.statusCode, answer, set }
}

const post = (path: string, body: object) => fetchWrapper('POST', `/accounts${path}`, body)

async function login(email: string, password = PASSWORD) {
  const result = await post('/authenticate', { email, password })
  if (result.status === 200) user = result.answer
  return result
}

async function refreshToken() {
  const result = await post('/refresh-token', {})
  if (result.status === 200) user = result.answer
  return result
}

async function logout() {
  loggedOut++
  const leaving = post('/revoke-token', {})
  const result = await leaving.finally(() => {
    user = undefined
  })
  return result
}

async function signUp(email: string) {
  assert.equal((await post('/register', registration(email))).status, 200)
  assert.equal((await post('/verify-email', { token: await app.mail.secret(email) })).status, 200)
}

test('at its start it refreshes, without a cookie too: a calm 401 that touches no cookie', async () => {
  for (let i = 0; i < 3; i++) {
    const { status, set } = await refreshToken()
    assert.equal(status, 401)
    assert.equal(set, undefined)
  }
  jar = 'what an older server left'
  assert.equal((await refreshToken()).status, 401)
  assert.equal(jar, 'what an older server left')
})

test('it decodes the token with atob and plans its refresh a minute before exp', async () => {
  await signUp('atob@example.com')
  await login('atob@example.com')
  const payload = String(user?.jwtToken).split('.')[1] ?? ''
  const claims = JSON.parse(atob(payload)) // plain atob: throws on - and _
  assert.ok(Number.isInteger(claims.exp))
  assert.ok(claims.exp * 1000 - Date.now() > 60_000)
  assert.equal(typeof user?.id, 'string')
})

test('it goes on after a reload by its cookie', async () => {
  await signUp('reload@example.com')
  await login('reload@example.com')
  const before = user
  user = undefined
  const { status, answer } = await refreshToken()
  assert.equal(status, 200)
  assert.equal(answer.id, before?.id)
  assert.equal((await fetchWrapper('GET', `/accounts/${answer.id}`)).status, 200)
})

test('its profile form sends blank passwords, and keeps the member logged in', async () => {
  await signUp('form@example.com')
  await login('form@example.com')
  const form = {
    title: 'Dr',
    firstName: 'Ada',
    lastName: 'King',
    email: 'form@example.com',
    password: '',
    confirmPassword: ''
  }
  const saved = await fetchWrapper('PUT', `/accounts/${user?.id}`, form)
  assert.equal(saved.status, 200)
  assert.equal(saved.set, undefined, 'a cookie set by PUT would be ignored')
  assert.equal(saved.answer.lastName, 'King')
  // Its other faults are 400 or 409, for 401 and 403 would log the member out.
  for (const fault of [
    { confirmPassword: 'x' },
    { password: 'short', confirmPassword: 'short' },
    { email: 'no address' },
    { firstName: 'x'.repeat(81) }
  ]) {
    assert.equal((await fetchWrapper('PUT', `/accounts/${user?.id}`, { ...form, ...fault })).status, 400)
  }
  assert.equal(loggedOut, 0)
  assert.equal((await login('form@example.com')).status, 200)
})

test('a 401 makes it log out with the old bearer and whatever cookie it has: 200, and the cookie is gone', async () => {
  await signUp('kicked@example.com')
  await login('kicked@example.com')
  await app.db
    .updateTable('sessions')
    .set({ revoked_at: app.now(), secret: null })
    .where('revoked_at', 'is', null)
    .execute()
  assert.equal((await fetchWrapper('GET', `/accounts/${user?.id}`)).status, 401)
  assert.equal(loggedOut, 1)
  assert.equal(jar, undefined)
  assert.equal((await refreshToken()).status, 401)
})

test('after such a log-out another tab that signed in meanwhile stays signed in', async () => {
  await signUp('tabs@example.com')
  await login('tabs@example.com')
  const old = user
  await app.db
    .updateTable('sessions')
    .set({ revoked_at: app.now(), secret: null })
    .where('revoked_at', 'is', null)
    .execute()
  await login('tabs@example.com') // the other tab: the same jar
  const fresh = jar
  user = old
  assert.equal((await fetchWrapper('GET', `/accounts/${old?.id}`)).status, 401)
  assert.equal(jar, fresh)
  assert.equal((await refreshToken()).status, 200)
})

test('log-out by its button ends the session and clears the cookie', async () => {
  await signUp('bye@example.com')
  await login('bye@example.com')
  const { status, answer, set } = await logout()
  assert.equal(status, 200)
  assert.equal(typeof answer.message, 'string')
  assert.equal(set?.value, '')
  assert.equal((await refreshToken()).status, 401)
})

test('forgotten passwords: ask, validate, reset, log in', async () => {
  await signUp('forgot@example.com')
  await post('/forgot-password', { email: 'forgot@example.com' })
  const token = await app.mail.secret('forgot@example.com')
  assert.equal((await post('/validate-reset-token', { token })).status, 200)
  const password = 'a wholly new passphrase'
  assert.equal((await post('/reset-password', { token, password, confirmPassword: password })).status, 200)
  assert.equal((await login('forgot@example.com', password)).status, 200)
})

test('an Admin’s pages: list, add, edit, delete, each with CORS headers, on errors too', async () => {
  await signUp('admin@example.com')
  await setAccount(app, 'admin@example.com', { role: 'Admin' })
  await login('admin@example.com')
  const list = await fetchWrapper('GET', '/accounts')
  assert.ok(Array.isArray(list.answer))
  const { acceptTerms: _, ...form } = registration('added@example.com')
  const added = await fetchWrapper('POST', '/accounts', { ...form, role: 'User' })
  assert.equal(added.status, 200)
  assert.equal((await fetchWrapper('POST', '/accounts', { ...form, role: 'User' })).status, 409)
  const edit = { ...form, password: '', confirmPassword: '', role: 'Admin' }
  assert.equal((await fetchWrapper('PUT', `/accounts/${added.answer.id}`, edit)).answer.role, 'Admin')
  assert.equal((await fetchWrapper('DELETE', `/accounts/${added.answer.id}`)).status, 200)
  assert.equal((await fetchWrapper('GET', `/accounts/${added.answer.id}`)).status, 404)
  assert.equal(loggedOut, 0)
})

test('every preflight it makes is granted; another origin’s is not', async () => {
  const preflight = (origin: string, method: string, path: string) =>
    app.server.inject({
      method: 'OPTIONS',
      url: path,
      headers: {
        origin,
        'access-control-request-method': method,
        'access-control-request-headers': 'authorization,content-type'
      }
    })
  for (const [method, path] of [
    ['POST', '/accounts/authenticate'],
    ['GET', '/accounts'],
    ['PUT', '/accounts/x'],
    ['DELETE', '/accounts/x']
  ] as const) {
    const { statusCode, headers } = await preflight(CLIENT, method, path)
    assert.equal(statusCode, 204)
    assert.equal(headers['access-control-allow-origin'], CLIENT)
    assert.equal(headers['access-control-allow-credentials'], 'true')
    assert.match(String(headers['access-control-allow-methods']), new RegExp(method))
    assert.match(String(headers['access-control-allow-headers']).toLowerCase(), /content-type.*authorization/)
    for (const origin of [
      'https://app.example.com.evil.example',
      'http://app.example.com',
      'https://app.example.com:8443',
      'null'
    ]) {
      assert.equal((await preflight(origin, method, path)).headers['access-control-allow-origin'], undefined, origin)
    }
  }
})

test('the wake-up ping answers', async () => {
  assert.equal(typeof (await fetchWrapper('GET', '/hello')).answer.message, 'string')
})
