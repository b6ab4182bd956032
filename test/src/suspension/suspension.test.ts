import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { DAY, MINUTE } from '../../../src/clock.ts'
import { idFromText, idToText } from '../../../src/ids.ts'
import { createTestApp } from '../../support/app.ts'
import { type Client, createClient, createMember, PASSWORD, passwords, registration } from '../../support/client.ts'
import { accountRow } from '../../support/rows.ts'
import { present, signIn } from '../../support/sessions.ts'

let now = new Date('2031-05-05T10:00:00.000Z') // stands still, so that ends can be met to the millisecond
const app = await createTestApp({ REAUTH_WINDOW: '3650d' }, { clock: () => now }) // test/src/accounts/sensitive.test.ts has that
const nobody = createClient(app.server)
const admin = await createMember(app, { role: 'Admin' })

const REASON = 'Sold the members’ list to <b>Mallory</b>'
const inFuture = (ms: number) => new Date(now.getTime() + ms).toISOString()
const suspend = (who: { id: string }, body: object = { reason: REASON }, options = {}) =>
  admin.put(`/${who.id}/suspension`, body, options)
const restore = (who: { id: string }) => admin.delete(`/${who.id}/suspension`)
const suspensionOf = (who: { id: string }) => admin.get(`/${who.id}/suspension`)

const eventsOf = async ({ id }: { id: string }) => {
  const rows = await app.db
    .selectFrom('audit_events')
    .select(['event', 'actor_id', 'detail'])
    .where('subject_id', '=', idFromText(id) ?? assert.fail())
    .where('event', 'in', ['account_suspended', 'account_restored'])
    .orderBy('id')
    .execute()
  return rows.map(({ event, actor_id, detail }) => ({ event, actor_id, detail: JSON.parse(detail ?? 'null') }))
}
const mailsTo = async ({ email }: Client) =>
  await app.db
    .selectFrom('outbox')
    .select(['template', 'data'])
    .where('recipient', '=', email)
    .where('template', 'in', ['account-suspended', 'account-restored'])
    .orderBy('id')
    .execute()

// ASVS V7.4.2
test('a suspended member is signed out everywhere at once, and in as if the password were wrong', async () => {
  const member = await createMember(app)
  const [cookie, body] = [await signIn(app, member.email), await signIn(app, member.email, 'body')]
  const bystander = await createMember(app)
  const answer = await suspend(member)
  assert.equal(answer.status, 200)
  assert.deepEqual(answer.body, { since: now.toISOString(), until: null, reason: REASON })
  for (const { jwt } of [cookie, body]) {
    const headers = { authorization: `Bearer ${jwt}` }
    assert.equal((await nobody.get(`/${member.id}`, { headers })).body.code, 'session_revoked')
  }
  assert.equal((await present(app, cookie.refreshToken)).body.code, 'session_revoked')
  assert.equal((await present(app, body.refreshToken, 'body')).body.code, 'session_revoked')
  const [right, wrong] = [await nobody.logIn(member.email), await nobody.logIn(member.email, 'not the password')]
  const { requestId: _, instance: __, ...told } = right.body
  assert.deepEqual([right.status, told.code], [401, 'invalid_credentials'])
  assert.deepEqual({ ...told, ...wrong.body }, wrong.body)
  assert.equal((await bystander.get(`/${bystander.id}`)).status, 200)
})

test('restoring lets the member sign in again; what the suspension ended stays ended', async () => {
  const member = await createMember(app)
  await suspend(member)
  assert.equal((await restore(member)).status, 200)
  assert.equal((await member.get(`/${member.id}`)).body.code, 'session_revoked')
  assert.equal((await member.refresh()).body.code, 'session_revoked')
  assert.equal((await member.logIn(member.email)).status, 200)
  const row = await accountRow(app, member.email)
  assert.deepEqual([row.suspended_at, row.suspended_until, row.suspended_reason], [null, null, null])
})

