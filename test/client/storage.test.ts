import assert from 'node:assert/strict'
import { test } from 'node:test'
import { NetworkError, ok, type TokenStorage } from '../../client/index.ts'
import { createTestApp } from '../support/app.ts'
import { createMember, PASSWORD } from '../support/client.ts'
import { eventually } from '../support/eventually.ts'
import { createDevice } from './device.ts'

// An app that keeps its refresh token itself: `refreshTokenDelivery: "body"`.

const app = await createTestApp()
const { email, id } = await createMember(app)
const credentials = { email, password: PASSWORD }
const LIFE = 15 * 60_000 // ms, ACCESS_TOKEN_TTL
const REFRESH = 'POST /accounts/refresh-token'

/** An encrypted file, as it were: what it holds survives the process. */
function createStorage(): TokenStorage & { token: string | null; writes: string[] } {
  const storage = {
    token: null as string | null,
    writes: [] as string[],
    get: async () => storage.token,
    async set(token: string) {
      await new Promise(resolve => setTimeout(resolve, 20))
      storage.token = token
      storage.writes.push(token)
    },
    async remove() {
      storage.token = null
    }
  }
  return storage
}

test('the app keeps the token, no cookie comes, and a new process finds the session', async () => {
  const phone = await createDevice(app)
  const storage = createStorage()
  await phone.open(storage).signIn(credentials)
  assert.equal(phone.cookie, undefined)
  assert.equal(storage.writes.length, 1)

  const process = phone.open(storage)
  assert.equal((await process.restore()).status, 'signedIn')
  assert.equal(storage.writes.length, 2)
  await ok(process.api.GET('/accounts/{id}', { params: { path: { id } } }))

  await process.signOut()
  assert.equal(storage.token, null)
  assert.deepEqual(await phone.open(storage).restore(), { status: 'signedOut' })
})

test('an app that kept nothing asks nothing', async () => {
  const phone = await createDevice(app)
  assert.deepEqual(await phone.open(createStorage()).restore(), { status: 'signedOut' })
  assert.deepEqual(phone.requests, [])
})

test('what was given is stored before it is used', async () => {
  const phone = await createDevice(app)
  const storage = createStorage()
  const client = phone.open(storage)
  await client.signIn(credentials)
  app.advance(LIFE)
  const writesAtRequest: number[] = []
  phone.fate = request => {
    if (request.method === 'GET') writesAtRequest.push(storage.writes.length)
    return 'pass'
  }
  await ok(client.api.GET('/accounts/{id}', { params: { path: { id } } }))
  assert.deepEqual(writesAtRequest, [1, 2], 'refused, then with what a refresh gave')
})

test('an app that dies at any moment of a refresh finds its session again', async () => {
  const phone = await createDevice(app)
  const storage = createStorage()
  await phone.open(storage).signIn(credentials)
  for (let round = 0; round < 10; round++) {
    app.advance(LIFE)
    // The process that asked is gone with its answer; the store has the token from before.
    phone.fate = () => 'lost'
    await assert.rejects(phone.open(storage).restore(), NetworkError)
    phone.fate = () => 'pass'
    assert.equal((await phone.open(storage).restore()).status, 'signedIn')
  }
})

test('a store that fails ends nothing: the old token leads to the session', async () => {
  const phone = await createDevice(app)
  const storage = createStorage()
  const client = phone.open(storage)
  await client.signIn(credentials)
  app.advance(LIFE)
  const set = storage.set
  storage.set = async () => {
    throw new Error('disk full')
  }
  const me = () => ok(client.api.GET('/accounts/{id}', { params: { path: { id } } }))
  await assert.rejects(me(), /disk full/)
  assert.equal(client.session.status, 'signedIn')
  storage.set = set
  await me()
})

test('two processes on one store: who is refused looks there again, and finds the other one’s token', async () => {
  const phone = await createDevice(app)
  const storage = createStorage()
  const client = phone.open(storage)
  await client.signIn(credentials)
  app.advance(LIFE)
  const good = storage.token
  storage.token = `${good?.slice(0, -4)}AAAA`
  phone.fate = request => {
    // While the refused token is under way, the widget stores what it was given.
    if (request.url.endsWith('/refresh-token')) storage.token = good
    return 'pass'
  }
  await ok(client.api.GET('/accounts/{id}', { params: { path: { id } } }))
  assert.deepEqual([phone.count(`${REFRESH} 401`), phone.count(`${REFRESH} 200`)], [1, 1])
  assert.equal(client.session.status, 'signedIn')
})

test('a token that is refused for good leaves the store; one that came meanwhile stays', async () => {
  const phone = await createDevice(app)
  const storage = createStorage()
  const client = phone.open(storage)
  await client.signIn(credentials)
  const other = phone.open(createStorage())
  await other.signIn(credentials)
  await ok(other.api.DELETE('/accounts/{id}/sessions', { params: { path: { id }, query: { except: 'current' } } }))
  const reasons: string[] = []
  client.on('sessionEnded', reason => reasons.push(reason))
  const me = () => ok(client.api.GET('/accounts/{id}', { params: { path: { id } } }))
  await assert.rejects(me(), { code: 'session_revoked' })
  assert.deepEqual(reasons, ['session_revoked'])
  assert.equal(storage.token, null)

  let tokens = 0
  phone.fate = request => {
    if (request.url.endsWith('/refresh-token')) storage.token = `another ${++tokens}`
    return 'pass'
  }
  storage.token = 'another 0'
  assert.deepEqual(await phone.open(storage).restore(), { status: 'signedOut' })
  assert.equal(storage.token, `another ${tokens}`)
})

test('a proxy’s 401 takes nothing from the store', async () => {
  const phone = await createDevice(app)
  const storage = createStorage()
  const client = phone.open(storage)
  await client.signIn(credentials)
  const kept = storage.token
  app.advance(LIFE)
  phone.fate = ({ url }) => (url.endsWith('/refresh-token') ? new Response('<h1>Hotel</h1>', { status: 401 }) : 'pass')
  const me = () => ok(client.api.GET('/accounts/{id}', { params: { path: { id } } }))
  await assert.rejects(me(), { code: 'unexpected_response' })
  assert.equal(storage.token, kept)
  phone.fate = () => 'pass'
  await me()
})

test('an app signs out without a network: what it kept is gone', async () => {
  const phone = await createDevice(app)
  const storage = createStorage()
  const client = phone.open(storage)
  await client.signIn(credentials)
  phone.fate = () => 'offline'
  await client.signOut()
  assert.deepEqual([client.session.status, storage.token], ['signedOut', null])
})

test('a sign-in over another one ends that session at the server', async () => {
  const phone = await createDevice(app)
  const storage = createStorage()
  const client = phone.open(storage)
  await client.signIn(credentials)
  const sessions = async () =>
    (await ok(client.api.GET('/accounts/{id}/sessions', { params: { path: { id } } }))).data.length
  const before = await sessions()
  await client.signIn(credentials)
  await eventually(async () => (await sessions()) === before)
})
