import assert from 'node:assert/strict'
import { test } from 'node:test'
import { DAY } from '../../../src/clock.ts'
import { createTestApp } from '../../support/app.ts'
import { type Client, createClient, createMember } from '../../support/client.ts'
import { patiently } from '../../support/patiently.ts'
import { countAdmins, setAccount } from '../../support/rows.ts'

// The last Admin stays.
const ROUNDS = 20

const app = await createTestApp()

const members: Client[] = []

/** Those of the members of earlier rounds that are left, and new ones: nobody else is Admin. */
async function onlyAdmins(count: number): Promise<Client[]> {
  await app.db
    .updateTable('accounts')
    .set({ role: 'User', verified_at: app.now(), suspended_at: null, suspended_until: null })
    .execute()
  const left = new Set((await app.db.selectFrom('accounts').select('email').execute()).map(row => row.email))
  members.splice(0, members.length, ...members.filter(({ email }) => left.has(email)))
  while (members.length < count) {
    const some = Array.from({ length: Math.min(5, count - members.length) }, () => createMember(app))
    members.push(...(await Promise.all(some)))
  }
  const admins = members.slice(0, count)
  const emails = admins.map(({ email }) => email)
  await app.db.updateTable('accounts').set({ role: 'Admin' }).where('email', 'in', emails).execute()
  return admins
}

test('the last Admin can neither be demoted nor deleted, and another change is fine', async () => {
  const [admin] = await onlyAdmins(1)
  assert.ok(admin)
  for (const answer of [
    await admin.put(`/${admin.id}`, { role: 'User', title: 'Dr' }),
    await admin.delete(`/${admin.id}`)
  ]) {
    assert.deepEqual([answer.status, answer.body.code], [409, 'last_admin'])
  }
  const { body } = await admin.get(`/${admin.id}`)
  assert.deepEqual([body.role, body.title], ['Admin', 'Ms'])
  assert.equal((await admin.put(`/${admin.id}`, { role: 'Admin', title: 'Dr' })).body.title, 'Dr')
})

test('an Admin who cannot act does not count: unverified or suspended', async () => {
  const tomorrow = new Date(app.now().getTime() + DAY)
  for (const away of [
    { verified_at: null },
    { suspended_at: app.now() },
    { suspended_at: app.now(), suspended_until: tomorrow }
  ]) {
    const [admin, absent] = await onlyAdmins(2)
    assert.ok(admin && absent)
    await setAccount(app, absent.email, away)
    assert.equal((await admin.delete(`/${admin.id}`)).body.code, 'last_admin')
    assert.equal((await admin.put(`/${admin.id}`, { role: 'User' })).body.code, 'last_admin')
    // The absent one may go: that leaves an Admin.
    assert.equal((await admin.delete(`/${absent.id}`)).status, 200)
  }
})

test('an Admin whose suspension has ended by itself counts', async () => {
  const [admin, back] = await onlyAdmins(2)
  assert.ok(admin && back)
  await setAccount(app, back.email, { suspended_at: app.now(), suspended_until: app.now() })
  assert.equal((await admin.delete(`/${admin.id}`)).status, 200)
})

const leave = {
  demotion: (admin: Client) => admin.put(`/${admin.id}`, { role: 'User' }),
  deletion: (admin: Client) => admin.delete(`/${admin.id}`)
}

for (const [first, second] of [
  ['demotion', 'demotion'],
  ['deletion', 'deletion'],
  ['demotion', 'deletion']
] as const) {
  test(`of two Admins who leave at once by ${first} and ${second}, one stays`, async () => {
    for (let round = 0; round < ROUNDS; round++) {
      const [a, b] = await onlyAdmins(2)
      assert.ok(a && b)
      const answers = await Promise.all([leave[first](a), leave[second](b)])
      assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 409])
      assert.equal(await countAdmins(app), 1)
    }
  })
}

test('of two Admins who remove each other at once, one stays', async () => {
  for (let round = 0; round < ROUNDS; round++) {
    const [a, b] = await onlyAdmins(2)
    assert.ok(a && b)
    const answers = await Promise.all([a.delete(`/${b.id}`), b.put(`/${a.id}`, { role: 'User' })])
    assert.ok(
      answers.every(({ status }) => [200, 401, 403, 404, 409].includes(status)),
      JSON.stringify(answers)
    )
    assert.equal(await countAdmins(app), 1)
  }
})

// ASVS V2.3.5, V15.4.2
test('of ten Admins who leave at once, one stays', async () => {
  const admins = await onlyAdmins(10)
  const answers = await Promise.all(admins.map((admin, i) => (i % 2 ? leave.demotion(admin) : leave.deletion(admin))))
  assert.equal(answers.filter(({ status }) => status === 200).length, 9)
  assert.equal(await countAdmins(app), 1)
})

// ASVS V2.3.4
// ASVS V2.3.5
test('of fifty Admins who demote, delete and suspend each other and themselves at once, over two servers, somebody stays', async t => {
  const servers = [app.server, await app.another()]
  const acts = [
    (by: Client, of: Client) => by.put(`/${of.id}`, { role: 'User' }),
    (by: Client, of: Client) => by.delete(`/${of.id}`),
    (by: Client, of: Client) => by.put(`/${of.id}/suspension`, { reason: 'race' }),
    (by: Client, of: Client) =>
      by.put(`/${of.id}/suspension`, { reason: 'race', until: new Date(app.now().getTime() + DAY).toISOString() })
  ]
  // Each himself; then each another one, all of them in one ring, in pairs, or himself.
  const others = (n: number) => [(n + 3) % 50, 49 - n, n][n % 3] ?? n
  for (const [round, targets] of [(n: number) => n, others].entries()) {
    const admins = await onlyAdmins(50)
    // The round before has ended sessions.
    for (const admin of admins) if ((await admin.get(`/${admin.id}`)).status === 401) await admin.logIn(admin.email)
    const clients = admins.map(({ token }, n) => Object.assign(createClient(servers[n % 2] ?? app.server), { token }))
    let shed = 0
    const answers = await Promise.all(
      clients.map((by, n) => {
        const act = acts[(n + round) % acts.length] ?? assert.fail()
        return patiently(
          () => act(by, admins[targets(n)] ?? by),
          () => shed++
        )
      })
    )
    const outcomes = Object.groupBy(answers, ({ status, body }) => `${status} ${body.code ?? ''}`)
    const counts = Object.entries(outcomes).map(([outcome, list]) => `${list?.length} × ${outcome.trim()}`)
    t.diagnostic(`${counts.join(', ')} (${shed} asked again after a 503)`)
    assert(shed < 50, 'those who leave must not lock each other out')
    const fair = ['200', '401 session_revoked', '403 forbidden', '404 account_not_found', '409 last_admin']
    assert.deepEqual(
      Object.keys(outcomes).filter(outcome => !fair.includes(outcome.trim())),
      []
    )
    const active = await app.db
      .selectFrom('accounts')
      .select('id')
      .where('role', '=', 'Admin')
      .where('suspended_at', 'is', null)
      .where('verified_at', 'is not', null)
      .execute()
    assert.ok(active.length >= 1, 'somebody can administer the members')
  }
})