test('a suspension with an end is over when that comes, to the millisecond and without a clean-up', async () => {
  const member = await createMember(app)
  const until = inFuture(10 * MINUTE)
  assert.equal((await suspend(member, { reason: REASON, until })).body.until, until)
  now = new Date(now.getTime() + 10 * MINUTE - 1)
  assert.equal((await nobody.logIn(member.email)).body.code, 'invalid_credentials')
  assert.equal((await suspensionOf(member)).body.until, until)
  now = new Date(now.getTime() + 1)
  assert.equal((await suspensionOf(member)).body.code, 'not_suspended')
  assert.equal((await member.get(`/${member.id}`)).body.code, 'session_revoked', 'sessions stay ended')
  assert.equal((await member.logIn(member.email)).status, 200)
  assert.equal((await member.refresh()).status, 200)
  assert.equal((await member.put(`/${member.id}`, { title: 'Dr' })).status, 200, 'acts, too')
  assert.equal((await restore(member)).status, 200)
  assert.deepEqual(
    (await eventsOf(member)).map(({ event }) => event),
    ['account_suspended'],
    'there was nothing left to restore'
  )
  assert.equal((await suspend(member)).body.since, now.toISOString(), 'another one begins anew')
})

// ASVS V2.3.1
test('a suspension ends every mailed link, and while it lasts there are no new ones', async () => {
  const member = await createMember(app)
  const links = [
    async () => {
      await nobody.post('/forgot-password', { email: member.email })
      return ['/reset-password', await app.mail.secret(member.email, /Reset/)] as const
    },
    async () => {
      await member.put(`/${member.id}`, { email: 'next.address@example.com' })
      return ['/verify-email', await app.mail.secret('next.address@example.com')] as const
    }
  ]
  const old = await Promise.all(links.map(link => link()))
  await suspend(member)
  const dead = async () => {
    for (const [path, token] of old) {
      const body = path === '/reset-password' ? { token, ...passwords('chosen by whoever') } : { token }
      assert.equal((await nobody.post(path, body)).body.code, 'token_invalid', path)
    }
  }
  await dead()
  const asked = await nobody.post('/forgot-password', { email: member.email })
  assert.deepEqual(asked.body, (await nobody.post('/forgot-password', { email: 'nobody@example.com' })).body)
  const waiting = await app.db
    .selectFrom('outbox')
    .select('id')
    .where('recipient', '=', member.email)
    .where('template', '=', 'reset-password')
    .execute()
  assert.equal(waiting.length, 1, 'the one from before')
  await restore(member)
  await dead()
  assert.equal((await member.logIn(member.email, PASSWORD)).status, 200)
})

test('who registered and was suspended before the address was verified cannot verify it', async () => {
  const email = 'half@example.com'
  await nobody.post('/register', registration(email))
  const token = await app.mail.secret(email)
  const { id } = await accountRow(app, email)
  assert.equal((await suspend({ id: idToText(id) })).status, 200)
  assert.equal((await nobody.post('/verify-email', { token })).body.code, 'token_invalid')
  assert.equal((await nobody.post('/register', registration(email))).status, 200)
  assert.match((await app.mail.next(email, /already/)).text, /nothing about it has changed/)
  assert.equal((await accountRow(app, email)).verified_at, null)
})

test('suspending once more replaces reason and end, and keeps since; the same once more is no change', async () => {
  const member = await createMember(app)
  const since = (await suspend(member)).body.since
  now = new Date(now.getTime() + 1000)
  const until = inFuture(DAY)
  const second = await suspend(member, { reason: 'Another', until })
  assert.deepEqual(second.body, { since, until, reason: 'Another' })
  const calm = await suspend(member, { reason: 'Another', until })
  assert.deepEqual([calm.body, calm.headers.etag], [second.body, second.headers.etag])
  const third = await suspend(member, { reason: 'A third', until })
  assert.deepEqual((await suspensionOf(member)).body, third.body)
  assert.equal((await suspend(member, { reason: 'A third' })).body.until, null, 'no end replaces an end')
  assert.deepEqual(
    (await mailsTo(member)).map(({ template }) => template),
    ['account-suspended', 'account-suspended', 'account-suspended'],
    'told of each end, not of a reason alone'
  )
})

