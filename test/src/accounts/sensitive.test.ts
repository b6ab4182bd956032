import assert from 'node:assert/strict'
import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import { beforeEach, test } from 'node:test'
import { MINUTE } from '../../../src/clock.ts'
import type { Answer } from '../../support/answer.ts'
import { createTestApp } from '../../support/app.ts'
import { type Client, createClient, createMember, PASSWORD, passwords, registration } from '../../support/client.ts'
import { eventually } from '../../support/eventually.ts'
import { accountRow } from '../../support/rows.ts'

// Which changes want the password of who asks, and which do not.
const app = await createTestApp()
const { acceptTerms: _, ...person } = registration('')
const NEW = 'a wholly new passphrase'
let [member, admin]: Client[] = []
let addresses = 0
const anAddress = () => `sensitive${++addresses}@example.com`

const me = () => member ?? assert.fail('beforeEach makes one')
const boss = () => admin ?? assert.fail('beforeEach makes one')

beforeEach(async () => {
  member = await createMember(app)
  admin = await createMember(app, { role: 'Admin' })
  app.advance(10 * MINUTE)
  for (const client of [member, admin]) await client.refresh()
})

const sensitive: Record<string, [who: () => Client, act: (proof: object) => Promise<Answer>]> = {
  'an own password': [me, proof => me().put(`/${me().id}`, { ...passwords(NEW), ...proof })],
  'an own password that stays the same': [me, proof => me().put(`/${me().id}`, { ...passwords(), ...proof })],
  'an own address': [me, proof => me().put(`/${me().id}`, { email: anAddress(), ...proof })],
  'another spelling of it': [me, proof => me().put(`/${me().id}`, { email: me().email.toUpperCase(), ...proof })],
  'an own role': [
    boss,
    async proof => {
      await createMember(app, { role: 'Admin', login: false })
      return await boss().put(`/${boss().id}`, { role: 'User', ...proof })
    }
  ],
  'another’s password': [boss, proof => boss().put(`/${me().id}`, { ...passwords(NEW), ...proof })],
  'another’s address': [boss, proof => boss().put(`/${me().id}`, { email: anAddress(), ...proof })],
  'another’s role': [boss, proof => boss().put(`/${me().id}`, { role: 'Admin', ...proof })],
  'one of many fields': [
    boss,
    proof => boss().put(`/${me().id}`, { ...person, email: me().email, role: 'Admin', ...passwords(''), ...proof })
  ],
  'a suspension': [boss, proof => boss().put(`/${me().id}/suspension`, { reason: 'Spam', ...proof })],
  'a restoration': [boss, proof => boss().request('DELETE', `/${me().id}/suspension`, proof)],
  'a deletion': [boss, proof => boss().request('DELETE', `/${me().id}`, proof)],
  'a new Admin': [boss, proof => boss().post('/', { ...person, email: anAddress(), role: 'Admin', ...proof })]
}

for (const [what, [who, act]] of Object.entries(sensitive)) {
  // ASVS V6.2.3
  // ASVS V7.5.1
  // ASVS V7.5.3
  test(`${what}: asks for the password, 409 without, and takes it with the request or by a new login`, async () => {
    const before = await app.db.selectFrom('accounts').selectAll().orderBy('id').execute()
    const refused = await act({})
    assert.deepEqual([refused.status, refused.body.code], [409, 'reauthentication_required'])
    const wrong = await act({ currentPassword: 'not the password' })
    assert.equal(wrong.faults()[0]?.path, '/currentPassword')
    const strip = (rows: typeof before) => rows.filter(({ id }) => before.some(row => row.id.equals(id)))
    const after = await app.db.selectFrom('accounts').selectAll().orderBy('id').execute()
    assert.deepEqual(strip(after), before, 'nothing is changed')
    assert.equal((await who().get(`/${who().id}`)).status, 200, 'nobody is logged out')
    assert.equal((await act({ currentPassword: PASSWORD })).status, 200)
  })

  test(`${what}: a login of a minute ago will do`, async () => {
    await who().logIn(who().email)
    app.advance(MINUTE)
    assert.equal((await act({})).status, 200)
  })
}

test('an Admin proves himself with his own password, not with that of the member', async () => {
  await me().put(`/${me().id}`, { ...passwords(NEW), currentPassword: PASSWORD })
  const answer = await boss().put(`/${me().id}`, { email: anAddress(), currentPassword: NEW })
  assert.equal(answer.faults()[0]?.path, '/currentPassword')
})

