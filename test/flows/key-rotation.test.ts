import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import type { FastifyInstance } from 'fastify'
import { MINUTE, SECOND } from '../../src/clock.ts'
import { readConfig } from '../../src/config.ts'
import { createContext } from '../../src/context.ts'
import { countPasswords, rotateKeys } from '../../src/keys/keys.ts'
import { PUBLISHED_FOR } from '../../src/tokens/rotation.ts'
import { generateSigningKey } from '../../src/tokens/signing-keys.ts'
import type { Answer } from '../support/answer.ts'
import { createTestApp, type TestApp, type TestConfig } from '../support/app.ts'
import { createClient, PASSWORD, registration } from '../support/client.ts'
import { eventually } from '../support/eventually.ts'
import { setAccount } from '../support/rows.ts'

// Keys change while two instances serve the same members, as behind a balancer. Whatever an instance
// made, the other one takes: over the whole run nobody honest hears 401.

interface Member {
  email: string
  id: string
  jwt: string
  refreshToken: string
}

/** Two instances on one database, of which one at a time is replaced, and the members who use both in turn. */
async function createPair(config: TestConfig) {
  const app = await createTestApp(config)
  const servers: [FastifyInstance, FastifyInstance] = [app.server, await app.another()]
  const members: Member[] = []
  const statuses: number[] = []
  let count = 0

  /** A request that must not be refused. */
  async function ask(server: FastifyInstance, method: 'GET' | 'POST', path: string, body?: object, jwt?: string) {
    const headers = jwt ? { authorization: `Bearer ${jwt}` } : {}
    const answer = await createClient(server).request(method, path, body, { headers })
    statuses.push(answer.status)
    assert.equal(answer.status, 200, `${method} ${path}: ${JSON.stringify(answer.body)}`)
    return answer
  }

  function take(member: Member, { body }: Answer): void {
    member.jwt = body.jwtToken ?? ''
    member.refreshToken = body.refreshToken ?? ''
  }

  async function logIn(server: FastifyInstance, email: string): Promise<Answer> {
    return await ask(server, 'POST', '/authenticate', { email, password: PASSWORD, refreshTokenDelivery: 'body' })
  }

  /** Signs up at one instance and follows the link at the other. */
  async function join(here: FastifyInstance, there: FastifyInstance): Promise<Member> {
    const email = `member${++count}@example.com`
    await ask(here, 'POST', '/register', registration(email))
    await ask(there, 'POST', '/verify-email', { token: await app.mail.secret(email) })
    const answer = await logIn(there, email)
    const member = { email, id: answer.body.id ?? '', jwt: '', refreshToken: '' }
    take(member, answer)
    if (members.length === 0) await setAccount(app, email, { role: 'Admin' })
    members.push(member)
    return member
  }

  /** Members use at both what either gave out. */
  async function use(active: readonly Member[]): Promise<void> {
    for (const member of active)
      for (const server of servers) await ask(server, 'GET', `/${member.id}`, undefined, member.jwt)
    for (const [index, server] of servers.entries()) {
      app.advance(11 * SECOND) // beyond REFRESH_GRACE a refresh gives a new token, and not the same one again
      for (const member of active) {
        take(member, await ask(server, 'POST', '/refresh-token', { refreshToken: member.refreshToken }))
        await ask(servers[1 - index] ?? server, 'GET', `/${member.id}`, undefined, member.jwt)
      }
    }
  }

  /** Pages of one instance lead on at the other. */
  async function page(admin: Member): Promise<void> {
    for (const [index, server] of servers.entries()) {
      const first = await ask(server, 'GET', '?limit=1', undefined, admin.jwt)
      const cursor = /cursor=([^&>]+)/.exec(String(first.headers.link))?.[1]
      assert(cursor)
      await ask(servers[1 - index] ?? server, 'GET', `?limit=1&cursor=${cursor}`, undefined, admin.jwt)
    }
  }

  return {
    app,
    servers,
    members,
    statuses,
    logIn,
    ask,
    /** Everything that keys protect, crosswise. */
    async visit({ logins = true } = {}): Promise<void> {
      const [here, there] = members.length % 2 === 0 ? servers : servers.toReversed()
      assert(here && there)
      await join(here, there)
      if (members.length === 1) await join(there, here) // two make a list of two pages
      await use(members.slice(-3))
      const [admin] = members
      assert(admin)
      take(admin, await logIn(here, admin.email))
      await page(admin)
      if (logins) for (const server of servers) for (const { email } of members.slice(-3)) await logIn(server, email)
    },
    async restart(index: 0 | 1, config: TestConfig = {}): Promise<void> {
      const leaving = servers[index]
      servers[index] = await app.another(config)
      await leaving.close()
    }
  }
}

const folder = mkdtempSync(join(tmpdir(), 'guildhall-rotation-'))
after(() => rmSync(folder, { recursive: true }))

// ASVS V13.3.4
test('signing keys rotate under two instances that restart in any order: no 401', async () => {
  const file = join(folder, 'keys.pem')
  writeFileSync(file, generateSigningKey())
  const pair = await createPair({ JWT_PRIVATE_KEYS: file })
  const config = readConfig(pair.app.config)
  const signers = new Set<unknown>()
  for (const [first, second] of [
    [0, 1],
    [1, 0],
    [0, 1]
  ] as const) {
    await pair.visit({ logins: false })
    const { done, keys } = await rotateKeys(config, pair.app.now, file, 'gently')
    assert.equal(done, signers.size === 0 ? 'announced' : 'rotated')
    signers.add(keys[0]?.kid)
    await pair.restart(first)
    await pair.visit({ logins: false })
    await pair.restart(second)
    pair.app.advance(PUBLISHED_FOR)
  }
  await pair.visit()
  assert.equal(signers.size, 3)
  assert.deepEqual(new Set(pair.statuses), new Set([200]))
})

