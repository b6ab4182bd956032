import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createTestApp } from '../../support/app.ts'
import { createMember, PASSWORD, passwords } from '../../support/client.ts'
import { type Device, signIn } from '../../support/sessions.ts'

const app = await createTestApp()

async function recordsOf({ sessionId }: Device) {
  const rows = await app.db
    .selectFrom('audit_events')
    .selectAll()
    .where('session_id', '=', sessionId)
    .orderBy('id')
    .execute()
  return rows.map(({ event, detail, subject_id }) => ({ event, detail, subject_id }))
}

// ASVS V16.2.1
test('the trail says of a session whose it is, when it began, and why it ended', async () => {
  const member = await createMember(app)
  const device = await signIn(app, member.email)
  await member.put(`/${member.id}`, { currentPassword: PASSWORD, ...passwords('a new passphrase') })
  const [began, ended, ...more] = await recordsOf(device)
  assert.deepEqual([began?.event, ended?.event, more], ['login_succeeded', 'session_revoked', []])
  assert.deepEqual(JSON.parse(ended?.detail ?? ''), { reason: 'password_changed' })
  assert(began?.subject_id && ended?.subject_id?.equals(began.subject_id))
})

test('… and that it gave way to a new one', async () => {
  const { email } = await createMember(app)
  const device = await signIn(app, email)
  await signIn({ ...app, server: await app.another({ MAX_SESSIONS: '1' }) }, email)
  const detail = (await recordsOf(device)).find(({ event }) => event === 'session_revoked')?.detail
  assert.deepEqual(JSON.parse(detail ?? ''), { reason: 'MAX_SESSIONS' })
})
