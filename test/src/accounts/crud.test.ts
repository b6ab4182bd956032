import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { idFromText, newId } from '../../../src/ids.ts'
import { createTestApp } from '../../support/app.ts'
import { createClient, createMember, PASSWORD, registration } from '../../support/client.ts'
import { queriesOf } from '../../support/queries.ts'

const app = await createTestApp()
const nobody = createClient(app.server)
const admin = await createMember(app, { role: 'Admin' })
const user = await createMember(app)
const other = await createMember(app)

const { acceptTerms: _, ...person } = registration('made@example.com')
const MALFORMED = [
  '7',
  'me',
  `${user.id}x`,
  user.id.replaceAll('-', ''),
  `{${user.id}}`,
  '%00',
  '%27%20or%201%3D1',
  'a'.repeat(100),
  '😀',
  '__proto__',
  '..%2f'
]

test('without a token every route about accounts is 401', async () => {
  assert.equal((await nobody.get('/')).body.code, 'authentication_required')
  assert.equal((await nobody.post('/', { ...person, role: 'User' })).body.code, 'authentication_required')
  for (const id of [user.id, randomUUID(), 'nonsense']) {
    assert.equal((await nobody.get(`/${id}`)).body.code, 'authentication_required')
    assert.equal((await nobody.put(`/${id}`, { nonsense: true })).body.code, 'authentication_required')
    assert.equal((await nobody.delete(`/${id}`)).body.code, 'authentication_required')
  }
})

test('a User reads and changes the own account, under any spelling of its id', async () => {
  for (const id of [user.id, user.id.toUpperCase()]) {
    const answer = await user.get(`/${id}`)
    assert.equal(answer.status, 200)
    assert.equal(answer.body.id, user.id)
    assert.equal((await user.put(`/${id}`, { title: 'Dr' })).body.title, 'Dr')
  }
})

test('to a User a foreign, a missing and a malformed id look the same: 403', async () => {
  for (const id of [other.id, admin.id, randomUUID(), ...MALFORMED]) {
    for (const answer of [
      await user.get(`/${id}`),
      await user.put(`/${id}`, { title: 'Dr' }),
      await user.delete(`/${id}`)
    ]) {
      assert.equal(answer.status, 403, id)
      assert.equal(answer.body.code, 'forbidden', id)
    }
  }
  assert.equal((await other.get(`/${other.id}`)).body.title, 'Ms')
})

test('to an Admin a missing and a malformed id are 404', async () => {
  for (const id of [randomUUID(), ...MALFORMED]) {
    for (const answer of [
      await admin.get(`/${id}`),
      await admin.put(`/${id}`, { title: 'Dr' }),
      await admin.delete(`/${id}`)
    ]) {
      assert.equal(answer.status, 404, id)
      assert.equal(answer.body.code, 'account_not_found', id)
    }
  }
})

test('only an Admin makes accounts; they are verified and can log in at once', async () => {
  assert.equal((await user.post('/', { ...person, role: 'User' })).body.code, 'forbidden')
  for (const role of ['User', 'Admin'] as const) {
    const email = `Made.${role}@example.com`
    const made = await admin.post('/', { ...person, email, role })
    assert.equal(made.status, 200)
    const { id, created, ...rest } = made.body
    assert.deepEqual(rest, {
      title: 'Ms',
      firstName: 'Ada',
      lastName: 'Lovelace',
      email,
      role,
      updated: null,
      isVerified: true
    })
    assert.equal(new Date(created ?? '').toISOString(), created)
    const login = await createClient(app.server).logIn(email)
    assert.deepEqual([login.status, login.body.id], [200, id])
    assert.doesNotMatch((await app.mail.next(email)).text, /token=|correct horse/)
  }
})

test('an Admin is told that an address is taken, in any spelling and whether verified or not', async () => {
  await nobody.post('/register', registration('pending@example.com'))
  for (const email of [user.email, user.email.toUpperCase(), 'pending@example.com']) {
    const answer = await admin.post('/', { ...person, email, role: 'User' })
    assert.equal(answer.status, 409)
    assert.equal(answer.body.code, 'email_taken')
  }
})