test('after a leak the old access tokens are refused, and whoever refreshes stays signed in', async () => {
  const file = join(folder, 'leaked.pem')
  writeFileSync(file, generateSigningKey())
  const { app, servers, members, visit, restart, ask } = await createPair({ JWT_PRIVATE_KEYS: file })
  await visit()
  await rotateKeys(readConfig(app.config), app.now, file, 'leaked')
  for (const index of [0, 1] as const) await restart(index)
  for (const { id, jwt, refreshToken } of members.slice(-1)) {
    const headers = { authorization: `Bearer ${jwt}` }
    assert.equal((await createClient(servers[0]).get(`/${id}`, { headers })).body.code, 'token_invalid')
    const { body } = await ask(servers[0], 'POST', '/refresh-token', { refreshToken })
    await ask(servers[1], 'GET', `/${id}`, undefined, body.jwtToken)
  }
})

const [old, young] = [randomBytes(48).toString('base64'), randomBytes(48).toString('base64')]
// The order of docs/keys.md: every instance knows the new secret before the first one uses it.
const STEPS: [instance: 0 | 1, secrets: string][] = [
  [0, `${old},${young}`],
  [1, `${old},${young}`],
  [1, `${young},${old}`],
  [0, `${young},${old}`]
]

// ASVS V13.3.4
test('SECRET rotates step by step under two instances, and the old one is dropped: no 401', async () => {
  const pair = await createPair({ SECRET: old })
  const { app, members } = pair
  await pair.visit({ logins: false })
  for (const [index, SECRET] of STEPS) {
    await pair.restart(index, { SECRET })
    await pair.visit({ logins: false })
  }
  // What is made from here on needs the new secret alone; what was made before, passwords apart, ends by itself.
  const counted = await count(app, `${young},${old}`)
  assert(counted.older > 0 && counted.current > 0 && counted.lost === 0)
  for (const { email } of members) await pair.logIn(pair.servers[0], email)
  assert.deepEqual(await count(app, `${young},${old}`), { current: members.length, older: 0, lost: 0 })
  for (const index of [0, 1] as const) {
    await pair.restart(index, { SECRET: young })
    await pair.visit()
  }
  assert.deepEqual(new Set(pair.statuses), new Set([200]))
})

test('a mail that waits for its server is written by an instance whose first secret is another', async () => {
  const pair = await createPair({ SECRET: old })
  const { mail } = pair.app
  await mail.stop()
  await pair.ask(pair.servers[0], 'POST', '/register', registration('late@example.com'))
  await eventually(async () => {
    const rows = await pair.app.db.selectFrom('outbox').select('attempts').execute()
    return rows.every(({ attempts }) => attempts > 0)
  }, 'the mail was tried in vain')
  for (const index of [0, 1] as const) await pair.restart(index, { SECRET: `${young},${old}` })
  await mail.start()
  pair.app.advance(MINUTE)
  await pair.ask(pair.servers[0], 'POST', '/register', registration('wake@example.com'))
  await pair.ask(pair.servers[1], 'POST', '/verify-email', { token: await mail.secret('late@example.com') })
  await pair.logIn(pair.servers[0], 'late@example.com')
})

test('who has not signed in since is lost with the old secret, is counted before, and gets in by a new password', async () => {
  const pair = await createPair({ SECRET: old })
  await pair.visit({ logins: false })
  const [member] = pair.members
  assert(member)
  await pair.restart(0, { SECRET: `${young},${old}` })
  assert.deepEqual(await count(pair.app, `${young},${old}`), { current: 0, older: 2, lost: 0 })
  await pair.restart(0, { SECRET: young })
  assert.deepEqual(await count(pair.app, young), { current: 0, older: 0, lost: 2 })
  const client = createClient(pair.servers[0])
  assert.equal((await client.logIn(member.email)).body.code, 'invalid_credentials')
  await pair.ask(pair.servers[0], 'POST', '/forgot-password', { email: member.email })
  const token = await pair.app.mail.secret(member.email, /password/i)
  const passwords = { password: PASSWORD, confirmPassword: PASSWORD }
  await pair.ask(pair.servers[0], 'POST', '/reset-password', { token, ...passwords })
  assert.equal((await client.logIn(member.email)).status, 200)
  assert.deepEqual(await count(pair.app, young), { current: 1, older: 0, lost: 1 })
})

test('the order matters: what a new secret makes, an instance that never heard of it refuses', async () => {
  const pair = await createPair({ SECRET: old })
  await pair.restart(0, { SECRET: `${young},${old}` })
  await assert.rejects(pair.visit({ logins: false }), /401/)
  assert.equal(pair.statuses.at(-1), 401)
})

async function count(app: TestApp, SECRET: string) {
  const config = readConfig({ ...app.config, SECRET })
  const ctx = createContext({ config, clock: app.now, db: app.db, secret: SECRET, onError: assert.ifError })
  try {
    return await countPasswords(ctx)
  } finally {
    ctx.hasher.close()
  }
}
