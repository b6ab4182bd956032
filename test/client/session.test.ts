import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ApiError, type Client, NetworkError, nextCursor, ok } from '../../client/index.ts'
import { createTestApp } from '../support/app.ts'
import { createMember, PASSWORD } from '../support/client.ts'
import { eventually } from '../support/eventually.ts'
import { createDevice } from './device.ts'

const app = await createTestApp()
const device = await createDevice(app)
const { email, id } = await createMember(app)

/** The events of a client, as lines. */
function listen(client: Client): string[] {
  const lines: string[] = []
  client.on('signedIn', account => lines.push(`signedIn ${account.email}`))
  client.on('signedOut', () => lines.push('signedOut'))
  client.on('sessionEnded', reason => lines.push(`sessionEnded ${reason}`))
  return lines
}

test('a visitor has no session, and is told so by one request', async () => {
  const visitor = await createDevice(app)
  const client = visitor.open()
  assert.equal(client.session.status, 'unknown')
  assert.deepEqual(await client.restore(), { status: 'signedOut' })
  assert.equal(await client.accessToken(), undefined)
  assert.deepEqual(visitor.requests, ['POST /accounts/refresh-token 401'])
})

test('signs in, asks as the member, and out again; a new page finds the session', async () => {
  const client = device.open()
  const lines = listen(client)
  let changes = 0
  client.subscribe(() => changes++)
  const account = await client.signIn({ email, password: PASSWORD })
  assert.deepEqual(client.session, { status: 'signedIn', account })
  assert(!('jwtToken' in account))
  const { data } = await ok(client.api.GET('/accounts/{id}', { params: { path: { id } } }))
  assert.equal(data.email, email)

  const page = device.open()
  const found = listen(page)
  assert.equal((await page.restore()).status, 'signedIn')
  assert.deepEqual(found, [`signedIn ${email}`])

  await client.signOut()
  assert.deepEqual(client.session, { status: 'signedOut' })
  assert.deepEqual(lines, [`signedIn ${email}`, 'signedOut'])
  assert(changes >= 2)
  assert.equal(device.cookie, undefined)
})

test('a refusal is an error with its code, its faults and its request; without session or access token', async () => {
  const client = device.open()
  await assert.rejects(client.signIn({ email, password: 'wrong' }), (error: unknown) => {
    assert(error instanceof ApiError)
    assert.equal(error.code, 'invalid_credentials')
    assert.equal(error.status, 401)
    assert.match(error.message, /incorrect/)
    assert.match(error.requestId ?? '', /^[\w-]{36}$/)
    return true
  })
  const faulty = client.api.POST('/accounts/forgot-password', { body: { email: 'nobody' } })
  await assert.rejects(ok(faulty), (error: unknown) => {
    assert(error instanceof ApiError && error.code === 'validation_failed')
    assert.deepEqual(
      error.faults.map(({ path }) => path),
      ['/email']
    )
    return true
  })
})

test('what no API answered is an unexpected response, and not one is a network error', async () => {
  const away = await createDevice(app)
  const client = away.open()
  away.fate = () => new Response('<h1>Bad gateway</h1>', { status: 502, headers: { 'retry-after': '7' } })
  await assert.rejects(ok(client.api.GET('/hello')), { code: 'unexpected_response', status: 502, retryAfter: 7 })
  await assert.rejects(client.restore(), { code: 'unexpected_response', status: 502 })
  away.fate = () => 'offline'
  await assert.rejects(ok(client.api.GET('/hello')), NetworkError)
  const leaving = new AbortController()
  away.fate = () => {
    leaving.abort()
    return 'pass'
  }
  await assert.rejects(client.api.GET('/hello', { signal: leaving.signal }), { name: 'AbortError' })
})

test('a session that the server ended is told with its reason, at the first request after', async () => {
  const client = device.open()
  const lines = listen(client)
  await client.signIn({ email, password: PASSWORD })
  const other = await createDevice(app)
  const elsewhere = other.open()
  await elsewhere.signIn({ email, password: PASSWORD })
  await ok(elsewhere.api.DELETE('/accounts/{id}/sessions', { params: { path: { id }, query: { except: 'current' } } }))
  await assert.rejects(ok(client.api.GET('/accounts/{id}', { params: { path: { id } } })), { code: 'session_revoked' })
  assert.deepEqual(lines, [`signedIn ${email}`, 'sessionEnded session_revoked'])
  assert.equal(client.session.status, 'signedOut')
})

test('signing in and out is seen by the other tabs, and so is a session that ended', async () => {
  const laptop = await createDevice(app)
  const tabs = Array.from({ length: 4 }, () => laptop.open())
  const lines = tabs.map(listen)
  await Promise.all(tabs.map(tab => tab.restore()))
  await tabs[0]?.signIn({ email, password: PASSWORD })
  await eventually(() => tabs.every(tab => tab.session.status === 'signedIn'))
  const before = laptop.requests.length
  for (const tab of tabs) await ok(tab.api.GET('/accounts/{id}', { params: { path: { id } } }))
  assert.equal(laptop.requests.length, before + tabs.length, 'no tab had to refresh')

  await tabs[1]?.signOut()
  await eventually(() => tabs.every(tab => tab.session.status === 'signedOut'))
  assert.deepEqual(lines, Array(4).fill([`signedIn ${email}`, 'signedOut']))
})

test('signing out without a network says so, and the member is still signed in', async () => {
  const train = await createDevice(app)
  const client = train.open()
  await client.signIn({ email, password: PASSWORD })
  train.fate = () => 'offline'
  await assert.rejects(client.signOut(), NetworkError)
  assert.equal(client.session.status, 'signedIn')
  train.fate = () => 'pass'
  await client.signOut()
  assert.equal(client.session.status, 'signedOut')
})

test('pages of a list are walked by the cursor in the Link header', async () => {
  const admin = await createMember(app, { role: 'Admin' })
  const office = await createDevice(app)
  const client = office.open()
  await client.signIn({ email: admin.email, password: PASSWORD })
  const seen: string[] = []
  for (let cursor: string | undefined, page = 0; page === 0 || cursor !== undefined; page++) {
    const query = { limit: 1, ...(cursor === undefined ? {} : { cursor }) }
    const { data, response } = await ok(client.api.GET('/accounts', { params: { query } }))
    seen.push(...data.map(account => account.email))
    cursor = nextCursor(response)
  }
  assert.deepEqual(new Set(seen), new Set([email, admin.email]))
  assert.equal(seen.length, 2)
})
