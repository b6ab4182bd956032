import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { after, type TestContext, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { MINUTE, SECOND } from '../../../src/clock.ts'
import { readConfig } from '../../../src/config.ts'
import { type Context, createContext } from '../../../src/context.ts'
import { idToText } from '../../../src/ids.ts'
import { transact } from '../../../src/mysql/transact.ts'
import { LEASE } from '../../../src/outbox/attempt.ts'
import { type Delivery, startDelivery } from '../../../src/outbox/delivery.ts'
import type { Message, Send } from '../../../src/outbox/message.ts'
import { enqueue } from '../../../src/outbox/outbox.ts'
import { createTestApp } from '../../support/app.ts'
import { createClient, registration } from '../../support/client.ts'
import { eventually } from '../../support/eventually.ts'
import { outboxRow } from '../../support/rows.ts'
import { startSmtp } from './smtp.ts'

const app = await createTestApp()
await app.server.close() // each test has the only workers
const { db } = app
const secret = randomBytes(48).toString('base64')
const ctx = createContext({ config: readConfig({}), clock: app.now, db, secret, onError: () => {} })
after(() => ctx.hasher.close())

const log = { info() {}, warn() {} }
function worker(t: TestContext, send: Send, using: Context = ctx): Delivery {
  const delivery = startDelivery(using, send, { host: 'localhost', clientUrl: 'https://app.example.com', log })
  t.after(delivery.stop)
  return delivery
}
const mailTo = (to: string) => outboxRow(app, to)
const settled = (to: string) =>
  eventually(async () => {
    const mail = await mailTo(to)
    return mail.sent_at !== null && mail
  })
const post = (to: string) =>
  transact(db, trx =>
    enqueue(trx, ctx, { to, template: 'password-changed', locale: 'en', data: { firstName: 'Ada' }, secret: 's' })
  )

/** Time for the workers: the clock and their timers go on together. */
async function pass(t: TestContext, ms: number): Promise<void> {
  app.advance(ms)
  t.mock.timers.tick(ms)
  await sleep(100) // for what the timers began
}

/** A Send that answers when it is told to. */
function slowSend(t: TestContext) {
  const sent: Message[] = []
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  t.after(() => resolve())
  const send: Send = async message => {
    sent.push(message)
    await promise
  }
  return { sent, send, answer: resolve, refuse: reject }
}

test('a mail server that takes two minutes over a message gets it once: the claim is prolonged', async t => {
  t.mock.timers.enable({ apis: ['setInterval'] })
  const email = 'slow@example.com'
  let copies = 0
  const answer = Promise.withResolvers<void>()
  t.after(() => answer.resolve())
  const smtp = await startSmtp({
    onData(stream, _, callback) {
      copies++
      stream.resume().on('end', () => void answer.promise.then(() => callback(null)))
    }
  })
  after(() => smtp.stop())
  const server = await app.another({ SMTP_URL: smtp.url })
  const other = await app.another({ SMTP_URL: smtp.url })
  t.after(() => Promise.all([server.close(), other.close()]))
  await createClient(server).post('/register', registration(email))
  await eventually(() => copies > 0)
  for (let passed = 0; passed < 2 * MINUTE; passed += 5 * SECOND) await pass(t, 5 * SECOND) // both workers look each time
  answer.resolve()
  const { attempts } = await settled(email)
  assert.deepEqual([attempts, copies], [1, 1])
})

test('the claim of a worker that died ends after 20 s, and no sooner', async t => {
  const to = 'orphan@example.com'
  await post(to)
  const dead = slowSend(t)
  const dying = worker(t, dead.send) // its timers stand still while the clock goes on
  await eventually(() => dead.sent.length === 1)
  const heir = slowSend(t)
  heir.answer()
  const living = worker(t, heir.send)
  app.advance(19 * SECOND)
  living.wake()
  await sleep(100)
  assert.equal(heir.sent.length, 0, 'taken while the lease held')
  app.advance(SECOND)
  living.wake()
  const row = await settled(to)
  assert.equal(LEASE, 20 * SECOND)
  const ids = [...dead.sent, ...heir.sent].map(({ messageId }) => messageId)
  assert.deepEqual(ids, Array(2).fill(`<${idToText(row.id)}@localhost>`))
  // What the first owner learns too late changes nothing.
  dead.refuse(new Error('timed out at last'))
  await dying.stop()
  await living.stop()
  assert.deepEqual(await mailTo(to), row)
  assert.equal(row.secret, null)
})

test('a claim that was lost is not prolonged any more, and a message that arrives all the same is not sent again', async t => {
  const to = 'lost@example.com'
  await post(to)
  t.mock.timers.enable({ apis: ['setInterval'] })
  const [first, second] = [slowSend(t), slowSend(t)]
  const late = worker(t, first.send)
  await eventually(() => first.sent.length === 1)
  app.advance(LEASE)
  const next = worker(t, second.send)
  await eventually(() => second.sent.length === 1)
  second.refuse(new Error('450 later'))
  const postponed = await eventually(async () => {
    const mail = await mailTo(to)
    return mail.last_error !== null && mail
  })
  t.mock.timers.tick(LEASE / 2)
  await sleep(100)
  assert.deepEqual(await mailTo(to), postponed, 'prolonged by who had lost it')
  first.answer()
  await settled(to)
  await pass(t, MINUTE)
  assert.equal(second.sent.length, 1, 'it had arrived')
  await late.stop()
  await next.stop()
  const { sent_at, due_at, last_error } = await mailTo(to)
  assert.deepEqual([sent_at !== null, due_at, last_error], [true, null, null])
})

test('a prolonging that the database refuses is tried again, and the message goes on', async t => {
  const to = 'outage@example.com'
  await post(to)
  t.mock.timers.enable({ apis: ['setInterval'] })
  const { sent, send, answer } = slowSend(t)
  let away = false
  const failing = db.withPlugin({
    transformQuery({ node }) {
      if (away) throw new Error('the database is away')
      return node
    },
    transformResult: async ({ result }) => result
  })
  const busy = worker(t, send, { ...ctx, db: failing })
  await eventually(() => sent.length === 1)
  const claimed = await mailTo(to)
  away = true
  await pass(t, LEASE / 2)
  assert.deepEqual(await mailTo(to), claimed)
  away = false
  await pass(t, LEASE / 3)
  assert.ok(Number((await mailTo(to)).due_at) > Number(claimed.due_at))
  answer()
  await settled(to)
  await busy.stop()
  assert.equal(sent.length, 1)
})