// ASVS V7.5.3
test('deleting an account wants a fresh login, or a password entered a moment ago', async () => {
  const other = await createMember(app)
  for (const [client, id] of [
    [me(), me().id],
    [boss(), other.id]
  ] as const) {
    const refused = await client.delete(`/${id}`)
    assert.deepEqual([refused.status, refused.body.code], [409, 'reauthentication_required'])
    assert.equal((await client.get(`/${id}`)).status, 200)
  }
  await me().logIn(me().email)
  assert.equal((await me().delete(`/${me().id}`)).status, 200)
  assert.equal((await boss().put(`/${boss().id}`, { currentPassword: PASSWORD })).status, 200)
  assert.equal((await boss().delete(`/${other.id}`)).status, 200)
})

test('who may not act at all is told that, with or without a fresh login', async () => {
  const stranger = await createMember(app)
  assert.equal((await me().delete(`/${stranger.id}`)).status, 403)
  assert.equal((await me().put(`/${stranger.id}`, { email: anAddress() })).status, 403)
  assert.equal((await me().put(`/${me().id}`, { role: 'Admin', currentPassword: PASSWORD })).status, 403)
})

test('names, titles and what a form sends unchanged need nothing', async () => {
  const { body } = await me().get(`/${me().id}`)
  const form = { title: body.title, firstName: body.firstName, lastName: body.lastName, email: body.email }
  const changes = [
    {},
    { title: 'Dr' },
    { firstName: 'Augusta', lastName: 'King' },
    { ...form, ...passwords(''), role: '' },
    { ...form, firstName: 'Ada' }
  ]
  for (const change of changes) assert.equal((await me().put(`/${me().id}`, change)).status, 200)
  const whole = { ...form, role: 'User', ...passwords(''), lastName: 'Byron' }
  assert.equal((await boss().put(`/${me().id}`, whole)).body.lastName, 'Byron')
  assert.equal((await boss().post('/', { ...person, email: anAddress(), role: 'User' })).status, 200)
})

test('who has entered no password is refused before his new one is looked at, let alone hashed', async () => {
  const answer = await me().put(`/${me().id}`, passwords('Lovelace99'))
  assert.equal(answer.body.code, 'reauthentication_required')
  const proven = await me().put(`/${me().id}`, { ...passwords('Lovelace99'), currentPassword: PASSWORD })
  assert.equal(proven.faults()[0]?.path, '/password')
})

test('what became a change while the request waited is refused, too', async () => {
  const { email, id } = me()
  const other = await app.db.startTransaction().execute()
  await other.updateTable('accounts').set({ role: 'Admin' }).where('email', '=', email).execute()
  let waits = false
  const seen = (message: unknown) => {
    // The last statement before it must wait: by then it has read the account, and found nothing that would change.
    const sql = typeof message === 'object' && message !== null && 'query' in message ? String(message.query) : ''
    waits ||= /^update `sessions` set `last_used_at`/.test(sql)
  }
  subscribe('tracing:mysql2:query:start', seen)
  const asked = boss().put(`/${id}`, { role: 'User', title: 'Dr' })
  await eventually(() => waits)
  unsubscribe('tracing:mysql2:query:start', seen)
  await other.commit().execute()
  const answer = await asked
  assert.deepEqual([answer.status, answer.body.code], [409, 'reauthentication_required'])
  const row = await accountRow(app, email)
  assert.deepEqual([row.role, row.title], ['Admin', 'Ms'])
})

test('the answer to an unknown account is the same with a fresh login and without', async () => {
  const gone = await createMember(app)
  await gone.delete(`/${gone.id}`)
  for (const answer of [await boss().delete(`/${gone.id}`), await boss().put(`/${gone.id}`, { role: 'User' })])
    assert.equal(answer.status, 404)
  assert.equal((await createClient(app.server).delete(`/${gone.id}`)).status, 401)
})

test('who gets another role is told, and nobody for a role that stays', async () => {
  await boss().logIn(boss().email)
  await boss().put(`/${me().id}`, { role: 'User', title: 'Dr' })
  await boss().put(`/${me().id}`, { role: 'Admin' })
  assert.match((await app.mail.next(me().email, /role was changed/)).text, /New role: Admin/)
  await boss().put(`/${me().id}`, { role: 'User' })
  assert.match((await app.mail.next(me().email, /role was changed/)).text, /New role: User/)
  const told = app.mail.received.filter(({ to, subject }) => to === me().email && /role was changed/.test(subject))
  assert.equal(told.length, 2)
})
