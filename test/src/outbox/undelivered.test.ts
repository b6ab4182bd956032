import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { HOUR, MINUTE } from '../../../src/clock.ts'
import { idFromText, idToText, newId } from '../../../src/ids.ts'
import type { OutboxMail } from '../../../src/outbox/table.ts'
import type { UndeliveredMail } from '../../support/answer.ts'
import { createTestApp } from '../../support/app.ts'
import { runCli } from '../../support/cli.ts'
import { type Client, createMember, registration } from '../../support/client.ts'
import { eventually } from '../../support/eventually.ts'
import { cursorOf, followPages } from '../../support/pages.ts'
import { outboxRow } from '../../support/rows.ts'
import { refusal } from './smtp.ts'

const PATH = '//undelivered-mail'
const LET_IN = 100 // ms: until a request is past the guard
const NOBODY = '0199d6a0-5f2b-7c41-9a3e-8d6b1f0c2e47'

const app = await createTestApp()
const admin = await createMember(app, { role: 'Admin' })
const user = await createMember(app)

/** A mail that no worker looks at within this test, in the database itself. */
async function put(recipient: string, more: Partial<OutboxMail> = {}): Promise<string> {
  const id = newId(app.now)
  const mail = {
    id,
    recipient,
    template: 'role-changed',
    locale: 'en',
    data: '{"canary":1}',
    secret: null,
    attempts: 3
  }
  const times = { due_at: new Date(app.now().getTime() + HOUR), created_at: app.now(), sent_at: null, parked_at: null }
  await app.db
    .insertInto('outbox')
    .values({ ...mail, ...times, owner: null, last_error: null, ...more })
    .execute()
  return idToText(id)
}

const park = (recipient: string, at: Date) => put(recipient, { parked_at: at, due_at: null, last_error: '550 no' })
const clear = () => app.db.deleteFrom('outbox').where('sent_at', 'is', null).execute()
const retry = (client: Client, id: string) => client.delete(`${PATH}/${id}/parking`)
const mailOf = async (id: string) => {
  const key = idFromText(id) ?? assert.fail(id)
  return await app.db.selectFrom('outbox').selectAll().where('id', '=', key).executeTakeFirstOrThrow()
}

const pages = (query: Record<string, string> = {}) => followPages(admin, PATH, query, answer => answer.mails())
const ids = (mails: UndeliveredMail[]) => mails.map(({ id }) => id)

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

test('pages of any size are the whole list, newest first, or what was parked last first', async () => {
  await clear()
  const at = app.now().getTime()
  const waiting = [await put('w1@example.com'), await put('w2@example.com')]
  // Parked in another order than they were made, two of them in the same moment.
  const parked: string[] = []
  for (const minute of [3, 1, 2, 2]) parked.push(await park(`p${minute}@example.com`, new Date(at - minute * MINUTE)))
  waiting.push(await put('w3@example.com'))
  await put('', {}) // mail to nobody
  await put('done@example.com', { sent_at: app.now(), due_at: null })
  const newest = [...waiting, ...parked].toSorted().reverse()
  const [three, one, two, alsoTwo] = parked
  for (const limit of ['1', '2', '3', '7', '500']) {
    assert.deepEqual(ids(await pages({ limit })), newest, limit)
    assert.deepEqual(ids(await pages({ limit, state: 'waiting' })), waiting.toReversed(), limit)
    assert.deepEqual(ids(await pages({ limit, state: 'parked' })), [one, alsoTwo, two, three], limit)
  }
  const [mail] = await pages({ state: 'waiting' })
  assert.deepEqual([mail?.state, mail?.parked, mail?.lastError], ['waiting', null, null])
  assert.equal(mail?.nextTry, (await mailOf(mail?.id ?? '')).due_at?.toISOString())
})

test('what is in a mail, and its secret, is in no answer', async () => {
  await clear()
  await put('canary@example.com', { secret: Buffer.from('canary of a secret') })
  const { body } = await app.server.inject({
    url: '/undelivered-mail',
    headers: { authorization: `Bearer ${admin.token}` }
  })
  assert.match(body, /canary@example\.com/)
  assert.doesNotMatch(body.replace('canary@example.com', ''), /canary/)
})

test('what is no filter is refused by name, and a blank one counts as not given', async () => {
  const refused: [string, string][] = [
    ['state=sent', '/state'],
    ['state=parked&state=waiting', '/state'],
    ['state=', ''],
    ['limit=0', '/limit'],
    ['limit=501', '/limit'],
    ['limit=1e9', '/limit'],
    ['to=ada@example.com', '/to'],
    ['cursor=x', '/cursor'],
    ['__proto__=1', '/__proto__']
  ]
  for (const [query, path] of refused) {
    const answer = await admin.get(`${PATH}?${query}`)
    if (path === '') assert.equal(answer.status, 200, query)
    else
      assert.deepEqual(
        answer.faults().map(fault => fault.path),
        answer.faults().map(() => path),
        query
      )
  }
})

test('a cursor leads on in its own list only', async () => {
  await clear()
  for (const minute of [1, 2, 3]) await park(`c${minute}@example.com`, new Date(app.now().getTime() - minute * MINUTE))
  const all = await cursorOf(admin, `${PATH}?limit=1`)
  const parked = await cursorOf(admin, `${PATH}?limit=1&state=parked`)
  const events = await cursorOf(admin, '//events?limit=1')
  assert.equal((await admin.get(`${PATH}?cursor=${all}`)).mails().length, 2)
  for (const path of [
    `${PATH}?state=parked&cursor=${all}`,
    `${PATH}?state=waiting&cursor=${parked}`,
    `${PATH}?cursor=${parked}`,
    `${PATH}?cursor=${events}`,
    `//events?cursor=${all}`
  ])
    assert.deepEqual((await admin.get(path)).faults(), [{ path: '/cursor', message: 'is not a cursor of this list' }])
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

test('the list stands beside the accounts, wherever those are', async () => {
  for (const [prefix, path] of [
    ['/api/v1/accounts', '/api/v1/undelivered-mail'],
    ['/members/', '/undelivered-mail']
  ] as const) {
    const server = await app.another({}, { prefix })
    const headers = { authorization: `Bearer ${admin.token}` }
    assert.equal((await server.inject({ url: `${path}?limit=1`, headers })).statusCode, 200, path)
  }
})
