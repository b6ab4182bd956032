import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { after, test } from 'node:test'
import { generateSigningKey } from '../../src/tokens/signing-keys.ts'
import { startChild } from '../support/child.ts'
import { PASSWORD, registration } from '../support/client.ts'
import { createTestDatabase } from '../support/database.ts'
import { eventually } from '../support/eventually.ts'
import { startMailServer } from '../support/mail.ts'

// Two processes, as behind a balancer: started at the same moment on an empty database.
const database = await createTestDatabase({ migrated: false })
const mail = await startMailServer()
const config = {
  DATABASE_URL: database.url,
  SMTP_URL: mail.url,
  JWT_PRIVATE_KEYS: generateSigningKey(),
  SECRET: randomBytes(48).toString('base64'),
  PUBLIC_URL: 'http://localhost:3000'
}
const [one, two] = await Promise.all([startChild(config), startChild(config)])
after(async () => {
  await Promise.all([one.kill(), two.kill()])
  await mail.stop()
  await database.destroy()
})

async function ask(server: { url: string }, method: string, path: string, { body, jwt, cookie }: Sent = {}) {
  const response = await fetch(`${server.url}/accounts${path}`, {
    method,
    ...(body ? { body: JSON.stringify(body) } : {}),
    headers: {
      ...(body ? { 'content-type': 'application/json' } : {}),
      ...(jwt ? { authorization: `Bearer ${jwt}` } : {}),
      ...(cookie ? { cookie: `__Host-refresh=${cookie}` } : {})
    }
  })
  return {
    status: response.status,
    body: JSON.parse(await response.text()),
    cookie: /__Host-refresh=([^;]*)/.exec(response.headers.get('set-cookie') ?? '')?.[1]
  }
}

interface Sent {
  body?: object
  jwt?: string
  cookie?: string | undefined
}

test('both come up, and the schema was made once', async () => {
  const rows = await database.db.selectFrom('claims').select('name').execute()
  assert(!rows.some(({ name }) => name === 'migrations'), 'the lock was given back')
  for (const { url } of [one, two]) assert.equal((await fetch(`${url}/health/ready`)).status, 200)
})

test('what a member does at one holds at the other at once', async () => {
  const email = 'both@example.com'
  assert.equal((await ask(one, 'POST', '/register', { body: registration(email) })).status, 200)
  const token = await mail.secret(email)
  assert.equal((await ask(two, 'POST', '/verify-email', { body: { token } })).status, 200)
  assert.match((await ask(one, 'POST', '/verify-email', { body: { token } })).body.message, /verified already/)
  const login = await ask(one, 'POST', '/authenticate', { body: { email, password: PASSWORD } })
  const jwt: string = login.body.jwtToken
  const path = `/${login.body.id}`
  assert.equal((await ask(two, 'GET', path, { jwt })).body.email, email)
  const refreshed = await ask(two, 'POST', '/refresh-token', { body: {}, cookie: login.cookie })
  assert.equal(refreshed.status, 200)
  assert.equal((await ask(one, 'GET', path, { jwt: refreshed.body.jwtToken })).status, 200)
  assert.equal((await ask(one, 'POST', '/revoke-token', { body: {}, cookie: refreshed.cookie })).status, 200)
  assert.equal((await ask(two, 'GET', path, { jwt: refreshed.body.jwtToken })).body.code, 'session_revoked')
  const late = await ask(two, 'POST', '/refresh-token', { body: {}, cookie: refreshed.cookie })
  assert.equal(late.body.code, 'session_revoked')
})

test('each mail of either is sent once', async () => {
  const addresses = Array.from({ length: 4 }, (_, index) => `shared${index}@example.com`)
  await Promise.all(
    addresses.map((email, i) => ask(i % 2 ? one : two, 'POST', '/register', { body: registration(email) }))
  )
  await eventually(async () => {
    const waiting = await database.db.selectFrom('outbox').select('id').where('sent_at', 'is', null).execute()
    return waiting.length === 0
  })
  assert.deepEqual(
    addresses.map(address => mail.received.filter(({ to }) => to === address).length),
    addresses.map(() => 1)
  )
})