test('role is for Admins: by a User it is 403, whatever it says, and nothing is changed', async () => {
  for (const role of ['Admin', 'User']) {
    const answer = await user.put(`/${user.id}`, { title: 'Prof', role })
    assert.equal(answer.body.code, 'forbidden')
  }
  const { body } = await user.get(`/${user.id}`)
  assert.deepEqual([body.role, body.title], ['User', 'Dr'])
  assert.equal((await admin.put(`/${other.id}`, { role: 'Admin' })).body.role, 'Admin')
  // The next request knows, without a new login.
  assert.equal((await other.get('/')).status, 200)
  assert.equal((await admin.put(`/${other.id}`, { role: 'User' })).body.role, 'User')
  // Who was Admin signs in again: other services may have taken the role from the token.
  assert.equal((await other.get('/')).body.code, 'session_revoked')
  await other.logIn(other.email)
  assert.equal((await other.get('/')).status, 403)
})

test('empty strings mean unchanged, and a change that changes nothing is no change', async () => {
  const before = (await admin.get(`/${other.id}`)).body
  const blank = { title: '', firstName: '', lastName: '', email: '', password: '', confirmPassword: '', role: '' }
  for (const body of [blank, {}, { lastName: 'Lovelace', email: other.email }]) {
    const answer = await other.put(`/${other.id}`, body)
    assert.equal(answer.status, 200)
    assert.equal(answer.body.title, before.title)
    assert.equal((await other.logIn(other.email, PASSWORD)).status, 200)
  }
  const changed = await other.put(`/${other.id}`, { ...blank, firstName: 'Augusta' })
  assert.deepEqual({ ...changed.body, updated: null }, { ...before, firstName: 'Augusta', updated: null })
  assert.ok(Date.parse(changed.body.updated ?? '') >= Date.parse(before.created ?? ''))
})

// ASVS V10.3.3
test('an address that comes back is another account: nothing of the first one is reached by it', async () => {
  const first = await createMember(app)
  await first.delete(`/${first.id}`)
  await app.mail.next(first.email, /deleted/)
  const second = await createMember(app, { email: first.email })
  assert.notEqual(second.id, first.id)
  assert.equal((await first.get(`/${second.id}`)).status, 401)
  assert.equal((await second.get(`/${first.id}`)).status, 403)
})

test('who signed in by the ten thousand can be deleted, too, and leaves no session', async () => {
  const member = await createMember(app)
  const account_id = idFromText(member.id) ?? assert.fail()
  const [row] = await app.db.selectFrom('sessions').selectAll().where('account_id', '=', account_id).execute()
  assert(row)
  const ended = Array.from({ length: 2001 }, () => ({ ...row, id: newId(() => new Date()), revoked_at: new Date() }))
  for (let i = 0; i < 5; i++)
    await app.db
      .insertInto('sessions')
      .values(ended.map(session => ({ ...session, id: newId(() => new Date()) })))
      .execute()
  const { queries, result } = await queriesOf(() => member.delete(`/${member.id}`))
  assert.equal(result.status, 200)
  const commit = queries.indexOf('commit')
  const deletions = queries.map((query, i) => (/^delete from `sessions`/.test(query) ? i > commit : undefined))
  assert.deepEqual(
    deletions.filter(isAfter => isAfter !== undefined),
    [false, true],
    'the rest after the transaction'
  )
  const left = await app.db.selectFrom('sessions').select('id').where('account_id', '=', account_id).execute()
  assert.deepEqual(left, [])
})

test('who is deleted is gone at once: account, sessions and login', async () => {
  const leaver = await createMember(app)
  assert.equal((await leaver.delete(`/${leaver.id}`)).status, 200)
  assert.equal((await leaver.get(`/${leaver.id}`)).status, 401)
  assert.equal((await leaver.refresh()).status, 401)
  assert.equal((await nobody.logIn(leaver.email)).body.code, 'invalid_credentials')
  assert.equal((await admin.get(`/${leaver.id}`)).status, 404)
  assert.match((await app.mail.next(leaver.email, /deleted/)).text, /deleted/)
  const removed = await createMember(app)
  assert.equal((await admin.delete(`/${removed.id}`)).status, 200)
  assert.equal((await admin.delete(`/${removed.id}`)).status, 404)
  assert.equal((await removed.get(`/${removed.id}`)).status, 401)
  for (const { id } of [leaver, removed]) {
    const account_id = Buffer.from(id.replaceAll('-', ''), 'hex')
    assert.deepEqual(
      await app.db.selectFrom('sessions').select('id').where('account_id', '=', account_id).execute(),
      []
    )
    assert.deepEqual(
      await app.db.selectFrom('one_time_tokens').select('hash').where('account_id', '=', account_id).execute(),
      []
    )
  }
  assert.equal((await nobody.post('/register', registration(leaver.email))).status, 200)
})
