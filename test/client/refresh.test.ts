import assert from 'node:assert/strict'
import { after, afterEach, mock, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Client, NetworkError, ok } from '../../client/index.ts'
import { createTestApp } from '../support/app.ts'
import { createMember, PASSWORD } from '../support/client.ts'
import { eventually } from '../support/eventually.ts'
import { createDevice, type Device } from './device.ts'

const MINUTE = 60_000
const LIFE = 15 * MINUTE // ACCESS_TOKEN_TTL

const app = await createTestApp()
const { email, id } = await createMember(app)

// ms that the device's clocks are ahead of the process's, which the server reads.
const ahead = { steady: 0, wall: 0 }
const [steady, wall] = [performance.now.bind(performance), Date.now]
mock.method(performance, 'now', () => steady() + ahead.steady)
mock.method(Date, 'now', () => wall() + ahead.wall)
after(() => mock.restoreAll()) // other files of this process read them, too
afterEach(restoreClocks)

/** Time passes, at the server and on the device; a suspended laptop's steady clock stands still. */
function pass(ms: number, { suspended = false } = {}): void {
  app.advance(ms)
  if (!suspended) ahead.steady += ms
  setWallClock(ms)
}

/** The device's alone: what the server reads is taken back by its own. */
function setWallClock(ms: number): void {
  ahead.wall += ms
  app.advance(-ms)
}

function restoreClocks(): void {
  app.advance(ahead.wall)
  Object.assign(ahead, { steady: 0, wall: 0 })
}

const me = (client: Client) => ok(client.api.GET('/accounts/{id}', { params: { path: { id } } }))

async function signedIn(tabs = 1): Promise<{ device: Device; clients: Client[]; client: Client; endings: string[] }> {
  const device = await createDevice(app)
  const clients = Array.from({ length: tabs }, () => device.open())
  const endings: string[] = []
  for (const each of clients) {
    each.on('sessionEnded', reason => endings.push(reason))
    each.on('signedOut', () => endings.push('signedOut'))
  }
  const [client] = clients
  assert(client)
  await client.signIn({ email, password: PASSWORD })
  await Promise.all(clients.map(tab => tab.restore()))
  await sleep(50) // until the tabs have told each other
  device.requests.length = 0
  return { device, clients, client, endings }
}

const REFRESH = 'POST /accounts/refresh-token'

test('a token that is young is used as it is, a minute before its end it is exchanged', async () => {
  const { device, client } = await signedIn()
  pass(LIFE - 2 * MINUTE)
  await me(client)
  assert.equal(device.count(REFRESH), 0)
  pass(MINUTE + 1000)
  await me(client) // which does not wait for it
  await eventually(() => device.count(REFRESH) === 1)
  assert.equal(device.count(' 401'), 0)
})

test('ten tabs that wake at once, with ten requests each, refresh once', async () => {
  const { device, clients, endings } = await signedIn(10)
  pass(LIFE + MINUTE)
  const answers = await Promise.all(clients.flatMap(tab => Array.from({ length: 10 }, () => me(tab))))
  assert.equal(answers.length, 100)
  assert.equal(device.count(REFRESH), 1, device.requests.filter(line => line.startsWith(REFRESH)).join())
  assert.equal(device.count(' 401'), 0)
  assert.deepEqual(endings, [])
})

test('a laptop that slept: the first answer is a 401 at worst, and nobody is signed out', async () => {
  for (const wallJumps of [0, -2 * LIFE]) {
    const { device, client, endings } = await signedIn()
    pass(LIFE + MINUTE, { suspended: true })
    setWallClock(wallJumps)
    await me(client)
    assert.equal(device.count(REFRESH), 1)
    assert.equal(device.count(' 401'), wallJumps === 0 ? 0 : 1)
    assert.deepEqual(endings, [])
    restoreClocks()
  }
})

test('a clock that is years off, or set while the page is open, costs at most one refresh', async () => {
  const YEAR = 365 * 24 * 60 * MINUTE
  for (const off of [-30 * YEAR, 30 * YEAR]) {
    setWallClock(off)
    const { device, client, endings } = await signedIn()
    for (let requests = 0; requests < 3; requests++) await me(client)
    assert.equal(device.count(REFRESH), 0)
    setWallClock(-off)
    for (let requests = 0; requests < 3; requests++) await me(client)
    assert(device.count(REFRESH) <= 1)
    assert.deepEqual(endings, [])
    restoreClocks()
  }
})

