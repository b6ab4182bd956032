import assert from 'node:assert/strict'
import { test } from 'node:test'
import { HOUR } from '../../../src/clock.ts'
import { createTestApp } from '../../support/app.ts'
import { type Client, createClient, createMember, PASSWORD, passwords, registration } from '../../support/client.ts'
import { eventually } from '../../support/eventually.ts'
import type { ReceivedMail } from '../../support/mail.ts'
import { accountRow } from '../../support/rows.ts'

// Stands still, so that expiry can be tested to the millisecond.
let now = new Date()
const app = await createTestApp({}, { clock: () => now })
const advance = (ms: number) => {
  now = new Date(now.getTime() + ms)
}
const anyone = createClient(app.server)
const admin = await createMember(app, { role: 'Admin' })
const NEW = 'a wholly new passphrase'
const UNDO = /^Your e-mail address was changed/
let thieves = 0

const undo = (token: string, client = anyone) => client.post('/undo-email-change', { token })

/** Moves an account to a new address, as whoever is signed in does. @returns the link that the old address got */
async function move(client: Client, from: string, to = `thief${++thieves}@example.com`): Promise<[string, string]> {
  advance(1000)
  assert.equal((await client.put(`/${client.id}`, { email: to, currentPassword: PASSWORD })).status, 200)
  await app.mail.next(from, /Request to change/)
  assert.equal((await anyone.post('/verify-email', { token: await app.mail.secret(to, /Confirm/) })).status, 200)
  return [await linkThatUndoes(from, to), to]
}

/** The link that brings `from` back in the place of `to`. */
async function linkThatUndoes(from: string, to: string): Promise<string> {
  const mine = (mail: ReceivedMail) => mail.to === from && mail.text.includes(`New address: ${to}\n`)
  const find = () => app.mail.received.filter(mine).map(({ text }) => /undo-email-change\?token=(\S+)/.exec(text)?.[1])
  return await eventually(() => find().findLast(token => token !== undefined))
}

test('the old address can take the account back: old address, no session, no password, and a link to choose one', async () => {
  const member = await createMember(app)
  const [token, thief] = await move(member, member.email)
  const other = createClient(app.server)
  await other.logIn(thief)
  await anyone.post('/forgot-password', { email: thief })
  const stolenReset = await app.mail.secret(thief, /Reset/)
  await member.put(`/${member.id}`, { email: 'next.thief@example.com' })
  const stolenChange = await app.mail.secret('next.thief@example.com', /Confirm/)

  assert.equal((await undo(token)).status, 200)
  assert.equal((await accountRow(app, member.email)).password_hash, null)
  for (const session of [member, other]) {
    assert.equal((await session.get(`/${member.id}`)).body.code, 'session_revoked')
    assert.equal((await session.refresh()).body.code, 'session_revoked')
  }
  for (const email of [member.email, thief]) {
    assert.equal((await anyone.logIn(email)).body.code, 'invalid_credentials', 'as with a wrong password')
    const told = await app.mail.next(email, /change of your e-mail address was undone/)
    assert.match(told.text, new RegExp(`Address: ${member.email}`))
    assert.doesNotMatch(told.text + told.html, /token=/)
  }
  assert.equal((await anyone.post('/validate-reset-token', { token: stolenReset })).body.code, 'token_invalid')
  assert.equal((await anyone.post('/verify-email', { token: stolenChange })).body.code, 'token_invalid')
  const events = await app.db
    .selectFrom('audit_events')
    .selectAll()
    .where('event', '=', 'email_change_undone')
    .execute()
  assert.deepEqual(JSON.parse(events.at(-1)?.detail ?? ''), { from: thief, to: member.email })

  const reset = await app.mail.secret(member.email, /Reset/)
  assert.equal((await anyone.post('/reset-password', { token: reset, ...passwords(NEW) })).status, 200)
  assert.equal((await member.logIn(member.email, NEW)).status, 200)
  assert.equal((await member.get(`/${member.id}`)).body.email, member.email)
})

// ASVS V6.3.7
test('an Admin’s change of another’s address is told to both, and no link undoes it', async () => {
  const member = await createMember(app)
  await admin.put(`/${member.id}`, { email: 'by.admin@example.com' })
  for (const email of [member.email, 'by.admin@example.com'])
    assert.doesNotMatch((await app.mail.next(email, UNDO)).text, /token=/, email)
})

// ASVS V6.3.7
test('an account that an Admin took back from a thief stays: however old and proven his addresses are', async () => {
  const member = await createMember(app)
  const [, first] = await move(member, member.email)
  advance(60 * HOUR)
  const thief = createClient(app.server)
  await thief.logIn(first)
  const [chained, last] = await move(Object.assign(thief, { id: member.id }), first)
  advance(13 * HOUR) // the member's own link is over, that of the thief's first address is not
  await admin.logIn(admin.email)
  assert.equal((await admin.put(`/${member.id}`, { email: member.email, currentPassword: PASSWORD })).status, 200)
  assert.equal((await undo(chained)).body.code, 'token_invalid')
  assert.doesNotMatch((await app.mail.next(last, UNDO)).text, /token=/)
  assert.equal((await admin.get(`/${member.id}`)).body.email, member.email)
})

