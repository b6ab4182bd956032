import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { AccountView } from '../../../src/accounts/schemas.ts'
import { newId } from '../../../src/ids.ts'
import { createTestApp } from '../../support/app.ts'
import { createMember } from '../../support/client.ts'

const app = await createTestApp()
const admin = await createMember(app, { email: 'zz.admin@example.org', role: 'Admin' })

// Last names that collations, LIKE and paging could stumble over; many members share one.
const NAMES = [
  'Smith',
  'smith',
  'Smíth',
  'Smithson',
  '100%',
  '100_',
  '1000',
  'a\\b',
  'a_b',
  'axb',
  'Straße',
  'Strasse',
  'Øre',
  '😀 Smile',
  '😁 Grin',
  "O'Brien",
  'smith '
]
const people = Array.from({ length: 170 }, (_, i) => ({
  name: NAMES[i % NAMES.length] ?? '',
  email: `${i % 3 === 0 ? 'smith' : 'member'}${i}@example.com`,
  role: i % 5 === 0 ? ('Admin' as const) : ('User' as const)
}))
await app.db
  .insertInto('accounts')
  .values(
    people.map(({ name, email, role }) => ({
      id: newId(() => new Date()),
      email,
      email_canonical: Buffer.from(email),
      title: 'Ms',
      first_name: 'Ada',
      last_name: name,
      role,
      password_hash: null,
      locale: 'en',
      verified_at: new Date(),
      address_proven_at: null,
      suspended_at: null,
      suspended_until: null,
      suspended_reason: null,
      version: 0,
      last_login_at: null,
      created_at: new Date(),
      updated_at: null
    }))
  )
  .execute()

/** Follows the links to the end. */
async function pages(query: Record<string, string>): Promise<AccountView[][]> {
  const all: AccountView[][] = []
  for (let path = `/?${new URLSearchParams(query)}`; ; ) {
    const answer = await admin.get(path)
    assert.equal(answer.status, 200, path)
    all.push(answer.accounts())
    const next = /^<(\?[^>]*)>; rel="next"$/.exec(String(answer.headers.link ?? ''))?.[1]
    if (!next) {
      assert.equal(answer.headers.link, undefined)
      return all
    }
    assert.equal(answer.accounts().length, Number(query.limit), 'only the last page is short')
    path = `/${next}`
    assert.ok(all.length < 500, 'paging ends')
  }
}

async function listed(query: Record<string, string>): Promise<string[]> {
  const emails = (await pages(query)).flat().map(({ email }) => email)
  assert.equal(new Set(emails).size, emails.length, 'no account twice')
  return emails
}

const emails = (of: (person: (typeof people)[number]) => boolean) => people.filter(of).map(({ email }) => email)

for (const limit of ['1', '7', '17', '170', '171', '500']) {
  test(`every account comes once, by pages of ${limit}`, async () => {
    const all = await listed({ limit })
    assert.deepEqual(all.slice(1).sort(), emails(() => true).sort())
    assert.equal(all[0], admin.email)
  })
}

for (const limit of ['1', '3', '10', '30', '500']) {
  test(`q finds by address first, then by last name, without repetition, by pages of ${limit}`, async () => {
    const byAddress = emails(({ email }) => email.startsWith('smith')).sort()
    const byName = emails(({ email, name }) => !email.startsWith('smith') && /^sm[ií]th/i.test(name))
    const found = await listed({ q: 'Smith', limit })
    assert.deepEqual(found.slice(0, byAddress.length), byAddress)
    assert.deepEqual(found.slice(byAddress.length).sort(), byName.sort())
  })

  test(`role narrows the list and a search, by pages of ${limit}`, async () => {
    const admins = emails(({ role }) => role === 'Admin')
    assert.deepEqual((await listed({ role: 'Admin', limit })).sort(), [admin.email, ...admins].sort())
    const wanted = emails(
      ({ email, name, role }) => role === 'User' && (email.startsWith('smith') || /^sm[ií]th/i.test(name))
    )
    assert.deepEqual((await listed({ role: 'User', q: 'smith', limit })).sort(), wanted.sort())
  })
}

test('%, _ and \\ in q mean themselves', async () => {
  for (const [q, names] of [
    ['%', []],
    ['_', []],
    ['\\', []],
    ['100%', ['100%']],
    ['100_', ['100_']],
    ['a\\', ['a\\b']],
    ['a_', ['a_b']],
    ["O'B", ["O'Brien"]]
  ] as const) {
    const found = (await pages({ q, limit: '500' })).flat().map(({ lastName }) => lastName)
    assert.deepEqual([...new Set(found)], names, q)
    assert.equal(found.length, names.length * 10, q)
  }
})

test('q finds an international domain as it is shown', async () => {
  const email = 'reader@bücher.example'
  const other = 'reader@bücher.example.org'
  for (const address of [email, other]) await createMember(app, { email: address, login: false })
  for (const q of ['reader@bücher', 'Reader@BÜCHER.', 'reader@bücher.ex', 'reader@xn--bcher-kva'])
    for (const limit of ['1', '5']) assert.deepEqual(await listed({ q, limit }), [email, other], q)
  assert.deepEqual(await listed({ q: `${email}.`, limit: '1' }), [other])
  assert.deepEqual(await listed({ q: 'reader@bücherei', limit: '5' }), [])
})

test('nothing found is an empty array', async () => {
  for (const q of ['nobody', '\0', '\u202e', "' or 1=1 -- ", '@', 'é@'])
    assert.deepEqual(await pages({ q, limit: '5' }), [[]], q)
})
