import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createTestApp } from '../support/app.ts'
import { createClient, createMember, PASSWORD } from '../support/client.ts'

const app = await createTestApp()
const client = createClient(app.server)
const admin = await createMember(app, { role: 'Admin' })
const login = { email: 'nobody@example.com', password: PASSWORD }

async function faults(path: string, body: unknown): Promise<[string, string][]> {
  return (await client.post(path, body)).faults().map(({ path, message }) => [path, message])
}

test('a body that is not an object says so', async () => {
  for (const body of [null, 7, 'text', true, [], [login]])
    assert.deepEqual(await faults('/authenticate', body), [['', 'must be an object']])
})

test('every fault is named, not the first only, each once, and none repeats the input', async () => {
  const xss = '<img src=x onerror=alert(1)>'
  assert.deepEqual(
    await faults('/register', {}),
    ['title', 'firstName', 'lastName', 'email', 'password', 'confirmPassword', 'acceptTerms'].map(name => [
      `/${name}`,
      'is required'
    ])
  )
  const blank = {
    title: '',
    firstName: '',
    lastName: '',
    email: '',
    password: '',
    confirmPassword: '',
    acceptTerms: 'yes'
  }
  const empty = 'must not be blank or contain control characters'
  assert.deepEqual(await faults('/register', blank), [
    ['/title', empty],
    ['/firstName', empty],
    ['/lastName', empty],
    ['/email', 'must be an e-mail address'],
    ['/password', 'must not be empty'],
    ['/acceptTerms', 'must be accepted']
  ])
  const answer = await client.post('/register', {
    title: 7,
    firstName: 'x'.repeat(81),
    email: xss,
    [xss]: xss,
    password: [xss]
  })
  for (const { message } of [answer.body, ...answer.faults()]) assert.doesNotMatch(message ?? '<', /</)
})

test('a chosen password is judged together with the rest, in every body that brings one', async () => {
  const long = { path: '/title', message: 'must be at most 80 characters long' }
  const weak = { password: 'password', confirmPassword: 'password' }
  const common = { path: '/password', message: 'is one of the most common passwords' }
  const update = await admin.put(`/${admin.id}`, { title: 'x'.repeat(81), ...weak })
  assert.deepEqual(update.body.errors, [long, common])
  assert.deepEqual(await faults('/reset-password', { token: 'x', password: 'short', confirmPassword: 'other' }), [
    ['/confirmPassword', 'must be the same as password'],
    ['/password', 'must be at least 8 characters long']
  ])
  // What only the database knows, the verb finds.
  const own = await admin.put(`/${admin.id}`, { password: 'lovelace-ada7', confirmPassword: 'lovelace-ada7' })
  assert.deepEqual(own.body.errors, [
    {
      path: '/password',
      message: 'must not be based on your name, your e-mail address or the name of this service'
    }
  ])
})

test('blank fields of an update mean nothing, but only those that there are', async () => {
  assert.equal(
    (await admin.put(`/${admin.id}`, { title: '', password: '', confirmPassword: '', role: '' })).status,
    200
  )
  assert.deepEqual((await admin.put(`/${admin.id}`, { bogus: '', other: 1 })).body.errors, [
    { path: '/bogus', message: 'is not a recognised field' },
    { path: '/other', message: 'is not a recognised field' }
  ])
})

test('the words are those of people, for every kind of rule', async () => {
  const words = async (path: string, body: unknown) => (await faults(path, body)).map(([, message]) => message)
  assert.deepEqual(await words('/verify-email', { token: 7 }), ['must be text'])
  assert.deepEqual(await words('/verify-email', { token: '' }), ['must not be empty'])
  assert.deepEqual(await words('/verify-email', { token: 'x'.repeat(201) }), ['must be at most 200 characters long'])
  assert.deepEqual(await words('/authenticate', { ...login, refreshTokenDelivery: 'pigeon' }), [
    'must be cookie or body'
  ])
  assert.deepEqual(await words('/reset-password', { token: 'x', password: PASSWORD, confirmPassword: 'other' }), [
    'must be the same as password'
  ])
  const listed = async (query: string) => (await admin.get(`/?${query}`)).body.errors
  assert.deepEqual(await listed('limit=x&role=Root&nope=1'), [
    { path: '/nope', message: 'is not a recognised field' },
    { path: '/limit', message: 'must be a whole number' },
    { path: '/role', message: 'must be User or Admin' }
  ])
  assert.deepEqual(await listed('limit=501'), [{ path: '/limit', message: 'must be at most 500' }])
})

// ASVS V1.1.1
test('what a URL says is decoded once: an escape that was escaped stays one', async () => {
  const admin = await createMember(app, { role: 'Admin', email: 'decoded@example.com' })
  const found = async (q: string) => (await admin.get(`/?q=${q}`)).accounts().map(({ email }) => email)
  assert.deepEqual(await found('decoded%40example'), [admin.email])
  assert.deepEqual(await found('decoded%2540example'), [])
  assert.deepEqual(await found('decoded%5cu0040example'), [])
  assert.equal((await admin.get(`/${admin.id.replaceAll('-', '%2d')}`)).status, 200)
  assert.equal((await admin.get(`/${admin.id.replaceAll('-', '%252d')}`)).status, 404)
})

// ASVS V2.2.1, V15.3.5
test('bodies are not coerced: only strings are text', async () => {
  for (const value of [7, true, null, ['x'], { x: 1 }]) {
    assert.deepEqual(await faults('/authenticate', { email: value, password: value }), [
      ['/email', 'must be text'],
      ['/password', 'must be text']
    ])
  }
})

// ASVS V1.2.3, V1.3.3
test('names may be of every script, and are 1 to 80 code points without control characters', async () => {
  const ok = [
    'Ü',
    '李',
    'O’Brien',
    'Jean-Luc Ⅲ',
    '👩‍👩‍👧',
    '😀'.repeat(80),
    'x'.repeat(80),
    'עברית',
    "Robert'); DROP TABLE accounts;--"
  ]
  for (const title of ok) assert.equal((await admin.put(`/${admin.id}`, { title })).body.title, title)
  for (const title of [
    ' ',
    '\u3000',
    '\t',
    'a\0',
    'a\r\nb',
    'a\u0085',
    'a\u2028b',
    '\ud800',
    'a\udc00',
    'x'.repeat(81),
    '😀'.repeat(81)
  ]) {
    assert.equal((await admin.put(`/${admin.id}`, { title })).status, 400, JSON.stringify(title))
  }
})
