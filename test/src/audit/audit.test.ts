import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import type { AccountEvent } from '../../../src/audit/audit.ts'
import { idFromText, idToText } from '../../../src/ids.ts'
import { createTestApp } from '../../support/app.ts'
import { type Client, createClient, createMember, PASSWORD, passwords, registration } from '../../support/client.ts'
import { eventually } from '../../support/eventually.ts'

const app = await createTestApp()
const admin = await createMember(app, { role: 'Admin' })
const eventsOf = (subject: string) =>
  app.db
    .selectFrom('audit_events')
    .selectAll()
    .where('subject_id', '=', idFromText(subject) ?? null)
    .orderBy('id')
    .execute()
const told = (subject: string) => app.events.filter(({ subjectId }) => subjectId === subject).map(({ event }) => event)

/** The events that an act on a member adds to the trail, which listeners were told of, too. */
async function traceOf(member: Client, act: () => Promise<unknown>): Promise<string[]> {
  const before = { trail: (await eventsOf(member.id)).length, told: told(member.id).length }
  await act()
  const trail = (await eventsOf(member.id)).slice(before.trail).map(({ event }) => event)
  await eventually(() => told(member.id).length - before.told >= trail.length)
  assert.deepEqual(told(member.id).slice(before.told), trail)
  return trail
}

// ASVS V16.3.1
test('every act writes its event', async () => {
  const member = await createMember(app)
  const born = (await eventsOf(member.id)).map(({ event }) => event)
  assert.deepEqual(born, ['registration_started', 'email_verified', 'login_succeeded'])
  const acts: [string[], () => Promise<unknown>][] = [
    [['login_failed'], () => createClient(app.server).logIn(member.email, 'wrong password')],
    [['login_succeeded'], () => member.logIn(member.email)],
    [['registration_started'], () => createClient(app.server).post('/register', registration(member.email))],
    [['account_updated'], () => member.put(`/${member.id}`, { firstName: 'Grace' })],
    [[], () => member.put(`/${member.id}`, { firstName: 'Grace' })],
    [['email_change_requested'], () => member.put(`/${member.id}`, { email: 'new.audit@example.com' })],
    [
      ['session_revoked', 'email_changed'], // the session that asked goes on, the older one ends
      async () => member.post('/verify-email', { token: await app.mail.secret('new.audit@example.com') })
    ],
    [['verification_resent'], () => member.post('/resend-verification', { email: 'new.audit@example.com' })],
    [
      ['code_refused'],
      () => member.post('/validate-reset-token', { email: 'new.audit@example.com', code: '00000000' })
    ],
    [['password_reset_requested'], () => member.post('/forgot-password', { email: 'new.audit@example.com' })],
    [
      ['session_revoked', 'password_reset'],
      async () => {
        const token = await app.mail.secret('new.audit@example.com', /password/i)
        const password = `${PASSWORD} two`
        await member.post('/reset-password', { token, ...passwords(password) })
      }
    ],
    [['login_succeeded'], () => member.logIn('new.audit@example.com', `${PASSWORD} two`)],
    [['session_revoked'], () => member.post('/revoke-token')],
    [[], () => member.post('/revoke-token')],
    [['account_updated'], () => admin.put(`/${member.id}`, { role: 'Admin' })],
    [['account_deleted'], () => admin.delete(`/${member.id}`)]
  ]
  for (const [expected, act] of acts) assert.deepEqual(await traceOf(member, act), expected, act.toString())
})

