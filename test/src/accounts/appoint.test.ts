import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { appointAdmin } from '../../../src/accounts/appoint.ts'
import { readConfig } from '../../../src/config.ts'
import { createContext } from '../../../src/context.ts'
import { idToText } from '../../../src/ids.ts'
import { ownScope } from '../../../src/scope.ts'
import { createTestApp, type TestApp } from '../../support/app.ts'
import { runCli } from '../../support/cli.ts'
import { createClient, createMember, PASSWORD, passwords, registration } from '../../support/client.ts'
import { accountRow, setAccount } from '../../support/rows.ts'

const app = await createTestApp()
const client = createClient(app.server)
const CHOSEN = 'chosen through the link'

let woken = 0
/** Any mail that the server commits wakes its worker, which would find the command line's within seconds. */
const wake = (on: TestApp) => createClient(on.server).post('/register', registration(`wake${++woken}@example.com`))

/** Appoints as the command line does: with a context of its own, beside the running server. */
async function appoint(email: string, on: TestApp = app): Promise<'invited' | 'promoted'> {
  const config = readConfig(on.config)
  const ctx = createContext({ config, clock: on.now, db: on.db, secret: config.SECRET ?? '', onError: assert.ifError })
  after(() => ctx.hasher.close())
  const done = await appointAdmin(ctx, ownScope('cli create-admin'), email)
  await wake(on)
  return done
}

async function setPassword(token: string): Promise<number> {
  return (await client.post('/reset-password', { token, ...passwords(CHOSEN) })).status
}

const eventsOf = async (email: string) => {
  const account = await accountRow(app, email)
  return await app.db.selectFrom('audit_events').selectAll().where('subject_id', '=', account.id).execute()
}

// ASVS V6.4.1
test('a new address is invited: the mailed link sets the password, and the account is a verified Admin’s', async () => {
  const email = 'New.Admin@example.com'
  assert.equal(await appoint(email), 'invited')
  assert.equal((await client.logIn(email, CHOSEN)).status, 401)
  assert.equal(await setPassword(await app.mail.secret(email)), 200)
  const admin = createClient(app.server)
  const { status, body } = await admin.logIn(email, CHOSEN)
  assert.deepEqual([status, body.email, body.role, body.isVerified], [200, email, 'Admin', true])
  assert.equal((await admin.get('')).status, 200)
  const [created] = await eventsOf(email)
  assert.deepEqual([created?.event, created?.actor_id], ['account_created', null])
})

test('who registered but did not verify is invited, and no link of that registration works any more', async () => {
  const email = 'half@example.com'
  await client.post('/register', registration(email, { firstName: 'Mallory' }))
  const attempt = await app.mail.secret(email)
  assert.equal(await appoint(email), 'invited')
  const invitation = await app.mail.secret(email)
  // Whoever registers an address would choose an Admin's password.
  assert.equal((await client.post('/verify-email', { token: attempt })).body.code, 'token_invalid')
  assert.equal(await setPassword(invitation), 200)
  assert.equal((await client.logIn(email, PASSWORD)).body.code, 'email_not_verified')
  assert.equal((await client.logIn(email, CHOSEN)).body.role, 'Admin')
})

test('a verified member is promoted, is told so, and may act as Admin from the next request on', async () => {
  const member = await createMember(app)
  assert.equal((await member.get('')).status, 403)
  assert.equal(await appoint(member.email.toUpperCase()), 'promoted')
  assert.equal((await member.get('')).status, 200)
  assert.equal((await member.refresh()).body.role, 'Admin')
  const mails = await app.db.selectFrom('outbox').select('template').where('recipient', '=', member.email).execute()
  assert.deepEqual(mails, [{ template: 'verify-email' }, { template: 'role-changed' }])
  const { detail } = (await eventsOf(member.email)).find(({ event }) => event === 'account_updated') ?? {}
  assert.deepEqual(detail && JSON.parse(detail), { role: 'Admin', before: 'User' })
})

