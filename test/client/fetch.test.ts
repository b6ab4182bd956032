import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { mock, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { createClient, ok } from '../../client/index.ts'
import { createTestApp } from '../support/app.ts'
import { createMember, PASSWORD } from '../support/client.ts'
import { eventually } from '../support/eventually.ts'
import { createDevice } from './device.ts'

const app = await createTestApp({ ACCESS_TOKEN_TTL: '61s' })
const ada = await createMember(app)
const bob = await createMember(app)
const REFRESH = 'POST /accounts/refresh-token'
const logIn = ({ email }: { email: string }) => ({ email, password: PASSWORD })

test('the access token goes to the API, and nowhere else; an Authorization of one’s own stays', async () => {
  const seen: (string | null)[] = []
  const device = await createDevice(app)
  const client = device.open()
  await client.signIn(logIn(ada))
  device.fate = request => {
    seen.push(request.headers.get('authorization'))
    return new Response('{}')
  }
  const host = device.baseUrl
  for (const url of ['https://elsewhere.example/accounts', `${host}.evil.example/accounts`, `${host}:81/accounts`])
    await client.fetch(url)
  assert.deepEqual(seen.splice(0), [null, null, null])
  await client.fetch(`${host}/own-route`, { headers: { authorization: 'Basic eDp5' } })
  await client.fetch(`${host}/own-route?page=1`)
  await client.fetch(`${host}/events/42/register`)
  assert.deepEqual(
    seen.map(header => header?.slice(0, 7)),
    ['Basic e', 'Bearer ', 'Bearer ']
  )
})

test('routes that take no bearer get none: as many as the OpenAPI document knows', async () => {
  const { paths }: { paths: Record<string, Record<string, { security?: Record<string, unknown>[] }>> } = JSON.parse(
    readFileSync(new URL('../../docs/openapi.json', import.meta.url), 'utf8')
  )
  const seen = new Map<string, string | null>()
  const device = await createDevice(app)
  const client = device.open()
  await client.signIn(logIn(ada))
  device.fate = request => {
    seen.set(`${request.method} ${request.url}`, request.headers.get('authorization'))
    return new Response('{}')
  }
  let operations = 0
  for (const [path, methods] of Object.entries(paths)) {
    for (const [method, { security = [] }] of Object.entries(methods)) {
      const url = `${device.baseUrl}${path.replace(/{\w+}/g, ada.id)}`
      await client.fetch(url, { method: method.toUpperCase() })
      const needsBearer = security.length === 1 && 'bearer' in (security[0] ?? {})
      assert.equal(seen.get(`${method.toUpperCase()} ${url}`) !== null, needsBearer, `${method} ${path}`)
      operations++
    }
  }
  assert(operations > 25)
})

test('what Ada asked for is not done as Bob, who signed in in another tab meanwhile', async () => {
  const device = await createDevice(app)
  const [adas, bobs] = [device.open(), device.open()]
  await adas.signIn(logIn(ada))
  await bobs.restore()
  await sleep(50) // until the tabs have told each other
  const names: string[] = []
  adas.on('signedIn', account => names.push(account.email))
  const swapped: Promise<unknown>[] = []
  device.fate = request => {
    if (request.method !== 'PUT') return 'pass'
    swapped.push(bobs.signIn(logIn(bob))) // begins before Ada's tab can refresh
    return Response.json({}, { status: 401 })
  }
  const body = { firstName: 'Augusta' }
  const saving = ok(adas.api.PUT('/accounts/{id}', { params: { path: { id: ada.id } }, body }))
  await assert.rejects(saving, { code: 'session_revoked', message: 'Somebody else has signed in meanwhile.' })
  await Promise.all(swapped)
  assert.equal(device.count('PUT'), 1)
  await eventually(() => names.includes(bob.email))
  device.fate = () => 'pass'
  await ok(adas.api.GET('/accounts/{id}', { params: { path: { id: bob.id } } }))
})

test('a token in use is exchanged ahead of its end without being asked; one that nobody uses may end', async () => {
  const device = await createDevice(app)
  const unused = await createDevice(app)
  const [busy, idle] = [device.open(), unused.open()]
  mock.timers.enable({ apis: ['setTimeout'] })
  try {
    await busy.signIn(logIn(ada))
    await idle.signIn(logIn(bob))
    await ok(busy.api.GET('/accounts/{id}', { params: { path: { id: ada.id } } }))
    const before = performance.now
    mock.method(performance, 'now', () => before.call(performance) + 60_000)
    mock.timers.tick(60_000)
  } finally {
    mock.timers.reset()
  }
  await eventually(() => device.count(`${REFRESH} 200`) === 1)
  await sleep(50)
  assert.deepEqual([device.count(REFRESH), unused.count(REFRESH)], [1, 0])
  mock.restoreAll()
})

test('a service of one’s own gets an access token that is good for a while, and a visitor none', async () => {
  const device = await createDevice(app)
  const client = device.open()
  assert.equal(await client.accessToken(), undefined)
  await client.signIn(logIn(ada))
  const token = await client.accessToken()
  const answer = await app.server.inject({ url: `/accounts/${ada.id}`, headers: { authorization: `Bearer ${token}` } })
  assert.equal(answer.statusCode, 200)
})

test('in a program it needs no tabs, and keeps no process from its end', async () => {
  const { spawnSync } = await import('node:child_process')
  const index = new URL('../../client/index.ts', import.meta.url).href
  const program = `
    const { createClient } = await import(${JSON.stringify(index)})
    const client = createClient({ baseUrl: 'http://127.0.0.1:1' })
    await client.restore().catch(error => console.log(error.name))`
  const { stdout, status } = spawnSync(process.execPath, ['--input-type=module', '-e', program], {
    encoding: 'utf8',
    timeout: 10_000
  })
  assert.deepEqual([stdout.trim(), status], ['NetworkError', 0])
  assert.equal(createClient({ baseUrl: 'http://127.0.0.1:1/' }).session.status, 'unknown')
})
