import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createTestApp } from '../../support/app.ts'
import { createClient, createMember, registration } from '../../support/client.ts'
import { eventually } from '../../support/eventually.ts'

const app = await createTestApp()
const anyone = createClient(app.server)
const admin = await createMember(app, { role: 'Admin' })

// ASVS V6.3.7
// ASVS V7.5.1
test('an own new address takes effect when it is confirmed, and the old one is told before and after', async () => {
  const member = await createMember(app)
  const asked = await member.put(`/${member.id}`, { email: 'New.One@example.com' })
  assert.equal(asked.status, 200)
  assert.equal(asked.body.email, member.email)
  const told = await app.mail.next(member.email, /Request to change your e-mail/)
  assert.match(told.text, /New\.One@example\.com/)
  assert.doesNotMatch(told.text, /token=/)
  assert.equal((await anyone.logIn('new.one@example.com')).status, 401)
  assert.equal((await anyone.logIn(member.email)).status, 200)

  const token = await app.mail.secret('New.One@example.com', /Confirm your new/)
  assert.equal((await anyone.post('/verify-email', { token })).status, 200)
  const { body } = await member.get(`/${member.id}`)
  assert.deepEqual([body.email, body.isVerified, typeof body.updated], ['New.One@example.com', true, 'string'])
  assert.equal((await anyone.logIn(member.email)).status, 401)
  assert.equal((await anyone.logIn('new.one@example.com')).status, 200)
  for (const to of [member.email, 'New.One@example.com']) {
    assert.match((await app.mail.next(to, /address was changed/)).text, /New\.One@example\.com/)
  }
})

test('a taken address looks the same to who asks, and its owner is told', async () => {
  const member = await createMember(app)
  const owner = await createMember(app)
  const free = await member.put(`/${member.id}`, { email: 'free@example.com' })
  const taken = await member.put(`/${member.id}`, { email: owner.email.toUpperCase() })
  assert.deepEqual([taken.status, taken.body], [free.status, free.body])
  assert.match((await app.mail.next(member.email, /Request to change/)).text, /someone else has access/)
  const mail = await app.mail.next(owner.email, /already has an account/)
  assert.doesNotMatch(mail.text + mail.html, /token=/)
  assert.equal((await owner.get(`/${owner.id}`)).body.email, owner.email)
})

test('neither his trail nor his tries tell who wants an address whether it has an owner', async () => {
  const owner = await createMember(app)
  for (const signUps of [0, 5]) {
    const seen: unknown[] = []
    for (const email of [owner.email, `nobodys${signUps}@example.com`]) {
      const member = await createMember(app)
      await anyone.post('/forgot-password', { email: member.email })
      const code = await app.mail.code(member.email, /Reset/)
      await member.put(`/${member.id}`, { email })
      await anyone.post('/resend-verification', { email })
      for (let i = 0; i < signUps; i++) await anyone.post('/register', registration(email))
      for (let i = 0; i < 5; i++) await anyone.post('/verify-email', { email, code: `0000000${i}` })
      const trail = (await member.get(`/${member.id}/events`)).events().map(({ event }) => event)
      const { status } = await anyone.post('/validate-reset-token', { email: member.email, code })
      seen.push({ trail, status })
    }
    assert.deepEqual(seen[0], seen[1], `after ${signUps} sign-ups`)
  }
})

test('an address that somebody else proves first is 409 at confirmation, and the link can be tried again', async () => {
  const member = await createMember(app)
  await member.put(`/${member.id}`, { email: 'race@example.com' })
  const token = await app.mail.secret('race@example.com')
  const rival = await createMember(app, { email: 'race@example.com' })
  for (let i = 0; i < 2; i++) {
    const answer = await anyone.post('/verify-email', { token })
    assert.deepEqual([answer.status, answer.body.code], [409, 'email_taken'])
  }
  assert.equal((await member.get(`/${member.id}`)).body.email, member.email)
  await rival.delete(`/${rival.id}`)
  assert.equal((await anyone.post('/verify-email', { token })).status, 200)
})

test('of two members who confirm one address at once, one gets it', async () => {
  const rivals = [await createMember(app), await createMember(app)]
  for (let round = 0; round < 20; round++) {
    const email = `contested${round}@example.com`
    const tokens: string[] = []
    for (const rival of rivals) {
      await rival.put(`/${rival.id}`, { email })
      tokens.push(await app.mail.secret(email))
    }
    const answers = await Promise.all(tokens.map(token => anyone.post('/verify-email', { token })))
    assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 409])
  }
})

