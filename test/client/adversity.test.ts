import assert from 'node:assert/strict'
import { mock, suite, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Client, createClient, NetworkError, ok } from '../../client/index.ts'
import { createTestApp } from '../support/app.ts'
import { createMember, PASSWORD } from '../support/client.ts'
import { eventually } from '../support/eventually.ts'
import { createDevice, type Device, type Fate } from './device.ts'

// What a client meets that is neither the server's doing nor the member's.

const app = await createTestApp()
const ada = await createMember(app)
const bob = await createMember(app)
const LIFE = 15 * 60_000 // ms, ACCESS_TOKEN_TTL
const REFRESH = 'POST /accounts/refresh-token'
const logIn = ({ email }: { email: string }) => ({ email, password: PASSWORD })
const me = (client: Client, signal?: AbortSignal) =>
  ok(client.api.GET('/accounts/{id}', { params: { path: { id: ada.id } }, ...(signal ? { signal } : {}) }))
const isRefresh = ({ url }: Request) => url.endsWith('/refresh-token')

async function signedIn(): Promise<{ device: Device; client: Client; events: string[] }> {
  const device = await createDevice(app)
  const client = device.open()
  const events: string[] = []
  client.on('signedIn', ({ email }) => events.push(`signedIn ${email}`))
  client.on('signedOut', () => events.push('signedOut'))
  client.on('sessionEnded', reason => events.push(reason))
  await client.signIn(logIn(ada))
  await sleep(20)
  device.requests.length = 0
  return { device, client, events }
}

/** As if ms had passed on the device: its token is that much older. */
async function age(ms: number, work: () => Promise<void>): Promise<void> {
  const before = performance.now
  mock.method(performance, 'now', () => before.call(performance) + ms)
  await work().finally(() => mock.restoreAll())
}

suite('a refresh that takes long', () => {
  test('does not bring back who signed out in another tab meanwhile', async () => {
    const { device, client, events } = await signedIn()
    const { promise: answered, resolve: answer } = Promise.withResolvers<Fate>()
    device.fate = request => (isRefresh(request) ? answered : 'pass')
    app.advance(LIFE)
    const reading = me(client)
    await eventually(() => device.count(' 401') === 1)
    const other = new BroadcastChannel(`guildhall 1 ${device.baseUrl}`)
    other.postMessage({ kind: 'signedOut' })
    await eventually(() => client.session.status === 'signedOut')
    answer('pass')
    await assert.rejects(reading, { status: 401 })
    await sleep(50)
    assert.deepEqual([client.session.status, events], ['signedOut', [`signedIn ${ada.email}`, 'signedOut']])
    other.close()
  })

  test('does not replace who signs in meanwhile', async () => {
    const { device, client, events } = await signedIn()
    const { promise: answered, resolve: answer } = Promise.withResolvers<Fate>()
    device.fate = request => (isRefresh(request) ? answered : 'pass')
    app.advance(LIFE)
    const reading = me(client).catch(() => {})
    await eventually(() => device.count(' 401') === 1)
    const signingIn = client.signIn(logIn(bob))
    answer('pass')
    await signingIn
    await reading
    await sleep(50)
    assert.deepEqual(events, [`signedIn ${ada.email}`, `signedIn ${bob.email}`])
    await ok(client.api.GET('/accounts/{id}', { params: { path: { id: bob.id } } }))
  })

  test('is not waited for while the old token is good, nor by whoever gave up', async () => {
    const { device, client } = await signedIn()
    const { promise: answered, resolve: answer } = Promise.withResolvers<Fate>()
    device.fate = request => (isRefresh(request) ? answered : 'pass')
    await age(LIFE - 30_000, async () => void (await me(client)))
    await age(LIFE + 1000, async () => {
      const leaving = AbortSignal.timeout(50)
      await assert.rejects(me(client, leaving), { name: 'TimeoutError' })
    })
    answer('pass')
    await me(client)
  })
})

suite('a server that says to wait', () => {
  test('is asked once, and the calls of that time fail as the first one did', async () => {
    const { device, client } = await signedIn()
    const busy = () => Response.json(PROBLEM, { status: 429, headers: { 'retry-after': '60' } })
    device.fate = request => (isRefresh(request) ? busy() : 'pass')
    await age(LIFE + 1000, async () => {
      for (let calls = 0; calls < 10; calls++)
        await assert.rejects(me(client), { code: 'rate_limited', status: 429, retryAfter: 60 })
      await assert.rejects(client.accessToken(), { code: 'rate_limited' })
    })
    assert.deepEqual(device.requests, [`${REFRESH} 429`])
    assert.equal(client.session.status, 'signedIn')
    device.fate = () => 'pass'
    await age(LIFE + 62_000, async () => void (await me(client)))
  })
})

const PROBLEM = { type: 'urn:guildhall:problem:rate_limited', code: 'rate_limited', detail: 'Too many requests.' }