// ASVS V16.2.1, V8.3.3
test('an event says who, whom, when, from where and what, without secrets', async () => {
  const member = await createMember(app)
  const headers = { 'user-agent': 'audit test', 'x-canary': 'canary' }
  await admin.put(
    `/${member.id}`,
    { lastName: 'Hopper', ...passwords('a very new passphrase'), currentPassword: PASSWORD },
    { headers }
  )
  const events = await eventsOf(member.id)
  const updated = events.find(({ event }) => event === 'account_updated')
  assert.ok(updated?.actor_id && updated.subject_id && updated.session_id)
  assert.deepEqual([idToText(updated.actor_id), idToText(updated.subject_id)], [admin.id, member.id])
  assert.deepEqual([updated.ip, updated.user_agent], ['127.0.0.1', 'audit test'])
  assert.ok(Math.abs(updated.at.getTime() - app.now().getTime()) < 5000)
  assert.deepEqual(JSON.parse(updated.detail ?? ''), {
    before: { last_name: 'Lovelace' },
    after: { last_name: 'Hopper' }
  })
  assert.doesNotMatch(JSON.stringify(events), /passphrase|argon2|canary/)
  const heard = app.events.findLast(({ event, subjectId }) => event === 'account_updated' && subjectId === member.id)
  assert.deepEqual(heard, {
    id: idToText(updated.id),
    at: updated.at.toISOString(),
    event: 'account_updated',
    actorId: admin.id,
    subjectId: member.id,
    requestId: updated.request_id
  })
})

// ASVS V2.3.3
test('no act without its event: when the event cannot be written, nothing happens and nobody is told', async () => {
  const member = await createMember(app)
  const heard = app.events.length
  const [mails] = await countMails()
  await sql`rename table audit_events to hidden`.execute(app.db)
  const answers = [
    await member.put(`/${member.id}`, { firstName: 'Nobody' }),
    await member.delete(`/${member.id}`),
    await createClient(app.server).post('/register', registration('unrecorded@example.com')),
    await createClient(app.server).post('/forgot-password', { email: member.email }),
    await createClient(app.server).post('/authenticate', { email: member.email, password: PASSWORD })
  ]
  await sql`rename table hidden to audit_events`.execute(app.db)
  assert.deepEqual(
    answers.map(({ status }) => status),
    [500, 500, 500, 500, 500]
  )
  assert.equal((await member.get(`/${member.id}`)).body.firstName, 'Ada')
  assert.equal(app.events.length, heard)
  assert.deepEqual(await countMails(), [mails])
  const found = await app.db.selectFrom('accounts').select('id').where('email', '=', 'unrecorded@example.com').execute()
  assert.deepEqual(found, [])
})

test('no event without its act: when the act fails after it was recorded, the record is gone with it', async () => {
  const member = await createMember(app)
  const heard = app.events.length
  await sql`rename table outbox to hidden`.execute(app.db)
  const asked = await createClient(app.server).post('/forgot-password', { email: member.email })
  await sql`rename table hidden to outbox`.execute(app.db)
  assert.equal(asked.status, 500)
  assert.doesNotMatch(JSON.stringify((await eventsOf(member.id)).map(({ event }) => event)), /password_reset_requested/)
  assert.equal(app.events.length, heard)
})

test('listeners hear of an event after its commit, and one that throws fails nothing', async () => {
  const seen: [AccountEvent['event'], boolean][] = []
  const committed = async (text: string) =>
    Boolean(
      await app.db
        .selectFrom('audit_events')
        .select('id')
        .where('id', '=', idFromText(text) ?? null)
        .executeTakeFirst()
    )
  for (const fail of ['throws', 'rejects']) {
    const server = await app.another(
      {},
      {
        onEvent(event) {
          if (fail === 'throws') throw new Error('a listener')
          return committed(event.id).then(found => {
            seen.push([event.event, found])
            throw new Error('a listener')
          })
        }
      }
    )
    const member = await createMember({ ...app, server })
    assert.ok(member.token, fail)
    if (fail === 'rejects') await eventually(() => seen.length === 3)
    await server.close()
  }
  assert.deepEqual(seen, [
    ['registration_started', true],
    ['email_verified', true],
    ['login_succeeded', true]
  ])
})

async function countMails(): Promise<number[]> {
  const rows = await app.db.selectFrom('outbox').select('id').execute()
  return [rows.length]
}
