import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { idToText } from '../../../src/ids.ts'
import { createTestApp } from '../../support/app.ts'
import { runCli } from '../../support/cli.ts'
import { type Client, createMember, registration } from '../../support/client.ts'
import { eventually } from '../../support/eventually.ts'
import { followPages } from '../../support/pages.ts'
import { outboxRow } from '../../support/rows.ts'
import { undeliveredMail } from './put-mail.ts'
import { refusal } from './smtp.ts'

const PATH = '//undelivered-mail'
const LET_IN = 100 // ms: until a request is past the guard
const NOBODY = '0199d6a0-5f2b-7c41-9a3e-8d6b1f0c2e47'

const app = await createTestApp()
const admin = await createMember(app, { role: 'Admin' })
const user = await createMember(app)
const { put, park, clear, find: mailOf } = undeliveredMail(app)
const retry = (client: Client, id: string) => client.delete(`${PATH}/${id}/parking`)
const pages = (query: Record<string, string> = {}) => followPages(admin, PATH, query, answer => answer.mails())

test('a mail that was refused for good is seen by an Admin, tried again, and arrives', async () => {
  const email = 'full@example.com'
  app.mail.refuse = () => refusal(550)
  await user.post('/register', registration(email))
  const parked = await eventually(async () => (await pages({ state: 'parked' })).find(({ to }) => to === email))
  const row = await outboxRow(app, email)
  assert.deepEqual(parked, {
    id: idToText(row.id),
    to: email,
    template: 'verify-email',
    locale: 'en',
    state: 'parked',
    attempts: 1,
    created: row.created_at.toISOString(),
    nextTry: null,
    parked: row.parked_at?.toISOString(),
    lastError: row.last_error
  })
  assert.match(parked.lastError ?? '', /550|refused/)

  app.mail.refuse = undefined
  const answer = await retry(admin, parked.id)
  assert.deepEqual([answer.status, answer.body.message], [200, 'The mail is not parked.'])
  const token = await app.mail.secret(email)
  assert.equal((await user.post('/verify-email', { token })).status, 200)
  assert.deepEqual(await eventually(async () => (await pages()).length === 0 && []), [])
})

test('a mail that is tried again leaves at once, before the worker looks by itself', async () => {
  await clear()
  for (const email of ['soon1@example.com', 'soon2@example.com', 'soon3@example.com']) {
    const id = await park(email, app.now())
    const began = performance.now()
    await retry(admin, id)
    await app.mail.next(email)
    assert.ok(performance.now() - began < 1000, 'the worker was not woken')
  }
})

test('to try again what is not parked changes nothing: twice, under way, or delivered', async () => {
  await clear()
  const waiting = await put('waiting@example.com')
  const sent = await put('sent@example.com', { sent_at: app.now(), due_at: null })
  for (const id of [waiting, sent]) {
    const before = await mailOf(id)
    for (let i = 0; i < 2; i++) assert.equal((await retry(admin, id)).status, 200)
    assert.deepEqual(await mailOf(id), before)
  }
  const parked = await park('twice@example.com', app.now())
  app.mail.refuse = () => refusal(450)
  const answers = await Promise.all(Array.from({ length: 5 }, () => retry(admin, parked)))
  assert.deepEqual(new Set(answers.map(({ status }) => status)), new Set([200]))
  const events = await app.db.selectFrom('audit_events').selectAll().where('event', '=', 'mail_retried').execute()
  assert.equal(events.filter(({ detail }) => detail?.includes(parked)).length, 1, 'done once, recorded once')
  await eventually(async () => (await mailOf(parked)).owner === null && (await mailOf(parked)).attempts === 1)
  app.mail.refuse = undefined
})

test('who had which mail tried again is in the trail, without the address, also from the command line', async () => {
  await clear()
  app.mail.refuse = () => refusal(550)
  const [one, two, three] = [await park('a@example.com', app.now()), await park('b@example.com', app.now()), NOBODY]
  await retry(admin, one)
  await eventually(async () => (await mailOf(one)).parked_at)
  await runCli(app.config, 'outbox', 'retry', two)
  await assert.rejects(runCli(app.config, 'outbox', 'retry', three), { code: 1 })
  const events = (await admin.get('//events?event=mail_retried&limit=2')).events()
  assert.deepEqual(
    events.map(({ actorId, subjectId, requestId, detail }) => [actorId, subjectId, requestId?.length, detail]),
    [
      [null, null, 'cli outbox retry'.length, { mail: two, template: 'role-changed' }],
      [admin.id, null, 36, { mail: one, template: 'role-changed' }]
    ]
  )
  assert.equal(app.events.at(-1)?.event, 'mail_retried', 'a host is told')
  app.mail.refuse = undefined
})

test('ids that are none, or of no mail, are 404 whatever they are made of', async () => {
  const hostile = ['x', NOBODY, admin.id, '%00', '%F0%9F%98%80', '..%2f..', "'%20or%201=1", '%ff', '%E2%80%AE']
  for (const id of hostile) {
    const { status, body } = await retry(admin, id)
    const expected = id === '%ff' ? [400, 'malformed_request'] : [404, 'mail_not_found']
    assert.deepEqual([status, body.code], expected, id)
  }
})

test('an Admin who is none any more when the request comes to its act changes nothing', async () => {
  await clear()
  const other = await createMember(app, { role: 'Admin' })
  const parked = await park('late@example.com', app.now())
  // The guard has let the request in; its transaction waits for the Admin's row.
  const trx = await app.db.startTransaction().execute()
  await trx.updateTable('accounts').set({ role: 'User' }).where('email', '=', other.email).execute()
  const answer = retry(other, parked)
  await sleep(LET_IN)
  await trx.commit().execute()
  assert.deepEqual([(await answer).status, (await answer).body.code], [403, 'forbidden'])
  assert.ok((await mailOf(parked)).parked_at)
})
