import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createTestApp } from '../../support/app.ts'
import { createClient, createMember, PASSWORD, passwords, registration } from '../../support/client.ts'

// No hostile request makes a 5xx.
const app = await createTestApp()
const admin = await createMember(app, { role: 'Admin' })
const victim = await createMember(app)
const anyone = createClient(app.server)

const { acceptTerms: _, ...person } = registration('hostile@example.com')
const routes = [
  { by: anyone, method: 'POST', path: '/register', body: registration('hostile@example.com') },
  { by: anyone, method: 'POST', path: '/verify-email', body: { token: 'x' } },
  { by: anyone, method: 'POST', path: '/undo-email-change', body: { token: 'x' } },
  { by: anyone, method: 'POST', path: '/verify-email', body: { email: victim.email, code: '12345678' } },
  { by: anyone, method: 'POST', path: '/resend-verification', body: { email: victim.email } },
  { by: anyone, method: 'POST', path: '/forgot-password', body: { email: victim.email } },
  { by: anyone, method: 'POST', path: '/validate-reset-token', body: { token: 'x' } },
  { by: anyone, method: 'POST', path: '/reset-password', body: { token: 'x', ...passwords() } },
  {
    by: anyone,
    method: 'POST',
    path: '/authenticate',
    body: { email: 'x@example.com', password: PASSWORD, refreshTokenDelivery: 'body' }
  },
  { by: anyone, method: 'POST', path: '/refresh-token', body: { refreshToken: 'x' } },
  { by: anyone, method: 'POST', path: '/revoke-token', body: { refreshToken: 'x', token: 'x' } },
  { by: admin, method: 'POST', path: '/', body: { ...person, role: 'User', currentPassword: PASSWORD } },
  { by: admin, method: 'PUT', path: `/${victim.id}`, body: { ...person, role: 'User', currentPassword: PASSWORD } }
] as const

const TEXTS = [
  '',
  ' ',
  '\0',
  'a\0b',
  '\ud800',
  'a\udc00b',
  '\ufffe',
  '😀'.repeat(80),
  '\u202eabc',
  '\u200b',
  'a\u2028b',
  '\r\nBcc: eve@example.com',
  `'"\\\``,
  "' or 1=1 -- ",
  '%',
  '_',
  '{{7}}',
  '<script>',
  '__proto__',
  'constructor',
  '../../etc/passwd',
  '\ufdfa'.repeat(256),
  'x'.repeat(60_000),
  `${'x'.repeat(60_000)}\u0001`,
  'ab '.repeat(20_000),
  '@'.repeat(60_000),
  `${'a.'.repeat(30)}@${'b.'.repeat(90)}com`
]
const VALUES: unknown[] = [
  ...TEXTS,
  0,
  -1,
  1.5,
  1e308,
  Number.MAX_SAFE_INTEGER + 1,
  true,
  false,
  null,
  [],
  ['x'],
  [[]],
  {},
  { $ne: null },
  { toString: 1 }
]

for (const { by, method, path, body } of routes) {
  // ASVS V1.2.4
  test(`${method} ${path.replace(victim.id, ':id')} answers below 500 whatever value is in whatever field`, async () => {
    for (const field of Object.keys(body)) {
      for (const value of VALUES) {
        const more = field === 'password' ? { confirmPassword: value } : {}
        const answer = await by.request(method, path, { ...body, [field]: value, ...more })
        assert.ok(
          answer.status < 500,
          `${field} ${JSON.stringify(value).slice(0, 60)}: ${answer.status} ${answer.body.code}`
        )
      }
    }
    for (const value of VALUES) assert.ok((await by.request(method, path, value)).status < 500)
  })
}

test('paths, queries and headers of any kind are no 5xx', async () => {
  const odd = [
    '%',
    '%00',
    '%ff',
    '%ED%A0%80',
    '..%2f..',
    '%2e%2e',
    ';x',
    '?',
    '??',
    '?q',
    '?q=%',
    '?limit[]=1',
    '?cursor=%00',
    `?q=${'%F0%9F%98%80'.repeat(200)}`,
    'a'.repeat(101),
    'a'.repeat(15_000),
    '*',
    '%2F',
    '//'
  ]
  for (const text of odd) {
    for (const method of ['GET', 'DELETE', 'POST', 'PUT'] as const) {
      const { status } = await admin.request(
        method,
        `/${text}`,
        method === 'GET' || method === 'DELETE' ? undefined : {}
      )
      assert.ok(status < 500, `${method} ${text.slice(0, 40)}: ${status}`)
    }
  }
  const unusual: Record<string, string>[] = [
    { 'accept-language': ',;q=,*;q=9'.repeat(500) },
    { 'user-agent': '\u00ff\u0080'.repeat(2000) },
    { cookie: '__Host-refresh=%E0%A4%A; __Host-refresh=j:7; =;;' },
    { authorization: 'Bearer eyJhbGciOiJub25lIn0.e30.' },
    { authorization: `Bearer ${'a'.repeat(12_000)}.b.c` },
    { 'x-forwarded-for': 'x'.repeat(5000) },
    { origin: '\u00e4' },
    { 'content-length': '-1' },
    { 'x-request-id': '\u00ff'.repeat(500) }
  ]
  for (const headers of unusual) {
    for (const path of ['/refresh-token', '/revoke-token', '/forgot-password']) {
      const { status } = await anyone.post(path, {}, { headers })
      assert.ok(status < 500, `${path} ${JSON.stringify(headers).slice(0, 60)}: ${status}`)
    }
  }
})

test('everything at once to one account is no 5xx', async () => {
  for (let round = 0; round < 5; round++) {
    const member = await createMember(app)
    await anyone.post('/forgot-password', { email: member.email })
    const token = await app.mail.secret(member.email)
    const email = `chaos${round}@example.com`
    const acts = Array.from({ length: 4 }, (_, i) => [
      anyone.post('/reset-password', { token, ...passwords() }),
      member.put(`/${member.id}`, { title: `Dr ${i}`, email, ...passwords() }),
      admin.put(`/${member.id}`, { role: i % 2 ? 'Admin' : 'User', email: `${i}${email}` }),
      anyone.post('/register', registration(email)),
      anyone.post('/forgot-password', { email: member.email }),
      admin.post('/', { ...person, email, role: 'User' }),
      ...(i === 3 ? [member.delete(`/${member.id}`), admin.delete(`/${member.id}`)] : [])
    ]).flat()
    for (const { status, body } of await Promise.all(acts)) assert.ok(status < 500, JSON.stringify(body))
  }
})
