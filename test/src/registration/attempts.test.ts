import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createTestApp } from '../../support/app.ts'
import { createClient, passwords, registration } from '../../support/client.ts'
import { accountRow, setAccount } from '../../support/rows.ts'

const app = await createTestApp({ RATE_LIMIT: 'off' }) // twenty attempts for one mailbox at once
const client = createClient(app.server)

const attempt = (email: string, name: string) =>
  registration(email, { firstName: name, ...passwords(`password of ${name}`) })

async function start(email: string, name: string): Promise<string> {
  assert.equal((await client.post('/register', attempt(email, name))).status, 200)
  return await app.mail.secret(email)
}

test('the link of an attempt installs the password and names of that attempt, not of the newest', async () => {
  const email = 'two@example.com'
  const own = await start(email, 'Rightful')
  await start(email, 'Mallory')
  assert.equal((await client.post('/verify-email', { token: own })).status, 200)
  assert.equal((await client.logIn(email, 'password of Mallory')).body.code, 'email_not_verified')
  const login = await client.logIn(email, 'password of Rightful')
  assert.equal(login.status, 200)
  assert.equal(login.body.firstName, 'Rightful')
})

test('once one attempt is confirmed, the links of the others are dead', async () => {
  const email = 'dead@example.com'
  const first = await start(email, 'First')
  const second = await start(email, 'Second')
  const third = await start(email, 'Third')
  assert.equal((await client.post('/verify-email', { token: second })).status, 200)
  for (const token of [first, third]) {
    assert.equal((await client.post('/verify-email', { token })).body.code, 'token_invalid')
  }
  assert.equal((await client.logIn(email, 'password of Second')).body.firstName, 'Second')
})

test('twenty registrations of one address at once make one row, and every link was sent', async () => {
  const email = 'parallel@example.com'
  const names = Array.from({ length: 20 }, (_, i) => `Number${i}`)
  const spelling = (i: number) => (i % 2 ? email : 'Parallel@Example.Com')
  const answers = await Promise.all(names.map((name, i) => client.post('/register', attempt(spelling(i), name))))
  assert.deepEqual(new Set(answers.map(({ status }) => status)), new Set([200]))
  const rows = await app.db
    .selectFrom('accounts')
    .select(['id', 'email'])
    .where('email_canonical', '=', Buffer.from(email))
    .execute()
  assert.equal(rows.length, 1)
  const secrets = new Set<string>()
  for (const _ of names) secrets.add(await app.mail.secret(email))
  assert.equal(secrets.size, 20)
  const statuses = await Promise.all(
    [...secrets].map(async token => (await client.post('/verify-email', { token })).status)
  )
  assert.equal(statuses.filter(status => status === 200).length, 1)
  assert.equal(statuses.filter(status => status === 401).length, 19)
})

test('an attempt that runs while the account is being verified does not change its password', async () => {
  const email = 'late@example.com'
  const secret = await start(email, 'Rightful')
  const holder = await app.db.startTransaction().execute()
  const { id } = await holder
    .selectFrom('accounts')
    .select('id')
    .where('email', '=', email)
    .forUpdate()
    .executeTakeFirstOrThrow()
  const late = client.post('/register', attempt(email, 'Mallory'))
  await new Promise(resolve => setTimeout(resolve, 500)) // until it waits for the row
  // What verify-email does in its transaction.
  await holder.updateTable('accounts').set({ verified_at: app.now() }).where('id', '=', id).execute()
  const before = await accountRow(app, email)
  await holder.commit().execute()
  assert.equal((await late).status, 200)
  const after = await accountRow(app, email)
  assert.equal(after.password_hash, before.password_hash)
  assert.equal(after.first_name, 'Rightful')
  assert.equal((await client.post('/verify-email', { token: secret })).body.code, 'token_invalid')
})

test('nobody chooses the password of an account that was made Admin before it was verified', async () => {
  const email = 'boss@example.com'
  const before = await start(email, 'Mallory')
  await setAccount(app, email, { role: 'Admin' })
  assert.equal((await client.post('/verify-email', { token: before })).body.code, 'token_invalid')
  await client.post('/register', attempt(email, 'Mallory'))
  assert.match((await app.mail.next(email)).subject, /already have an account/)
  await client.post('/forgot-password', { email })
  const token = await app.mail.secret(email)
  await client.post('/reset-password', { token, ...passwords() })
  assert.equal((await client.logIn(email)).body.role, 'Admin')
})