test('a request that the server refuses is sent once more, with its body, after a refresh', async () => {
  const { device, client } = await signedIn()
  app.advance(LIFE + MINUTE) // only there
  const body = { firstName: 'Augusta' }
  const { data } = await ok(client.api.PUT('/accounts/{id}', { params: { path: { id } }, body }))
  assert.equal(data.firstName, 'Augusta')
  assert.deepEqual(device.requests, [`PUT /accounts/${id} 401`, `${REFRESH} 200`, `PUT /accounts/${id} 200`])
})

test('a refusal that a refresh does not mend is handed on, without a loop', async () => {
  const { device, client } = await signedIn()
  device.fate = request => (request.url.includes(id) ? Response.json({}, { status: 401 }) : 'pass')
  await assert.rejects(me(client), { status: 401 })
  assert.deepEqual(device.requests, [`GET /accounts/${id} 401`, `${REFRESH} 200`, `GET /accounts/${id} 401`])
  assert.equal(client.session.status, 'signedIn')
})

test('a refused link or code is no reason to refresh, or to try again', async () => {
  const { device, client } = await signedIn()
  await assert.rejects(ok(client.api.POST('/accounts/verify-email', { body: { token: 'wrong' } })), { status: 401 })
  assert.deepEqual(device.requests, ['POST /accounts/verify-email 401'])
})

test('offline is no sign-out: the error says so, and back online everything goes on', async () => {
  const { device, clients, client, endings } = await signedIn(10)
  pass(LIFE + MINUTE)
  device.fate = () => 'offline'
  await Promise.all(clients.map(tab => assert.rejects(me(tab), NetworkError)))
  const refreshes = device.count(REFRESH)
  assert.equal(refreshes, 2, 'one that is repeated, for all tabs')
  assert.deepEqual([client.session.status, endings], ['signedIn', []])
  device.fate = () => 'pass'
  await Promise.all(clients.map(me))
  assert.equal(device.count(REFRESH), refreshes + 1)
})

test('a server that is busy, down, or replaced by a proxy’s page signs nobody out', async () => {
  const { device, client, endings } = await signedIn()
  pass(LIFE + MINUTE)
  for (const status of [401, 403, 429, 500, 502, 503]) {
    device.fate = () => new Response('<h1>Sorry</h1>', { status })
    await assert.rejects(me(client))
    assert.deepEqual([client.session.status, endings], ['signedIn', []])
  }
  device.fate = () => 'pass'
  await me(client)
})

test('a token with time left is used while a refresh is impossible', async () => {
  const { device, client } = await signedIn()
  pass(LIFE - MINUTE / 2)
  device.fate = request => (request.url.endsWith('/refresh-token') ? 'offline' : 'pass')
  await me(client)
})

for (const fate of ['lost', 'cut off'] as const) {
  test(`a refresh whose answer is ${fate} is repeated, and nobody is signed out`, async () => {
    const { device, client, endings } = await signedIn()
    for (let round = 0; round < 5; round++) {
      pass(LIFE + MINUTE)
      let faults = 1
      device.fate = ({ url }) => (url.endsWith('/refresh-token') && faults-- > 0 ? fate : 'pass')
      await me(client)
    }
    assert.equal(device.count(`${REFRESH} 0`), 5)
    assert.equal(device.count(`${REFRESH} 200`), 5)
    assert.deepEqual(endings, [])
  })
}

test('a refresh that was refused is final only after a second look: another tab’s cookie may have come', async () => {
  const { device, client, endings } = await signedIn()
  pass(LIFE + MINUTE)
  const real = device.cookie
  device.cookie = `${real?.slice(0, -4)}AAAA`
  setTimeout(() => {
    device.cookie = real
  }, 100)
  await me(client)
  assert.deepEqual([device.count(`${REFRESH} 401`), device.count(`${REFRESH} 200`), endings.length], [1, 1, 0])
})

test('a session that is over ends all ten tabs, once each, and at the cost of two requests', async () => {
  const { device, clients, endings } = await signedIn(10)
  pass(8 * 24 * 60 * MINUTE)
  const answers = await Promise.allSettled(clients.map(me))
  assert(answers.every(({ status }) => status === 'rejected'))
  assert.deepEqual(endings, Array(10).fill('session_expired'))
  assert.equal(device.count(REFRESH), 2)
})