test('another spelling of the own address takes effect at once, and the old one is told', async () => {
  const member = await createMember(app, { email: 'spelling@example.com' })
  assert.equal(
    (await member.put(`/${member.id}`, { email: 'Spelling@Example.com' })).body.email,
    'Spelling@Example.com'
  )
  assert.equal((await anyone.logIn('spelling@example.com')).status, 200)
  const told = await eventually(() =>
    app.mail.received.find(({ to, subject }) => /^spelling@/.test(to) && /address was changed/.test(subject))
  )
  assert.equal(told.to, 'spelling@example.com')
  assert.match(told.text, /^New address: Spelling@Example\.com$/m)
})

test("an Admin's change of another's address is immediate, both are told, and links under way die", async () => {
  const member = await createMember(app)
  await anyone.post('/forgot-password', { email: member.email })
  const reset = await app.mail.secret(member.email)
  await member.put(`/${member.id}`, { email: 'own.wish@example.com' })
  const wish = await app.mail.secret('own.wish@example.com')
  const answer = await admin.put(`/${member.id}`, { email: 'by.admin@example.com' })
  assert.equal(answer.body.email, 'by.admin@example.com')
  for (const to of [member.email, 'by.admin@example.com']) {
    assert.match((await app.mail.next(to, /address was changed/)).text, /by\.admin@example\.com/)
  }
  assert.equal((await anyone.post('/validate-reset-token', { token: reset })).body.code, 'token_invalid')
  assert.equal((await anyone.post('/verify-email', { token: wish })).body.code, 'token_invalid')
  assert.equal((await anyone.logIn('by.admin@example.com')).status, 200)
})

test('an Admin is told that an address is taken; an own one waits like anybody else’s', async () => {
  const member = await createMember(app)
  await anyone.post('/register', registration('unverified@example.com'))
  for (const email of [admin.email, 'UNVERIFIED@example.com']) {
    const answer = await admin.put(`/${member.id}`, { email, title: 'Dr' })
    assert.deepEqual([answer.status, answer.body.code], [409, 'email_taken'])
  }
  assert.equal((await member.get(`/${member.id}`)).body.title, 'Ms', 'nothing of a refused change is kept')
  assert.equal((await admin.put(`/${admin.id}`, { email: 'new.admin@example.com' })).body.email, admin.email)
})

test('a newer wish ends the older link: who reads the mail to a mistyped address does not get the account', async () => {
  const member = await createMember(app)
  const owner = await createMember(app)
  const tokens: string[] = []
  for (const email of ['mistyped@example.com', 'wish2@example.com']) {
    await member.put(`/${member.id}`, { email })
    tokens.push(await app.mail.secret(email))
  }
  assert.equal((await anyone.post('/verify-email', { token: tokens[0] })).body.code, 'token_invalid')
  assert.equal((await anyone.post('/verify-email', { token: tokens[1] })).status, 200)
  assert.equal((await member.get(`/${member.id}`)).body.email, 'wish2@example.com')

  await member.put(`/${member.id}`, { email: 'wish3@example.com' })
  const token = await app.mail.secret('wish3@example.com')
  await member.put(`/${member.id}`, { email: owner.email })
  assert.equal(
    (await anyone.post('/verify-email', { token })).body.code,
    'token_invalid',
    'a taken address is a wish, too'
  )
})

test('a wish that is not one, as in the form that clients send whole, ends no link', async () => {
  const member = await createMember(app)
  await member.put(`/${member.id}`, { email: 'wanted@example.com' })
  const token = await app.mail.secret('wanted@example.com')
  await member.put(`/${member.id}`, { email: member.email, firstName: 'Augusta' })
  assert.equal((await anyone.post('/verify-email', { token })).status, 200)
})

test('nobody squats on an address by registering it: who proves it, gets it', async () => {
  const member = await createMember(app)
  const email = 'squatted@example.com'
  await anyone.post('/register', registration(email))
  const attempt = await app.mail.secret(email)
  await member.put(`/${member.id}`, { email })
  const token = await app.mail.secret(email, /Confirm your new/)
  assert.equal((await anyone.post('/verify-email', { token })).status, 200)
  assert.equal((await member.get(`/${member.id}`)).body.email, email)
  assert.equal((await anyone.post('/verify-email', { token: attempt })).body.code, 'token_invalid')
  const rows = await app.db.selectFrom('accounts').select('id').where('email', '=', email).execute()
  assert.equal(rows.length, 1)
})

test('an address that was registered and made Admin before it was verified is not taken away', async () => {
  const member = await createMember(app)
  const email = 'invited@example.com'
  await anyone.post('/register', registration(email))
  await app.db.updateTable('accounts').set({ role: 'Admin' }).where('email', '=', email).execute()
  await member.put(`/${member.id}`, { email })
  assert.match((await app.mail.next(email, /already has an account/)).subject, /already/)
})