test('the trail says who, why and until when; the member is told in mail that and until when, not why', async () => {
  const member = await createMember(app)
  const until = inFuture(DAY)
  const view = { since: now.toISOString(), until, reason: REASON }
  await suspend(member, { reason: REASON, until })
  now = new Date(now.getTime() + 1) // the order of ids
  await restore(member)
  await restore(member)
  const actor_id = idFromText(admin.id)
  assert.deepEqual(await eventsOf(member), [
    { event: 'account_suspended', actor_id, detail: { before: null, after: view } },
    { event: 'account_restored', actor_id, detail: { before: view } }
  ])
  const suspended = await app.mail.next(member.email, /is suspended$/)
  assert.match(suspended.text, /Suspended until: May 6, 2031/)
  const restored = await app.mail.next(member.email, /no longer/)
  for (const { text, html, headers } of [suspended, restored]) assert.doesNotMatch(text + html + headers, /Mallory/)
  assert.doesNotMatch(JSON.stringify(await mailsTo(member)), /Mallory/)
  assert.deepEqual(
    app.events
      .filter(({ subjectId }) => subjectId === member.id)
      .map(({ event }) => event)
      .slice(-2),
    ['account_suspended', 'account_restored']
  )
})

// ASVS V8.2.1
test('it is for Admins: a User is 403 always, nobody is 401, and to an Admin what is missing is 404', async () => {
  const [user, other] = [await createMember(app), await createMember(app)]
  for (const id of [user.id, other.id, randomUUID(), 'nonsense']) {
    const path = `/${id}/suspension`
    for (const [who, code, status] of [
      [user, 'forbidden', 403],
      [nobody, 'authentication_required', 401]
    ] as const) {
      for (const answer of [await who.get(path), await who.put(path, { reason: 'x' }), await who.delete(path)])
        assert.deepEqual([answer.status, answer.body.code], [status, code])
    }
  }
  for (const id of [randomUUID(), 'nonsense', '__proto__', '%00']) {
    const path = `/${id}/suspension`
    for (const answer of [await admin.get(path), await admin.put(path, { reason: 'x' }), await admin.delete(path)])
      assert.deepEqual([answer.status, answer.body.code], [404, 'account_not_found'])
  }
  const none = await suspensionOf(user)
  assert.deepEqual([none.status, none.body.code], [404, 'not_suspended'])
  assert.equal((await user.get(`/${user.id}`)).status, 200, 'nobody was suspended')
})

test('reason and end are checked by name, and no hostile value is more than a 400', async () => {
  const member = await createMember(app)
  const refused: [string, object][] = [
    ['/reason', {}],
    ...['', '   ', 'a\nb', 'x'.repeat(256), '\ud800', 7, null, ['x'], {}].map((reason): [string, object] => [
      '/reason',
      { reason }
    ]),
    ...[
      now.toISOString(),
      '2001-01-01T00:00:00Z',
      '2031-13-01T00:00:00Z',
      '2032-02-30T00:00:00Z',
      '2031-12-31T23:59:60Z',
      '2032-01-01T00:00:00+02:00',
      '9999-12-31T23:59:59-12:00',
      '2032-01-01',
      '2032-01-01T00:00:00',
      'tomorrow',
      '',
      4102444800000,
      null,
      {}
    ].map((until): [string, object] => ['/until', { reason: 'x', until }]),
    ['/since', { reason: 'x', since: now.toISOString() }]
  ]
  for (const [path, body] of refused) {
    const faults = (await suspend(member, body)).faults()
    assert(faults.length > 0 && faults.every(fault => fault.path === path), JSON.stringify([body, faults]))
  }
  assert.equal((await suspensionOf(member)).body.code, 'not_suspended')
  const longest = { reason: '😀'.repeat(255), until: '9999-12-31T23:59:59.999999Z' }
  assert.deepEqual((await suspend(member, longest)).body, {
    since: now.toISOString(),
    until: '9999-12-31T23:59:59.999Z',
    reason: longest.reason
  })
  assert.deepEqual((await suspensionOf(member)).body.reason, longest.reason)
})

test('If-Match names the version of the account, which the suspension is part of', async () => {
  const member = await createMember(app)
  const ifMatch = (tag: unknown) => ({ headers: { 'if-match': String(tag) } })
  const seen = (await admin.get(`/${member.id}`)).headers.etag
  await admin.put(`/${member.id}`, { title: 'Dr' })
  assert.equal((await suspend(member, { reason: 'x' }, ifMatch(seen))).body.code, 'precondition_failed')
  const done = await suspend(member, { reason: 'x' }, ifMatch((await admin.get(`/${member.id}`)).headers.etag))
  assert.equal(done.status, 200)
  assert.equal((await suspensionOf(member)).headers.etag, done.headers.etag)
  assert.equal((await admin.get(`/${member.id}`)).headers.etag, done.headers.etag)
  const late = await admin.delete(`/${member.id}/suspension`, ifMatch(seen))
  assert.deepEqual([late.status, late.body.code], [412, 'precondition_failed'])
  assert.equal((await admin.delete(`/${member.id}/suspension`, ifMatch(done.headers.etag))).status, 200)
  assert.equal((await suspend(member, { reason: 'x' }, ifMatch('x'))).faults()[0]?.path, '/if-match')
})