test('an address that nobody ever signed in with was mistyped: who has it gets no link', async () => {
  const admin = await createMember(app, { role: 'Admin' })
  const { acceptTerms: _, ...person } = registration('mistyped@example.com')
  const made = await admin.post('/', { ...person, role: 'User' })
  await anyone.post('/register', registration('unproven@example.com'))
  const unproven = (await admin.get('?q=unproven')).accounts()[0]
  for (const [id, email] of [
    [made.body.id, 'mistyped@example.com'],
    [unproven?.id, 'unproven@example.com']
  ]) {
    assert.equal((await admin.put(`/${id}`, { email: `right.${email}` })).status, 200)
    assert.doesNotMatch((await app.mail.next(email ?? '', UNDO)).text, /token=/)
  }
})

test('the link holds for 72 hours, to the millisecond, and not for longer', async () => {
  const [early, late] = [await createMember(app), await createMember(app)]
  const links: string[] = []
  for (const member of [early, late]) {
    await member.put(`/${member.id}`, { email: `moved.${member.email}` })
    await anyone.post('/verify-email', { token: await app.mail.secret(`moved.${member.email}`) })
    links.push(await linkThatUndoes(member.email, `moved.${member.email}`))
  }
  advance(72 * HOUR - 1)
  assert.equal((await undo(links[0] ?? '')).status, 200)
  advance(1)
  assert.equal((await undo(links[1] ?? '')).body.code, 'token_expired')
  assert.equal((await anyone.logIn(`moved.${late.email}`)).status, 200)
})

test('opening the link, and asking for it elsewhere, changes nothing: it is good for its own purpose only', async () => {
  const member = await createMember(app)
  const [token, to] = await move(member, member.email)
  for (const [path, body] of [
    ['/verify-email', { token }],
    ['/validate-reset-token', { token }],
    ['/reset-password', { token, ...passwords(NEW) }]
  ] as const)
    assert.equal((await anyone.post(path, body)).body.code, 'token_invalid')
  assert.equal((await createClient(app.server).get(`/undo-email-change?token=${token}`)).status, 401)
  assert.equal((await anyone.logIn(to)).status, 200)
  await anyone.post('/forgot-password', { email: to })
  assert.equal((await undo(await app.mail.secret(to, /Reset/))).body.code, 'token_invalid')
  assert.equal((await undo('x')).body.code, 'token_invalid')
  assert.equal((await undo(token)).status, 200)
  assert.equal((await undo(token)).body.code, 'token_invalid', 'once')
})

test('a thief who chains changes cuts nobody off: the first address wins over all that came later', async () => {
  const member = await createMember(app)
  const [first, one] = await move(member, member.email)
  const [second, two] = await move(member, one)
  const [third] = await move(member, two)
  assert.equal((await undo(second)).status, 200, 'the thief undoes his own')
  assert.equal((await accountRow(app, one)).password_hash, null)
  assert.equal((await undo(third)).body.code, 'token_invalid', 'what came later has ended')
  assert.equal((await undo(first)).status, 200, 'what came before has not')
  await accountRow(app, member.email)
  assert.equal((await undo(second)).body.code, 'token_invalid')
})

test('a later link dies with an earlier one', async () => {
  const member = await createMember(app)
  const [first, one] = await move(member, member.email)
  const [second] = await move(member, one)
  assert.equal((await undo(first)).status, 200)
  assert.equal((await undo(second)).body.code, 'token_invalid')
  await accountRow(app, member.email)
})

/** Moves an account back to an address, as its member or an Admin does. */
const BACK = {
  'its member': async (member: Client, to: string) => {
    await member.put(`/${member.id}`, { email: to, currentPassword: PASSWORD })
    await anyone.post('/verify-email', { token: await app.mail.secret(to, /Confirm/) })
  },
  'an Admin': async (member: Client, to: string) => {
    await admin.logIn(admin.email) // the clock has moved
    await admin.put(`/${member.id}`, { email: to, currentPassword: PASSWORD })
  }
}

for (const [who, back] of Object.entries(BACK)) {
  test(`an address that came back by ${who}: the link still ends everything, and one mail tells`, async () => {
    const member = await createMember(app)
    const [token] = await move(member, member.email)
    await back(member, member.email)
    const before = app.mail.received.length
    assert.equal((await undo(token)).status, 200)
    assert.equal((await member.get(`/${member.id}`)).body.code, 'session_revoked')
    await app.mail.next(member.email, /Reset your password/)
    await app.mail.next(member.email, /was undone/)
    const told = app.mail.received.slice(before).filter(({ subject }) => /Reset|undone/.test(subject))
    assert.deepEqual(
      told.map(({ to }) => to),
      [member.email, member.email]
    )
  })

  test(`a thief whose address was replaced by ${who} gets no link to undo that, and those of his own changes are dead`, async () => {
    const member = await createMember(app)
    const [, one] = await move(member, member.email)
    const [his, two] = await move(member, one)
    advance(1000)
    await back(member, member.email)
    const lost = (mail: ReceivedMail) => mail.to === two && mail.text.includes(`New address: ${member.email}\n`)
    const { text } = await eventually(() => app.mail.received.find(mail => lost(mail) && UNDO.test(mail.subject)))
    assert.doesNotMatch(text, /token=/)
    assert.equal((await undo(his)).body.code, 'token_invalid')
  })
}