suite('answers that are not the API’s', () => {
  test('end no session: neither a proxy’s 401 nor one with a code of its own', async () => {
    const { device, client, events } = await signedIn()
    const foreign = [
      () => new Response('<h1>Sign in to the hotel</h1>', { status: 401 }),
      () => Response.json({ type: 'about:blank', code: 'JWT_MISSING', detail: 'no token' }, { status: 401 })
    ]
    for (const answer of foreign) {
      device.fate = request => (isRefresh(request) ? answer() : 'pass')
      await age(LIFE + 1000, async () => await assert.rejects(me(client), { code: 'unexpected_response' }))
    }
    assert.deepEqual([client.session.status, events.length], ['signedIn', 1])
  })

  for (const body of ['{}', 'null', '[]', '{"jwtToken":"a.b.c"}', '{"id":"1","jwtToken":"a.e30.c"}', '<html>']) {
    test(`sign nobody in: ${body}`, async () => {
      const device = await createDevice(app)
      const client = device.open()
      device.fate = () => new Response(body)
      await assert.rejects(client.signIn(logIn(ada)), { name: 'ApiError', code: 'unexpected_response' })
      await assert.rejects(client.restore(), { name: 'ApiError', code: 'unexpected_response' })
      assert.equal(client.session.status, 'unknown')
    })
  }

  test('are errors of calls, too: a portal’s page with 200, and what breaks off', async () => {
    const { device, client } = await signedIn()
    device.fate = () => new Response('<html>', { headers: { 'content-type': 'text/html' } })
    await assert.rejects(me(client), { name: 'ApiError', code: 'unexpected_response', status: 200 })
    device.fate = () => 'cut off'
    await assert.rejects(me(client), NetworkError)
  })

  test('are asked of nobody else: credentials do not follow a redirect', async () => {
    const device = await createDevice(app)
    const client = device.open()
    const redirects = new Set<string>()
    device.fate = ({ redirect }) => {
      redirects.add(redirect)
      return 'pass'
    }
    await client.signIn(logIn(ada))
    await client.signOut()
    assert.deepEqual([...redirects], ['error'])
  })
})

suite('a page', () => {
  test('whose listeners throw is told, and its session goes on', async () => {
    const { client, events } = await signedIn()
    client.subscribe(() => {
      throw new Error('of the page')
    })
    mock.timers.enable({ apis: ['setTimeout'] })
    try {
      await client.signOut()
      assert.throws(() => mock.timers.tick(0), /of the page/)
    } finally {
      mock.timers.reset()
    }
    assert.deepEqual([client.session.status, events.at(-1)], ['signedOut', 'signedOut'])
  })

  test('hears nothing of tabs that speak another language, and is not confused by them', async () => {
    const { device, client, events } = await signedIn()
    const unknown = device.open()
    const other = new BroadcastChannel(`guildhall 1 ${device.baseUrl}`)
    for (const news of [
      null,
      1,
      {},
      { kind: 'of a later version' },
      { kind: 'signedIn' },
      { kind: 'refreshed', account: {}, token: 'x' }
    ])
      other.postMessage(news)
    await sleep(50)
    assert.deepEqual([client.session.status, unknown.session.status, events.length], ['signedIn', 'unknown', 1])
    other.close()
  })

  test('to which the browser refuses locks and channels works alone', async () => {
    const { BroadcastChannel } = globalThis
    mock.method(navigator.locks, 'request', async () => {
      throw new DOMException('denied', 'SecurityError')
    })
    Reflect.set(globalThis, 'BroadcastChannel', undefined)
    try {
      const { client } = await signedIn()
      app.advance(LIFE)
      await me(client)
      await client.signOut()
    } finally {
      Reflect.set(globalThis, 'BroadcastChannel', BroadcastChannel)
      mock.restoreAll()
    }
  })

  test('looks again when it is asked to: what was lost of a sign-in is found', async () => {
    const device = await createDevice(app)
    const client = device.open()
    await client.restore()
    device.fate = ({ url }) => (url.endsWith('/authenticate') ? 'cut off' : 'pass')
    await assert.rejects(client.signIn(logIn(ada)), NetworkError)
    assert.equal(client.session.status, 'unknown')
    assert.equal((await client.restore()).status, 'signedIn')
  })

  test('that signs out twice at once does so once', async () => {
    const { device, client, events } = await signedIn()
    await Promise.all([client.signOut(), client.signOut()])
    assert.deepEqual([device.count('revoke-token'), events.length], [1, 2])
  })

  test('that was closed rests', async () => {
    const { device, client } = await signedIn()
    await me(client)
    client.close()
    device.requests.length = 0
    await age(LIFE + 1000, async () => await sleep(50))
    assert.deepEqual(device.requests, [])
  })
})

suite('a server', () => {
  test('has a client for each of its users, who do not hear of each other', async () => {
    const device = await createDevice(app)
    Reflect.deleteProperty(globalThis, 'document')
    try {
      const [adas, bobs] = [device.open(), device.open()]
      await adas.signIn(logIn(ada))
      await sleep(50)
      assert.deepEqual([adas.session.status, bobs.session.status], ['signedIn', 'unknown'])
    } finally {
      Reflect.set(globalThis, 'document', {})
    }
  })
})

suite('a base URL', () => {
  for (const baseUrl of [
    'http://UP.example',
    'http://p.example:80/',
    'http://q.example/a/../b',
    ' http://münchen.example'
  ]) {
    test(`is read as its requests are: ${baseUrl}`, async () => {
      const seen: (string | null)[] = []
      const client = createClient({
        baseUrl,
        storage: { get: () => null, set: () => {}, remove: () => {} },
        fetch: async input => {
          const request = new Request(input)
          seen.push(request.headers.get('authorization'))
          return Response.json(request.url.endsWith('/authenticate') ? { id: '1', jwtToken: TOKEN } : {})
        }
      })
      await client.signIn(logIn(ada))
      await client.api.GET('/accounts')
      assert.deepEqual(seen, [null, `Bearer ${TOKEN}`])
    })
  }

  test('that is none is refused at once', () => {
    assert.throws(() => createClient({ baseUrl: '/' }), TypeError) // where there is no page that it could be of
  })
})

const TOKEN = `x.${btoa(JSON.stringify({ iat: 1, exp: 900 }))}.x`
