import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createTestApp } from '../../support/app.ts'
import { type Client, createClient, createMember, PASSWORD, passwords } from '../../support/client.ts'

// A password change kills what it should at once, with and without every optional field.
const app = await createTestApp()
const admin = await createMember(app, { role: 'Admin' })
const NEW = 'a wholly new passphrase'

async function withDevices(): Promise<{ member: Client; phone: Client; links: string[] }> {
  const member = await createMember(app)
  const phone = createClient(app.server)
  await phone.logIn(member.email)
  await phone.post('/forgot-password', { email: member.email })
  const links = [await app.mail.secret(member.email)]
  const wish = `wish.of.${member.email}`
  await member.put(`/${member.id}`, { email: wish })
  links.push(await app.mail.secret(wish))
  return { member, phone, links }
}

async function assertEnded(device: Client): Promise<void> {
  assert.equal((await device.get(`/${device.id}`)).body.code, 'session_revoked')
  assert.equal((await device.refresh()).body.code, 'session_revoked')
}

async function assertDead([reset, change]: string[]): Promise<void> {
  const anyone = createClient(app.server)
  assert.equal((await anyone.post('/reset-password', { token: reset, ...passwords(NEW) })).body.code, 'token_invalid')
  assert.equal((await anyone.post('/verify-email', { token: change })).body.code, 'token_invalid')
}

for (const more of [{}, { firstName: 'Augusta' }, { firstName: '', lastName: '', title: '', email: '' }]) {
  // ASVS V6.2.2, V7.4.3
  test(`an own new password ends the other sessions and every link, and keeps this session, with ${JSON.stringify(more)}`, async () => {
    const { member, phone, links } = await withDevices()
    assert.equal((await member.put(`/${member.id}`, { ...more, ...passwords(NEW) })).status, 200)
    await assertEnded(phone)
    await assertDead(links)
    assert.equal((await member.get(`/${member.id}`)).status, 200)
    assert.equal((await member.refresh()).status, 200)
    assert.equal((await phone.logIn(member.email, PASSWORD)).status, 401)
    assert.equal((await phone.logIn(member.email, NEW)).status, 200)
    assert.match((await app.mail.next(member.email, /password was changed/)).text, /password/)
  })

  test(`an Admin's new password for another ends all the other's sessions and links, with ${JSON.stringify(more)}`, async () => {
    const { member, phone, links } = await withDevices()
    assert.equal((await admin.put(`/${member.id}`, { ...more, ...passwords(NEW) })).status, 200)
    await assertEnded(phone)
    await assertEnded(member)
    await assertDead(links)
    assert.equal((await admin.get('/')).status, 200)
    assert.equal((await member.logIn(member.email, NEW)).status, 200)
    assert.match((await app.mail.next(member.email, /password was changed/)).text, /password/)
  })
}

test('password and address changed at once: the link to the new address works, the older ones are dead', async () => {
  const { member, links } = await withDevices()
  const email = `at.once.${member.email}`
  assert.equal((await member.put(`/${member.id}`, { email, ...passwords(NEW) })).status, 200)
  const token = await app.mail.secret(email)
  await assertDead(links)
  assert.equal((await createClient(app.server).post('/verify-email', { token })).status, 200)
  assert.equal((await createClient(app.server).logIn(email, NEW)).status, 200)
})

test('a weak, a lone or an unequal password is 400 by name and ends nothing', async () => {
  const { member, phone } = await withDevices()
  const cases: [Record<string, unknown>, string][] = [
    [passwords('short'), '/password'],
    [passwords('password1'), '/password'],
    [passwords('Lovelace99'), '/password'],
    [passwords(member.email), '/password'],
    [{ firstName: 'Wolfgang', ...passwords('wolfgang1') }, '/password'],
    [{ password: NEW }, '/confirmPassword'],
    [{ confirmPassword: NEW }, '/confirmPassword'],
    [passwords(NEW, `${NEW} `), '/confirmPassword'],
    [passwords('x'.repeat(257)), '/password'],
    [{ password: 12345678, confirmPassword: 12345678 }, '/password']
  ]
  for (const [body, path] of cases) {
    const answer = await member.put(`/${member.id}`, body)
    assert.ok(
      answer.faults().some(fault => fault.path === path),
      JSON.stringify([body, answer.body.errors])
    )
  }
  assert.equal((await phone.get(`/${member.id}`)).status, 200)
  assert.equal((await phone.logIn(member.email, PASSWORD)).status, 200)
})

test('blank password fields of the existing form change nothing and end nothing', async () => {
  const { member, phone } = await withDevices()
  assert.equal((await member.put(`/${member.id}`, { firstName: 'Augusta', ...passwords('') })).status, 200)
  assert.equal((await phone.get(`/${member.id}`)).status, 200)
})
