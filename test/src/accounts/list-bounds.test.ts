import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createKeyring, readSecrets } from '../../../src/tokens/keyring.ts'
import { seal } from '../../../src/tokens/sealed.ts'
import { createTestApp } from '../../support/app.ts'
import { createClient, createMember } from '../../support/client.ts'

const app = await createTestApp()
const admin = await createMember(app, { role: 'Admin' })
const user = await createMember(app)
await createMember(app, { login: false })

async function refused(query: string, path: string): Promise<void> {
  const faults = (await admin.get(`/?${query}`)).faults()
  assert.ok(
    faults.every(fault => fault.path === path),
    query
  )
}

async function cursorOf(query: string): Promise<string> {
  const { headers } = await admin.get(`/?${query}`)
  return new URLSearchParams(/<\?([^>]*)>/.exec(String(headers.link))?.[1]).get('cursor') ?? ''
}

test('only Admins may list', async () => {
  assert.equal((await createClient(app.server).get('/')).body.code, 'authentication_required')
  assert.equal((await user.get('/')).body.code, 'forbidden')
  assert.equal((await user.get('/?limit=nonsense')).body.code, 'forbidden')
  assert.equal((await admin.get('/')).status, 200)
  assert.equal((await admin.get('')).status, 200)
})

// ASVS V1.4.2
test('limit is a whole number from 1 to 500', async () => {
  for (const limit of [
    '0',
    '-1',
    '501',
    '1.5',
    'abc',
    '1e999',
    'Infinity',
    '-Infinity',
    'NaN',
    '9007199254740993',
    '%00'
  ]) {
    await refused(`limit=${limit}`, '/limit')
  }
  await refused('limit=1&limit=2', '/limit')
  assert.equal((await admin.get('/?limit=1')).accounts().length, 1)
  assert.equal((await admin.get('/?limit=500')).accounts().length, 3)
})

test('role, q and unknown names are refused by name', async () => {
  for (const role of ['admin', 'Root', 'Admin&role=User']) await refused(`role=${role}`, '/role')
  await refused(`q=${'x'.repeat(255)}`, '/q')
  await refused('q=a&q=b', '/q')
  await refused('offset=1', '/offset')
  await refused('__proto__=1', '/__proto__')
  await refused('q[a]=1', '/q[a]')
})

test('an empty parameter counts as not given, as a form with empty boxes sends it', async () => {
  assert.deepEqual((await admin.get('/?limit=&cursor=&q=&role=')).body, (await admin.get('/')).body)
  await refused('q=&offset=', '/offset')
  const { headers } = await admin.get('/?limit=1&q=&role=')
  assert.doesNotMatch(String(headers.link), /[?&](q|role)=/)
})

test('a cursor that was changed is refused, wherever it was changed', async () => {
  const cursor = await cursorOf('limit=1')
  assert.equal((await admin.get(`/?limit=1&cursor=${cursor}`)).status, 200)
  for (let i = 0; i < cursor.length - 1; i++) {
    await refused(
      `limit=1&cursor=${cursor.slice(0, i)}${cursor[i] === 'A' ? 'B' : 'A'}${cursor.slice(i + 1)}`,
      '/cursor'
    )
  }
  for (let length = 1; length < cursor.length - 1; length += 7)
    await refused(`cursor=${cursor.slice(0, length)}`, '/cursor')
  for (const wrong of ['x', '%00', '%', 'A'.repeat(1001), `AAAA${cursor}`, `${cursor}AAAA`])
    await refused(`cursor=${wrong}`, '/cursor')
})

test('a cursor leads on in its own list only, with any limit', async () => {
  const all = await cursorOf('limit=1')
  const byAddress = await cursorOf('limit=1&q=member')
  const byName = await cursorOf('limit=1&q=Love')
  assert.equal((await admin.get(`/?limit=2&cursor=${all}`)).accounts().length, 2)
  await refused(`q=member&cursor=${all}`, '/cursor')
  await refused(`role=User&cursor=${all}`, '/cursor')
  await refused(`cursor=${byAddress}`, '/cursor')
  await refused(`q=Love&cursor=${byAddress}`, '/cursor')
  await refused(`q=Love&role=User&cursor=${byName}`, '/cursor')
})

test('a cursor that an older version of us sealed, with a position we do not know, is refused', async () => {
  const keys = createKeyring(readSecrets(app.config.SECRET ?? ''))
  const sealed = (position: object) =>
    seal(keys, 'cursor', JSON.stringify(position), Buffer.from('["accounts",null,null]')).toString('base64url')
  assert.equal((await admin.get(`/?cursor=${sealed({ by: 'id', id: '' })}`)).status, 200)
  for (const old of [{ by: 'created', at: 1 }, { by: 'id' }, { by: 'id', id: 7 }, [], {}])
    await refused(`cursor=${sealed(old)}`, '/cursor')
})

test('a cursor tells nothing of the member it stands at', async () => {
  const text = Buffer.from(await cursorOf('limit=1&q=member'), 'base64url').toString('latin1')
  assert.doesNotMatch(text, /member|example/)
})

test('an account in the list is the account by its id, without any column beside it', async () => {
  for (const account of (await admin.get('/')).accounts()) {
    assert.deepEqual((await admin.get(`/${account.id}`)).body, account)
    assert.deepEqual(Object.keys(account).sort(), [
      'created',
      'email',
      'firstName',
      'id',
      'isVerified',
      'lastName',
      'role',
      'title',
      'updated'
    ])
  }
})
