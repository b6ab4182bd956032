import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import type { Answer } from '../../support/answer.ts'
import { createTestApp } from '../../support/app.ts'
import { type Client, createClient, createMember, passwords, registration } from '../../support/client.ts'
import { patiently } from '../../support/patiently.ts'
import { accountRow } from '../../support/rows.ts'

const app = await createTestApp()
const admin = await createMember(app, { role: 'Admin' })
const member = await createMember(app)

const etagOf = ({ headers }: Answer): string => String(headers.etag ?? assert.fail('there is no ETag'))
const ifMatch = (tag: string) => ({ headers: { 'if-match': tag } })
const read = async (who = member) => etagOf(await admin.get(`/${who.id}`))
const edit = (body: object, tag: string, as: Client = admin) => as.put(`/${member.id}`, body, ifMatch(tag))

test('an account has a strong ETag that is another one after every change, and the same after a login', async () => {
  const seen = new Set([await read()])
  const changes: Record<string, () => Promise<Answer>> = {
    title: () => admin.put(`/${member.id}`, { title: 'Dr' }),
    password: () => admin.put(`/${member.id}`, passwords('another long passphrase')),
    address: () => admin.put(`/${member.id}`, { email: 'new.address@example.com' }),
    role: () => admin.put(`/${member.id}`, { role: 'Admin' }),
    'role back': () => admin.put(`/${member.id}`, { role: 'User' })
  }
  for (const [what, change] of Object.entries(changes)) {
    const answered = etagOf(await change())
    assert.equal(answered, await read(), what)
    assert.match(answered, /^"\d+"$/)
    assert(!seen.has(answered), what)
    seen.add(answered)
  }
  const { version } = await accountRow(app, 'new.address@example.com')
  assert.equal((await member.logIn('new.address@example.com', 'another long passphrase')).status, 200)
  assert.equal(etagOf(await member.get(`/${member.id}`)), `"${version}"`)
  assert.equal(etagOf(await admin.put(`/${member.id}`, { title: 'Dr' })), `"${version}"`, 'nothing changed')
})

test('a reset by mail, and a registration once more, are changes, too', async () => {
  const someone = await createMember(app)
  const before = await read(someone)
  await someone.post('/forgot-password', { email: someone.email })
  const token = await app.mail.secret(someone.email, /Reset/)
  assert.equal((await someone.post('/reset-password', { token, ...passwords('a third passphrase') })).status, 200)
  assert.notEqual(await read(someone), before)
  const email = 'twice@example.com'
  await createClient(app.server).post('/register', registration(email))
  const { version } = await accountRow(app, email)
  await createClient(app.server).post('/register', registration(email))
  assert.equal((await accountRow(app, email)).version, version + 1)
})

test('an edit that names the version goes through; one that names another is 412, and changes nothing', async () => {
  const tag = await read()
  const fresh = await edit({ title: 'Prof' }, tag)
  assert.deepEqual([fresh.status, fresh.body.title], [200, 'Prof'])
  for (const late of [await edit({ title: 'Mr' }, tag), await admin.delete(`/${member.id}`, ifMatch(tag))])
    assert.deepEqual([late.status, late.body.code], [412, 'precondition_failed'])
  assert.equal((await edit({ title: 'Mx' }, tag, member)).status, 412, 'by the member, too')
  assert.equal((await admin.get(`/${member.id}`)).body.title, 'Prof')
})

const now = async () => await read()
const MATCHING: Record<string, (tag: string) => string> = {
  '*': () => '*',
  'the tag': tag => tag,
  'a list with it': tag => `"other", ${tag}`,
  'a list without blanks': tag => `"x","y",${tag}`,
  'a list with empty elements and a comma in a tag': tag => `, "a,b" ,,\t${tag} ,`,
  'a weak one beside it': tag => `W/${tag}, ${tag}`
}
for (const [what, header] of Object.entries(MATCHING)) {
  test(`If-Match with ${what} matches`, async () => {
    assert.equal((await edit({ title: what.slice(0, 9) }, header(await now()))).status, 200)
  })
}

const NOT_MATCHING: Record<string, (tag: string) => string> = {
  'a weak tag (RFC 9110 §8.8.3.2)': tag => `W/${tag}`,
  'another tag': () => '"0"',
  'a tag around it': tag => `"x${tag.slice(1)}`,
  'an empty tag': () => '""',
  'bytes beyond ASCII': () => '"\u00e9"',
  'a star in a tag': () => '"*"'
}
for (const [what, header] of Object.entries(NOT_MATCHING)) {
  test(`If-Match with ${what} is 412`, async () => {
    const answer = await edit({ title: 'Never' }, header(await now()))
    assert.deepEqual([answer.status, answer.body.code], [412, 'precondition_failed'])
  })
}

const MALFORMED = ['', ',', '7', 'abc', '"', '"1', '1"', '"1" "2"', 'w/"1"', 'W/', '*, "1"', '**', '"a b"', '"1";q=1']
for (const header of MALFORMED) {
  test(`If-Match: ${header} is malformed: 400 by name`, async () => {
    for (const answer of [await edit({ title: 'Never' }, header), await admin.delete(`/${member.id}`, ifMatch(header))])
      assert.deepEqual(
        answer.faults().map(({ path }) => path),
        ['/if-match']
      )
  })
}

test('a header that only looks long is read in no time', async () => {
  for (const header of [
    `"${'a'.repeat(8000)}`,
    `${' ,'.repeat(4000)}x`,
    `"a"${' '.repeat(8000)}x`,
    '"",'.repeat(3000)
  ]) {
    const started = performance.now()
    const { status } = await edit({ title: 'Never' }, header)
    assert([400, 412].includes(status))
    assert(performance.now() - started < 1000, header.slice(0, 9))
  }
})

test('what is refused without the header is refused alike with it', async () => {
  const outsider = await createMember(app)
  assert.equal((await edit({ title: 'Dr' }, '"0"', outsider)).status, 403)
  assert.equal((await admin.put(`/${randomUUID()}`, { title: 'Dr' }, ifMatch('*'))).status, 404)
  assert.equal((await admin.delete(`/${randomUUID()}`, ifMatch('*'))).status, 404)
})

// ASVS V2.3.3
test('of fifty edits that began with the same version one wins, 49 are told, and none is lost', async () => {
  const other = await app.another()
  const tag = await read()
  const editors = [admin, Object.assign(createClient(other), { token: admin.token })]
  const answers = await Promise.all(
    Array.from({ length: 50 }, (_, n) =>
      patiently(() => (editors[n % 2] ?? admin).put(`/${member.id}`, { firstName: `Editor ${n}` }, ifMatch(tag)))
    )
  )
  const won = answers.filter(({ status }) => status === 200)
  assert.equal(won.length, 1)
  assert.equal(answers.filter(({ body }) => body.code === 'precondition_failed').length, 49)
  const { body } = await admin.get(`/${member.id}`)
  assert.equal(body.firstName, won[0]?.body.firstName)
})

test('of fifty edits and deletions with the same version one wins', async () => {
  const tag = await read()
  const answers = await Promise.all(
    Array.from({ length: 50 }, (_, n) =>
      patiently(() => (n % 2 ? admin.delete(`/${member.id}`, ifMatch(tag)) : edit({ firstName: `Editor ${n}` }, tag)))
    )
  )
  assert.equal(answers.filter(({ status }) => status === 200).length, 1)
  assert(answers.every(({ status }) => [200, 404, 412].includes(status)))
})
