import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { HOUR, SECOND } from '../../../src/clock.ts'
import { createTestApp } from '../../support/app.ts'
import { createClient, createMember, registration } from '../../support/client.ts'
import { eventually } from '../../support/eventually.ts'
import { outboxRow } from '../../support/rows.ts'
import { refusal, startSmtp } from './smtp.ts'

const app = await createTestApp()
const client = createClient(app.server)
const mailTo = (recipient: string) => outboxRow(app, recipient)
const copiesTo = (to: string) => app.mail.received.filter(mail => mail.to === to)
const failed = (email: string) => eventually(async () => Boolean((await mailTo(email)).last_error))

const busy = () => refusal(450)

let woken = 0
/** Any mail that is committed wakes the worker. */
const wake = (server = app.server) => createClient(server).post('/register', registration(`wake${++woken}@example.com`))

// ASVS V16.5.2
test('a mail server that is down during a sign-up delays the mail and nothing else', async () => {
  await app.mail.stop()
  assert.equal((await client.post('/register', registration('down@example.com'))).status, 200)
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
  const arriving = Promise.withResolvers<void>()
  const accepted = Promise.withResolvers<void>()
  const smtp = await startSmtp({
    onData(stream, _, callback) {
      stream.resume().on('end', arriving.resolve)
      void accepted.promise.then(() => callback())
    }
  })
  after(() => smtp.stop())
  const alone = await createTestApp({ SMTP_URL: smtp.url })
  const answer = await createClient(alone.server).post('/register', registration('stopping@example.com'))
  assert.equal(answer.status, 200, 'answered before the mail server has')
  await arriving.promise
  let stopped = false
  const stopping = alone.server.close().then(() => {
    stopped = true
  })
  await sleep(200) // ms: a stop that waits for nothing takes less
  assert.equal(stopped, false, 'it did not wait for the answer of the mail server')
  accepted.resolve()
  await stopping
  const { sent_at, attempts } = await alone.db.selectFrom('outbox').selectAll().executeTakeFirstOrThrow()
  assert(sent_at, 'it was claimed and left')
  assert.equal(attempts, 1)
})

test('mail to one address that fails does not keep mail to others', async () => {
  app.mail.refuse = busy
  await client.post('/register', registration('broken@example.com'))
  await failed('broken@example.com')
  app.mail.refuse = undefined
  assert.ok(await createMember(app, { login: false }))
  assert.equal(copiesTo('broken@example.com').length, 0)
})
