// ASVS V14.2.6, V11.4.1, V13.3.1: what is secret is not at rest in plain.
import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { test } from 'node:test'
import { MINUTE } from '../../../src/clock.ts'
import { createTestApp } from '../../support/app.ts'
import { createClient, createMember, PASSWORD, registration } from '../../support/client.ts'
import { eventually } from '../../support/eventually.ts'
import { outboxRow } from '../../support/rows.ts'
import { dump, formsOf } from '../../support/secrets.ts'
import { refusal } from './smtp.ts'

const app = await createTestApp()
const client = createClient(app.server)
const mailTo = (recipient: string) => outboxRow(app, recipient)
const busy = () => refusal(450)

test('a secret that waits for delivery is encrypted, and wiped once it was delivered', async () => {
  app.mail.refuse = busy
  await client.post('/register', registration('waiting@example.com'))
  await eventually(async () => Boolean((await mailTo('waiting@example.com')).last_error))
  const [waiting, before] = [await mailTo('waiting@example.com'), await dump(app)]
  assert.ok(waiting.secret && waiting.secret.length >= 4 + 12 + 16 + 32)
  app.mail.refuse = undefined
  app.advance(MINUTE)
  await client.post('/register', registration('wake@example.com'))
  const secret = await app.mail.secret('waiting@example.com')
  for (const form of formsOf(secret)) assert.ok(!before.includes(form), `in the database as ${form}`)
  const delivered = await eventually(async () => {
    const mail = await mailTo('waiting@example.com')
    return mail.sent_at !== null && mail
  })
  assert.equal(delivered.secret, null)
  assert.ok(!(await dump(app)).includes(waiting.secret.toString('latin1')))
})

test('a secret sealed in one row cannot be read in another', async () => {
  app.mail.refuse = busy
  for (const email of ['victim@example.com', 'thief@example.com']) {
    await client.post('/register', registration(email))
    await eventually(async () => Boolean((await mailTo(email)).last_error))
  }
  const { secret } = await mailTo('victim@example.com')
  await app.db.updateTable('outbox').set({ secret }).where('recipient', '=', 'thief@example.com').execute()
  app.mail.refuse = undefined
  app.advance(MINUTE)
  await client.post('/register', registration('wake2@example.com'))
  await eventually(async () => Boolean((await mailTo('thief@example.com')).parked_at))
  assert.ok(await app.mail.next('victim@example.com'))
  assert.equal(app.mail.received.filter(mail => mail.to === 'thief@example.com').length, 0)
})

test('mail that waits while SECRET is rotated is delivered, as long as the old secret is still listed', async () => {
  app.mail.refuse = busy
  const old = app.config.SECRET
  const next = randomBytes(48).toString('base64')
  for (const email of ['rotated@example.com', 'forgotten@example.com']) {
    await client.post('/register', registration(email))
    await eventually(async () => Boolean((await mailTo(email)).last_error))
  }
  await app.server.close() // the only instance that knows the old secret
  app.mail.refuse = undefined
  await app.db.updateTable('outbox').set({ due_at: null }).where('recipient', '=', 'forgotten@example.com').execute()
  app.advance(MINUTE)
  const rotated = await app.another({ SECRET: `${next},${old}` })
  const token = await app.mail.secret('rotated@example.com')
  assert.equal((await createClient(rotated).post('/verify-email', { token })).status, 200)
  await rotated.close()

  await app.db
    .updateTable('outbox')
    .set({ due_at: app.now() })
    .where('recipient', '=', 'forgotten@example.com')
    .execute()
  const without = await app.another({ SECRET: next })
  const parked = await eventually(async () => {
    const mail = await mailTo('forgotten@example.com')
    return mail.parked_at !== null && mail
  })
  assert.match(parked.last_error ?? '', /SECRET/)
  await without.close()
})

test('no secret of any flow is in the database in plain', async () => {
  const server = await app.another()
  const member = await createMember({ ...app, server })
  const secrets = [PASSWORD, member.token ?? '', member.cookie ?? '', ...(member.cookie ?? '').split('.')]
  await member.post('/forgot-password', { email: member.email })
  secrets.push(await app.mail.secret(member.email, /password/i))
  await member.put(`/${member.id}`, { email: 'moved@example.com' })
  secrets.push(await app.mail.secret('moved@example.com'))
  await member.refresh()
  secrets.push(member.cookie ?? '', member.token ?? '', app.config.SECRET ?? '')
  const everything = await dump(app)
  assert.ok(everything.includes(member.email), 'the dump is empty')
  for (const secret of secrets.filter(text => text.length >= 16)) {
    for (const form of [secret.slice(0, 40), ...formsOf(secret)]) assert.ok(!everything.includes(form), form)
  }
})
