import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createTestApp, type TestApp } from '../../support/app.ts'
import { createClient, createMember, passwords, registration } from '../../support/client.ts'
import { countAdmins } from '../../support/rows.ts'

// No accidental Admin.
const MEMBERS = 20

async function prove(app: TestApp, count: number, prefix: string, byReset = false): Promise<void> {
  const client = createClient(app.server)
  const emails = Array.from({ length: count }, (_, i) => `${prefix}${i}@example.com`)
  const secrets = new Map<string, string>()
  for (const email of emails) {
    await client.post('/register', registration(email))
    secrets.set(email, await app.mail.secret(email))
    if (!byReset) continue
    await client.post('/forgot-password', { email })
    secrets.set(email, await app.mail.secret(email))
  }
  const uses = [...secrets.values()].map(token =>
    byReset ? client.post('/reset-password', { token, ...passwords() }) : client.post('/verify-email', { token })
  )
  for (const { status } of await Promise.all(uses)) assert.equal(status, 200)
}

// ASVS V2.3.4
test('of twenty first members who verify at once exactly one becomes Admin, and nobody later', async () => {
  const app = await createTestApp({ FIRST_ACCOUNT_IS_ADMIN: 'true' })
  await prove(app, MEMBERS, 'first')
  assert.equal(await countAdmins(app), 1)
  await prove(app, 3, 'later')
  assert.equal(await countAdmins(app), 1)
  assert.equal(app.events.filter(({ event }) => event === 'first_admin_appointed').length, 1)
})

test('of twenty first members who prove their addresses by a reset link exactly one becomes Admin', async () => {
  const app = await createTestApp({ FIRST_ACCOUNT_IS_ADMIN: 'true' })
  await prove(app, MEMBERS, 'reset', true)
  assert.equal(await countAdmins(app), 1)
})

test('the right is spent for ever: not even when the first Admin is gone', async () => {
  const app = await createTestApp({ FIRST_ACCOUNT_IS_ADMIN: 'true' })
  await prove(app, 1, 'gone')
  await app.db.deleteFrom('accounts').execute()
  await prove(app, 2, 'heir')
  assert.equal(await countAdmins(app), 0)
})

// ASVS V6.3.2
test('nobody becomes Admin when it is off, and nobody by switching it on when there are members', async () => {
  const app = await createTestApp({ FIRST_ACCOUNT_IS_ADMIN: 'false' })
  const member = await createMember(app)
  assert.equal((await member.get(`/${member.id}`)).body.role, 'User')
  const switchedOn = await app.another({ FIRST_ACCOUNT_IS_ADMIN: 'true' })
  const stranger = await createMember({ ...app, server: switchedOn })
  assert.equal((await stranger.get(`/${stranger.id}`)).body.role, 'User')
})