test('while the account is suspended the link does nothing; afterwards it works', async () => {
  const member = await createMember(app)
  const [token] = await move(member, member.email)
  await admin.logIn(admin.email)
  await admin.put(`/${member.id}/suspension`, { reason: 'x', currentPassword: PASSWORD })
  assert.equal((await undo(token)).body.code, 'token_invalid')
  await admin.request('DELETE', `/${member.id}/suspension`, { currentPassword: PASSWORD })
  assert.equal((await undo(token)).status, 200)
})

test('an address that an Admin gave, and nobody proved, is not brought back: it may be a stranger’s', async () => {
  const { acceptTerms: _, ...person } = registration('misread@example.com')
  await admin.logIn(admin.email)
  await admin.post('/', { ...person, role: 'User' })
  const member = createClient(app.server)
  await member.logIn('misread@example.com')
  advance(1000)
  await member.put(`/${member.id}`, { email: 'right@example.com', currentPassword: PASSWORD })
  await anyone.post('/verify-email', { token: await app.mail.secret('right@example.com', /Confirm/) })
  assert.doesNotMatch((await app.mail.next('misread@example.com', /was changed/)).text, /token=/)
  // The new one is proven, and can be brought back.
  assert.ok((await move(member, 'right@example.com'))[0])
})

test('an old address that somebody else has proven meanwhile is 409, nothing is changed, and the link can be tried again', async () => {
  const member = await createMember(app)
  const [token, to] = await move(member, member.email)
  await anyone.post('/register', registration(member.email))
  await anyone.post('/verify-email', { token: await app.mail.secret(member.email, /Confirm/) })
  const rival = createClient(app.server)
  await rival.logIn(member.email)
  const before = app.mail.received.length
  for (let i = 0; i < 2; i++) {
    const answer = await undo(token)
    assert.deepEqual([answer.status, answer.body.code], [409, 'email_taken'])
  }
  assert.equal((await member.get(`/${member.id}`)).body.email, to)
  assert.equal((await anyone.logIn(to)).status, 200)
  assert.equal((await anyone.logIn(rival.email)).body.id, rival.id)
  assert.equal(app.mail.received.length, before)
  await rival.delete(`/${rival.id}`)
  assert.equal((await undo(token)).status, 200)
})

test('an old address that somebody has registered and not proven is taken from him', async () => {
  const member = await createMember(app)
  const [token] = await move(member, member.email)
  await anyone.post('/register', registration(member.email, { firstName: 'Squatter' }))
  const attempt = await app.mail.secret(member.email, /Confirm/)
  assert.equal((await undo(token)).status, 200)
  assert.equal((await anyone.post('/verify-email', { token: attempt })).body.code, 'token_invalid')
  assert.equal((await accountRow(app, member.email)).first_name, 'Ada')
})

test('a link of an account that was deleted is worth nothing', async () => {
  const member = await createMember(app)
  const [token] = await move(member, member.email)
  await member.delete(`/${member.id}`)
  assert.equal((await undo(token)).body.code, 'token_invalid')
})

// ASVS V6.5.1
test('of parallel uses over two instances one succeeds', async () => {
  const clients = [anyone, createClient(await app.another({}, { clock: () => now }))]
  const member = await createMember(app)
  const [token] = await move(member, member.email)
  const answers = await Promise.all(Array.from({ length: 20 }, (_, i) => undo(token, clients[i % 2])))
  assert.deepEqual(answers.map(({ status }) => status).sort(), [200, ...Array<number>(19).fill(401)])
  await app.mail.next(member.email, /Reset your password/)
  const resets = await app.db
    .selectFrom('outbox')
    .select('id')
    .where('recipient', '=', member.email)
    .where('template', '=', 'reset-password')
    .execute()
  assert.equal(resets.length, 1)
})

test('a login that is under way with the password that no longer counts ends nowhere', async () => {
  const member = await createMember(app)
  const [token, to] = await move(member, member.email)
  const logins = Array.from({ length: 6 }, () => createClient(app.server).logIn(to))
  const undone = undo(token)
  for (const answer of await Promise.all(logins)) {
    if (answer.status === 401) continue
    await undone
    const headers = { authorization: `Bearer ${answer.body.jwtToken}` }
    assert.equal((await anyone.get(`/${member.id}`, { headers })).body.code, 'session_revoked')
  }
  assert.equal((await undone).status, 200)
})
