import assert from 'node:assert/strict'
import { test } from 'node:test'
import { DAY } from '../../../src/clock.ts'
import { HASH_COST } from '../../../src/passwords/hasher.ts'
import { createTestApp } from '../../support/app.ts'
import { type Client, createMember, PASSWORD, registration } from '../../support/client.ts'

// What a request does after it waited for its hash: with real hashes it waits long enough to be overtaken.
const app = await createTestApp({}, { hashCost: HASH_COST })
const NEW = 'another long passphrase'
const passwords = { password: NEW, confirmPassword: NEW }

/** Ends every session of a member, as a reset on another device does. */
async function endSessions({ email }: Client): Promise<void> {
  const { id } = await app.db.selectFrom('accounts').select('id').where('email', '=', email).executeTakeFirstOrThrow()
  await app.db
    .updateTable('sessions')
    .set({ revoked_at: app.now(), secret: null })
    .where('account_id', '=', id)
    .execute()
}

/** What becomes of a request that `act` overtakes while it waits for its hash. */
async function overtaken(request: ReturnType<Client['put']>, act: () => Promise<unknown>) {
  while (app.server.membership.gauges.hashLoad() === 0) await new Promise(resolve => setImmediate(resolve))
  await act()
  return await request
}

test('a password change of a session that ends meanwhile changes nothing', async () => {
  const thief = await createMember(app)
  const answer = await overtaken(thief.put(`/${thief.id}`, passwords), () => endSessions(thief))
  assert.deepEqual([answer.status, answer.body.code], [401, 'session_revoked'])
  assert.equal((await thief.logIn(thief.email, PASSWORD)).status, 200)
  assert.equal((await thief.logIn(thief.email, NEW)).status, 401)
})

test('a session that expires meanwhile changes nothing either', async () => {
  const member = await createMember(app)
  const answer = await overtaken(member.put(`/${member.id}`, passwords), async () => app.advance(7 * DAY))
  assert.equal(answer.status, 401)
  assert.equal((await member.logIn(member.email, PASSWORD)).status, 200)
})

test('an Admin who is demoted, suspended or signed out meanwhile makes no Admin any more', async () => {
  const acts: Record<string, (admin: Client) => Promise<unknown>> = {
    demoted: ({ email }) => app.db.updateTable('accounts').set({ role: 'User' }).where('email', '=', email).execute(),
    suspended: ({ email }) =>
      app.db.updateTable('accounts').set({ suspended_at: app.now() }).where('email', '=', email).execute(),
    'signed out': endSessions
  }
  for (const [what, act] of Object.entries(acts)) {
    const admin = await createMember(app, { role: 'Admin' })
    const { acceptTerms: _, ...body } = registration(`backdoor.${what.replace(' ', '')}@example.com`)
    const answer = await overtaken(admin.post('/', { ...body, role: 'Admin' }), () => act(admin))
    assert.equal(answer.status, what === 'demoted' ? 403 : 401, what)
    const made = await app.db.selectFrom('accounts').select('id').where('email', '=', body.email).execute()
    assert.deepEqual(made, [], what)
  }
})

test('a change by an Admin who is none any more is refused with all its parts', async () => {
  const [admin, member] = [await createMember(app, { role: 'Admin' }), await createMember(app)]
  const change = admin.put(`/${member.id}`, { role: 'Admin', title: 'Dr', ...passwords })
  const answer = await overtaken(change, () =>
    app.db.updateTable('accounts').set({ role: 'User' }).where('email', '=', admin.email).execute()
  )
  assert.equal(answer.status, 403)
  const { body } = await member.get(`/${member.id}`)
  assert.deepEqual([body.role, body.title], ['User', 'Ms'])
  assert.equal((await member.logIn(member.email, PASSWORD)).status, 200)
})

test('who is promoted meanwhile is not refused', async () => {
  const member = await createMember(app)
  const answer = await overtaken(member.put(`/${member.id}`, passwords), () =>
    app.db.updateTable('accounts').set({ role: 'Admin' }).where('email', '=', member.email).execute()
  )
  assert.equal(answer.status, 200)
})
