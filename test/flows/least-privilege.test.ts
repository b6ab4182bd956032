import assert from 'node:assert/strict'
import { test } from 'node:test'
import { systemClock } from '../../src/clock.ts'
import { migrate } from '../../src/mysql/migrate.ts'
import { createTestApp } from '../support/app.ts'
import { createClient, createMember, passwords, registration } from '../support/client.ts'
import { asAdmin } from '../support/database.ts'

const app = await createTestApp()
const account = `guildhall_${process.pid}`
const tables = (await asAdmin([`show tables from ${app.database.name}`])).map(([name]) => String(name))
await asAdmin([
  `create user '${account}'@'%' identified by 'only-rows'`,
  ...tables.map(table => {
    const rights = table === 'audit_events' ? 'select, insert, delete' : 'select, insert, update, delete' // the trail is never rewritten
    return `grant ${rights} on ${app.database.name}.${table} to '${account}'@'%'`
  })
])
const url = new URL(app.database.url)
url.username = account
url.password = 'only-rows'
const limited = { ...app, server: await app.another({ DATABASE_URL: url.href }) }

// ASVS V13.2.2, V16.4.2
test('the server needs no right but to read and write rows, and starts with it when the schema is up to date', async t => {
  t.after(() => asAdmin([`drop user '${account}'@'%'`]))
  assert.deepEqual((await migrate(url.href, { direction: 'up', clock: systemClock, log: () => {} })).done, [])
  const member = await createMember(limited)
  const admin = await createMember(limited, { role: 'Admin' })
  const nobody = createClient(limited.server)
  assert.equal((await member.refresh()).status, 200)
  assert.equal((await member.put(`/${member.id}`, { firstName: 'Augusta' })).status, 200)
  assert.equal((await nobody.post('/register', registration(member.email))).status, 200)
  assert.equal((await nobody.post('/forgot-password', { email: member.email })).status, 200)
  const token = await app.mail.secret(member.email, /password/i)
  assert.equal((await nobody.post('/reset-password', { token, ...passwords('another long passphrase') })).status, 200)
  assert.equal((await admin.get('/?q=member')).status, 200)
  assert.equal((await admin.delete(`/${member.id}`)).status, 200)
  assert.equal((await admin.post('/revoke-token')).status, 200)
})
