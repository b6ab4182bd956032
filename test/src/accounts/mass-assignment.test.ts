import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import { createTestApp } from '../../support/app.ts'
import { createClient, createMember, PASSWORD, passwords, registration } from '../../support/client.ts'

// Bodies are allow-lists, answers are cut by schemas.
const app = await createTestApp()
const anyone = createClient(app.server)
const admin = await createMember(app, { role: 'Admin' })
const user = await createMember(app)

const { rows } = await sql<{ name: string }>`
  select distinct column_name as name from information_schema.columns where table_schema = ${app.database.name}`.execute(
  app.db
)
const columns = rows.map(({ name }) => name)
const camel = (name: string) => name.replace(/_(.)/g, (_, letter: string) => letter.toUpperCase())
const names = new Set([
  ...columns,
  ...columns.map(camel),
  'isVerified',
  'isAdmin',
  'created',
  'updated',
  'verified',
  '$set',
  'a/b~c'
])

const person = registration('mass@example.com')
const { acceptTerms: _, ...account } = person

const routes = [
  { by: anyone, method: 'POST', path: '/register', body: person },
  { by: anyone, method: 'POST', path: '/verify-email', body: { token: 'x' } },
  { by: anyone, method: 'POST', path: '/undo-email-change', body: { token: 'x' } },
  { by: anyone, method: 'POST', path: '/resend-verification', body: { email: user.email } },
  { by: anyone, method: 'POST', path: '/forgot-password', body: { email: user.email } },
  { by: anyone, method: 'POST', path: '/validate-reset-token', body: { token: 'x' } },
  { by: anyone, method: 'POST', path: '/reset-password', body: { token: 'x', ...passwords() } },
  { by: anyone, method: 'POST', path: '/authenticate', body: { email: user.email, password: PASSWORD } },
  { by: anyone, method: 'POST', path: '/refresh-token', body: {} },
  { by: anyone, method: 'POST', path: '/revoke-token', body: {} },
  { by: admin, method: 'POST', path: '/', body: { ...account, role: 'User' } },
  { by: user, method: 'PUT', path: `/${user.id}`, body: { firstName: 'Changed' } },
  { by: admin, method: 'PUT', path: `/${user.id}`, body: { firstName: 'Changed' } }
] as const

// What each body may say, and no more.
const KNOWN: Record<string, string[]> = {
  '/register': Object.keys(person),
  '/': [...Object.keys(account), 'role', 'currentPassword'],
  [`/${user.id}`]: [...Object.keys(account), 'role', 'currentPassword'],
  '/verify-email': ['token', 'email', 'code'],
  '/validate-reset-token': ['token', 'email', 'code'],
  '/reset-password': ['token', 'email', 'code', ...Object.keys(passwords())],
  '/authenticate': ['email', 'password', 'refreshTokenDelivery'],
  '/refresh-token': ['refreshToken'],
  '/revoke-token': ['token', 'refreshToken']
}

test('the list of columns is that of the database', () => {
  for (const name of ['email_canonical', 'password_hash', 'verified_at', 'suspended_at', 'secret', 'hash', 'role']) {
    assert.ok(names.has(name), name)
  }
})

// ASVS V8.2.3
for (const { by, method, path, body } of routes) {
  const who = by === admin ? 'Admin' : by === user ? 'User' : 'anyone'
  // ASVS V2.2.1, V8.2.3, V15.3.3
  test(`${method} ${path.replace(user.id, ':id')} by ${who} refuses every column it does not know, by name`, async () => {
    const before = await app.db.selectFrom('accounts').selectAll().execute()
    const known = new Set([...Object.keys(body), ...(KNOWN[path] ?? [])])
    for (const name of names) {
      if (known.has(name)) continue
      for (const value of ['Admin', true, null]) {
        const answer = await by.request(method, path, { ...body, [name]: value })
        assert.equal(answer.status, 400, name)
        const pointer = `/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`
        assert.deepEqual(answer.body.errors, [{ path: pointer, message: 'is not a recognised field' }])
      }
    }
    assert.deepEqual(await app.db.selectFrom('accounts').selectAll().execute(), before)
  })
}

// ASVS V14.2.6, V15.3.1, V8.2.3
test('no answer has a field that is a column only', async () => {
  const VIEW = ['id', 'title', 'firstName', 'lastName', 'email', 'role', 'created', 'updated', 'isVerified'].sort()
  const login = await user.logIn(user.email)
  const refreshed = await user.refresh()
  const made = await admin.post('/', { ...account, role: 'User' })
  const answers = [await user.get(`/${user.id}`), await user.put(`/${user.id}`, { title: 'Dr' }), made]
  for (const account of [...answers.map(({ body }) => body), ...(await admin.get('/')).accounts()])
    assert.deepEqual(Object.keys(account).sort(), VIEW)
  for (const { body } of [login, refreshed]) assert.deepEqual(Object.keys(body).sort(), [...VIEW, 'jwtToken'].sort())
  assert.deepEqual(Object.keys((await admin.delete(`/${made.body.id}`)).body), ['message'])
})
