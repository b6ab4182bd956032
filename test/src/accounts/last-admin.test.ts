import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createTestApp } from '../../support/app.ts'
import { type Client, createMember } from '../../support/client.ts'
import { countAdmins, setAccount } from '../../support/rows.ts'

// The last Admin stays.
const ROUNDS = 20

const app = await createTestApp()

const members: Client[] = []

/** Those of the members of earlier rounds that are left, and new ones: nobody else is Admin. */
async function onlyAdmins(count: number): Promise<Client[]> {
  await app.db.updateTable('accounts').set({ role: 'User', verified_at: app.now(), suspended_at: null }).execute()
  const left = new Set((await app.db.selectFrom('accounts').select('email').execute()).map(row => row.email))
  members.splice(0, members.length, ...members.filter(({ email }) => left.has(email)))
  while (members.length < count) members.push(await createMember(app))
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
  for (const away of [{ verified_at: null }, { suspended_at: app.now() }]) {
    const [admin, absent] = await onlyAdmins(2)
    assert.ok(admin && absent)
    await setAccount(app, absent.email, away)
    assert.equal((await admin.delete(`/${admin.id}`)).body.code, 'last_admin')
    assert.equal((await admin.put(`/${admin.id}`, { role: 'User' })).body.code, 'last_admin')
    // The absent one may go: that leaves an Admin.
    assert.equal((await admin.delete(`/${absent.id}`)).status, 200)
  }
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