test('a login that was under way when the member was suspended begins no session', async () => {
  const email = 'under.way@example.com'
  await createMember(app, { email, login: false })
  const { id } = await accountRow(app, email)
  const holder = await app.db.startTransaction().execute()
  await holder.selectFrom('accounts').select('id').where('id', '=', id).forUpdate().execute()
  const login = nobody.logIn(email) // it has read the account, and waits to write it
  await new Promise(resolve => setTimeout(resolve, 300))
  await holder.updateTable('accounts').set({ suspended_at: now }).where('id', '=', id).execute()
  await holder.commit().execute()
  assert.equal((await login).body.code, 'invalid_credentials')
  assert.deepEqual(await app.db.selectFrom('sessions').select('id').where('account_id', '=', id).execute(), [])
})

test('a link that was being used when the member was suspended does nothing', async () => {
  const member = await createMember(app)
  await nobody.post('/forgot-password', { email: member.email })
  const reset = { token: await app.mail.secret(member.email, /Reset/), ...passwords('chosen by whoever') }
  const email = 'being.verified@example.com'
  await nobody.post('/register', registration(email))
  const verification = { token: await app.mail.secret(email) }
  for (const [address, path, body] of [
    [member.email, '/reset-password', reset],
    [email, '/verify-email', verification]
  ] as const) {
    const { id } = await accountRow(app, address)
    const holder = await app.db.startTransaction().execute()
    await holder.selectFrom('accounts').select('id').where('id', '=', id).forUpdate().execute()
    const answer = nobody.post(path, body)
    await new Promise(resolve => setTimeout(resolve, 300)) // until it waits for the row
    await holder.updateTable('accounts').set({ suspended_at: now }).where('id', '=', id).execute()
    await holder.commit().execute()
    assert.equal((await answer).body.code, 'token_invalid', path)
  }
  assert.equal((await accountRow(app, email)).verified_at, null)
})

test('an Admin may suspend himself, unless he is the last one who can act', async () => {
  const self = await createMember(app, { role: 'Admin' })
  assert.equal((await self.put(`/${self.id}/suspension`, { reason: 'On leave', until: inFuture(DAY) })).status, 200)
  assert.equal((await self.get('')).body.code, 'session_revoked')
  await admin.logIn(admin.email) // what follows wants the password entered lately
  // His suspension has an end, but he is not there now.
  const last = await admin.put(`/${admin.id}/suspension`, { reason: 'On leave, too' })
  assert.deepEqual([last.status, last.body.code], [409, 'last_admin'])
  for (const answer of [await admin.put(`/${admin.id}`, { role: 'User' }), await admin.delete(`/${admin.id}`)])
    assert.equal(answer.body.code, 'last_admin')
  now = new Date(now.getTime() + DAY)
  await admin.logIn(admin.email)
  assert.equal((await admin.put(`/${admin.id}/suspension`, { reason: 'x' })).status, 200, 'the other one is back')
  assert.equal((await self.logIn(self.email)).status, 200)
  assert.equal((await self.delete(`/${admin.id}/suspension`)).status, 200)
  assert.equal((await admin.logIn(admin.email)).status, 200)
})

test('an address whose registration was suspended is taken by nobody, however they prove it', async () => {
  const email = 'suspended.squatter@example.com'
  const member = await createMember(app)
  await member.put(`/${member.id}`, { email }) // before the registration, so that a link is under way
  const token = await app.mail.secret(email, /Confirm/)
  await nobody.post('/register', registration(email))
  const id = idToText((await accountRow(app, email)).id)
  assert.equal((await suspend({ id })).status, 200)
  assert.deepEqual((await nobody.post('/verify-email', { token })).body.code, 'email_taken')
  await member.put(`/${member.id}`, { email }) // nor is there another link
  assert.match((await app.mail.next(email, /already has an account/)).text, /already have an account/)
  assert.equal((await suspensionOf({ id })).status, 200)
})
