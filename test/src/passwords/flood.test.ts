import assert from 'node:assert/strict'
import { availableParallelism } from 'node:os'
import { test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { HASH_COST } from '../../../src/passwords/hasher.ts'
import { createTestApp } from '../../support/app.ts'
import { createClient, createMember, PASSWORD } from '../../support/client.ts'

// argon2id behind a bulkhead. ASVS V2.4.1
// A quarter of what hashes cost elsewhere: dear enough to queue.
// What holds a flood that limits let through: one from many addresses, for many accounts.
const app = await createTestApp(
  { RATE_LIMIT: 'off' },
  { hashCost: { ...HASH_COST, timeCost: 1, memoryCost: HASH_COST.memoryCost / 2 } }
)
const member = await createMember(app)
const reader = await createMember(app)
const client = createClient(app.server)

// ASVS V15.2.2, V15.4.4
test('of 500 logins at once each is answered, those that do not fit with 503; health and reads do not wait for them', async t => {
  let open = true
  const flood = Promise.all(
    Array.from({ length: 500 }, (_, i) => createClient(app.server).logIn(member.email, i % 2 ? PASSWORD : `wrong ${i}`))
  ).finally(() => {
    open = false
  })
  const times: Record<string, number[]> = { health: [], read: [] }
  while (open) {
    for (const [what, ask] of [
      ['health', () => client.get('//health/live')],
      ['read', () => reader.get(`/${reader.id}`)]
    ] as const) {
      const started = performance.now()
      assert.equal((await ask()).status, 200)
      times[what]?.push(performance.now() - started)
    }
    await sleep(5) // ms: a reader, not a second flood
  }
  const answers = await flood
  const count = Object.groupBy(answers, ({ status }) => String(status))
  for (const [what, values] of Object.entries(times)) {
    const p99 = values.sort((a, b) => a - b)[Math.floor(values.length * 0.99)] ?? 0
    t.diagnostic(`${what}: p99 ${p99.toFixed(1)} ms of ${values.length} in the flood`)
    assert(values.length > 50, `${what}: answered ${values.length} times while hashes waited`)
  }
  t.diagnostic(
    Object.entries(count)
      .map(([status, list]) => `${status}: ${list?.length}`)
      .join(', ')
  )
  assert.deepEqual(
    Object.keys(count).filter(status => !['200', '401', '503'].includes(status)),
    []
  )
  for (const { body, headers } of count['503'] ?? []) {
    assert.equal(body.code, 'busy')
    assert.ok(Number(headers['retry-after']) >= 1)
  }
  assert.ok(count['200'] && count['401'])
  // 129 for each core fit: on few cores some must have been turned away.
  if (availableParallelism() <= 3) assert.ok(count['503'])
  assert.equal((await client.logIn(member.email)).status, 200, 'afterwards there is room')
})

test('a damaged stored hash is a wrong password, never a 5xx', async () => {
  const damaged = ['x', '', '$argon2id$v=19$m=19456,t=2,p=1$AA$AA', '$argon2id$v=19$m=0,t=0,p=0,keyid=AAAAAA$AA$AA']
  const { password_hash } = await app.db
    .selectFrom('accounts')
    .select('password_hash')
    .where('email', '=', member.email)
    .executeTakeFirstOrThrow()
  damaged.push(String(password_hash).slice(0, -20), String(password_hash).replace(/m=\d+/, 'm=4294967295'))
  for (const hash of damaged) {
    await app.db.updateTable('accounts').set({ password_hash: hash }).where('email', '=', member.email).execute()
    const answer = await client.logIn(member.email)
    assert.deepEqual([answer.status, answer.body.code], [401, 'invalid_credentials'], hash)
  }
})

test('a hash under an older pepper is renewed at login, and the old SECRET can go afterwards', async () => {
  const rotating = await createMember(app)
  const stored = () =>
    app.db.selectFrom('accounts').select('password_hash').where('email', '=', rotating.email).executeTakeFirstOrThrow()
  const before = await stored()
  const SECRET = Buffer.from(crypto.getRandomValues(new Uint8Array(48))).toString('base64')
  const rotated = await app.another({ SECRET: `${SECRET},${app.config.SECRET}` })
  assert.equal((await createClient(rotated).logIn(rotating.email, 'not the password')).status, 401)
  assert.deepEqual(await stored(), before)
  assert.equal((await createClient(rotated).logIn(rotating.email)).status, 200)
  assert.notDeepEqual(await stored(), before)
  const after = await app.another({ SECRET })
  assert.equal((await createClient(after).logIn(rotating.email)).status, 200)
})