test('a suspended member becomes Admin and stays suspended', async () => {
  const member = await createMember(app)
  await setAccount(app, member.email, { suspended_at: app.now() })
  assert.equal(await appoint(member.email), 'promoted')
  assert.equal((await member.get('')).body.code, 'session_revoked')
  assert.equal((await client.logIn(member.email)).body.code, 'invalid_credentials')
  const { role, suspended_at } = await accountRow(app, member.email)
  assert.equal(role, 'Admin')
  assert(suspended_at)
})

test('what is not an address is refused, and nothing is written', async () => {
  const written = () => app.db.selectFrom('audit_events').select('id').where('actor_id', 'is', null).execute()
  const before = await written()
  for (const email of ['', 'admin', 'admin@', '@example.com', 'a b@example.com', 'admin@example.com\n'])
    await assert.rejects(appoint(email), { code: 'validation_failed' }, JSON.stringify(email))
  assert.deepEqual(await written(), before)
})

test('twice is as good as once: one account, and a link that works', async () => {
  const email = 'twice@example.com'
  assert.equal(await appoint(email), 'invited')
  const first = await app.mail.secret(email)
  assert.equal(await appoint(email), 'invited')
  assert.equal(await setPassword(await app.mail.secret(email)), 200)
  assert.equal(await setPassword(first), 401, 'a used link ends the others')
  const same = await app.db.selectFrom('accounts').select('id').where('email', '=', email).execute()
  assert.equal(same.length, 1)
  assert.equal(await appoint(email), 'promoted')
  assert.equal((await client.logIn(email, CHOSEN)).body.role, 'Admin')
})

test('twice at the same moment is as good as once, too', async () => {
  for (let round = 0; round < 5; round++) {
    const email = `at-once${round}@example.com`
    const outcomes = await Promise.all([appoint(email), appoint(email), client.post('/register', registration(email))])
    assert.deepEqual(outcomes.slice(0, 2), ['invited', 'invited'])
    assert.equal((await accountRow(app, email)).role, 'Admin')
  }
})

test('the right of the first account to verify is spent: where an Admin was appointed, nobody becomes one by luck', async () => {
  const fresh = await createTestApp({ FIRST_ACCOUNT_IS_ADMIN: 'true' })
  assert.equal(await appoint('operator@example.com', fresh), 'invited')
  const first = await createMember(fresh)
  assert.equal((await first.get(`/${first.id}`)).body.role, 'User')
  assert.deepEqual(
    fresh.events.filter(({ event }) => event === 'first_admin_appointed'),
    []
  )
})

test('the command line says what was done, and ends with 1 where there is no address', async () => {
  const email = 'typed@example.com'
  assert.match(await runCli(app.config, 'create-admin', email), /typed@example\.com is Admin.*mail/)
  await wake(app)
  assert.equal(await setPassword(await app.mail.secret(email)), 200)
  assert.equal((await client.logIn(email, CHOSEN)).body.role, 'Admin')
  await assert.rejects(
    runCli(app.config, 'create-admin', 'typed'),
    ({ code, stderr }: { code: number; stderr: string }) => {
      assert.equal(code, 1)
      assert.match(stderr, /^email /)
      assert.doesNotMatch(stderr, / {4}at /)
      return true
    }
  )
})

test('an Admin who makes somebody Admin before the address is verified sends a link that verifies it', async () => {
  const admin = await createMember(app, { role: 'Admin' })
  const email = 'early@example.com'
  await client.post('/register', registration(email))
  const attempt = await app.mail.secret(email)
  const { id } = await accountRow(app, email)
  assert.equal((await admin.put(`/${idToText(id)}`, { role: 'Admin' })).status, 200)
  assert.equal((await client.post('/verify-email', { token: attempt })).body.code, 'token_invalid')
  assert.equal(await setPassword(await app.mail.secret(email, /administrator/)), 200)
  assert.equal((await createClient(app.server).logIn(email, CHOSEN)).body.role, 'Admin')
})
