import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { HOUR, SECOND } from '../../../src/clock.ts'
import { createTestApp } from '../../support/app.ts'
import { createClient, createMember, registration } from '../../support/client.ts'
import { eventually } from '../../support/eventually.ts'

const app = await createTestApp()
const client = createClient(app.server)
const mailTo = (recipient: string) =>
  app.db.selectFrom('outbox').selectAll().where('recipient', '=', recipient).executeTakeFirstOrThrow()
const copiesTo = (to: string) => app.mail.received.filter(mail => mail.to === to)
const failed = (email: string) => eventually(async () => Boolean((await mailTo(email)).last_error))

const busy = () => Object.assign(new Error('later'), { responseCode: 450 })

let woken = 0
/** Any mail that is committed wakes the worker. */
const wake = (server = app.server) => createClient(server).post('/register', registration(`wake${++woken}@example.com`))

test('a mail server that is down during a sign-up delays the mail and nothing else', async () => {
  await app.mail.stop()
  const started = Date.now()
  assert.equal((await client.post('/register', registration('down@example.com'))).status, 200)
  assert.ok(Date.now() - started < 5 * SECOND, 'the request waited for the mail server')
  await failed('down@example.com')
  assert.equal(copiesTo('down@example.com').length, 0)
  await app.mail.start()
  app.advance(10 * SECOND)
  await wake()
  const token = await app.mail.secret('down@example.com')
  assert.equal((await client.post('/verify-email', { token })).status, 200)
  assert.equal(copiesTo('down@example.com').length, 1)
})

test('a worker that nobody wakes finds mail that is due by itself', async () => {
  app.mail.refuse = busy
  await client.post('/register', registration('asleep@example.com'))
  await failed('asleep@example.com')
  app.mail.refuse = undefined
  app.advance(10 * SECOND)
  assert.ok(await app.mail.next('asleep@example.com'))
})

test('mail waits, and goes out when another instance starts, if the one that took it is gone', async () => {
  const dying = await app.another()
  app.mail.refuse = busy
  await createClient(dying).post('/register', registration('left@example.com'))
  await failed('left@example.com')
  await dying.close()
  app.mail.refuse = undefined
  app.advance(10 * SECOND)
  const heir = await app.another()
  assert.ok(await app.mail.next('left@example.com'))
  await heir.close()
})

test('three workers share the mail: each one is claimed and sent once', async () => {
  app.mail.refuse = busy
  const addresses = Array.from({ length: 60 }, (_, i) => `shared${i}@example.com`)
  await Promise.all(addresses.map(email => client.post('/register', registration(email))))
  for (const email of addresses) await failed(email)
  app.mail.refuse = undefined
  const workers = await Promise.all([app.another(), app.another()])
  app.advance(HOUR)
  await Promise.all([wake(), ...workers.map(wake)])
  await eventually(() => addresses.every(to => copiesTo(to).length > 0))
  await sleep(300)
  assert.deepEqual(new Set(addresses.map(to => copiesTo(to).length)), new Set([1]))
  for (const server of workers) await server.close()
})

test('a server that stops lets the mail under way arrive and be settled', async () => {
  const stopping = await app.another()
  await createClient(stopping).post('/register', registration('stopping@example.com'))
  await stopping.close()
  const mail = await mailTo('stopping@example.com')
  if (mail.attempts > 0) assert.ok(mail.sent_at, 'it was claimed and left')
  assert.equal(copiesTo('stopping@example.com').length, mail.attempts)
})

test('mail to one address that fails does not keep mail to others', async () => {
  app.mail.refuse = busy
  await client.post('/register', registration('broken@example.com'))
  await failed('broken@example.com')
  app.mail.refuse = undefined
  assert.ok(await createMember(app, { login: false }))
  assert.equal(copiesTo('broken@example.com').length, 0)
})
