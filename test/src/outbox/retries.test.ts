import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { after, test } from 'node:test'
import { DAY, HOUR, SECOND } from '../../../src/clock.ts'
import { readConfig } from '../../../src/config.ts'
import { createContext } from '../../../src/context.ts'
import { transact } from '../../../src/mysql/transact.ts'
import { startDelivery } from '../../../src/outbox/delivery.ts'
import type { Send } from '../../../src/outbox/message.ts'
import { enqueue } from '../../../src/outbox/outbox.ts'
import { createTestDatabase } from '../../support/database.ts'
import { eventually } from '../../support/eventually.ts'
import { outboxRow } from '../../support/rows.ts'

const database = await createTestDatabase()
let offset = 0
const ctx = createContext({
  config: readConfig({}),
  clock: () => new Date(Date.now() + offset),
  db: database.db,
  secret: randomBytes(48).toString('base64'),
  onError: () => {}
})
after(async () => {
  ctx.hasher.close()
  await database.destroy()
})

const worker = (send: Send) =>
  startDelivery(ctx, send, {
    host: 'localhost',
    clientUrl: 'https://app.example.com',
    texts: undefined,
    log: { info() {}, warn() {} }
  })
const mailTo = (to: string) => outboxRow(database, to)
const post = (to: string) =>
  transact(ctx.db, trx =>
    enqueue(trx, ctx, { to, template: 'password-changed', locale: 'en', data: { firstName: 'Ada' }, secret: 's' })
  )

test('pauses between attempts double, with jitter, up to an hour; after 40 attempts the mail is parked', async t => {
  const to = 'busy@example.com'
  await post(to)
  const delivery = worker(() => Promise.reject(new Error('451 later')))
  const pauses: number[] = []
  for (let attempt = 1; attempt <= 40; attempt++) {
    delivery.wake()
    const mail = await eventually(async () => {
      const now = await mailTo(to)
      return now.attempts === attempt && now.owner === null && now
    })
    if (!mail.due_at) break
    const pause = mail.due_at.getTime() - ctx.clock().getTime()
    pauses.push(pause)
    offset += pause + 1
  }
  await delivery.stop()
  const mail = await mailTo(to)
  assert.ok(mail.parked_at, 'it is never given up')
  assert.deepEqual([mail.attempts, mail.last_error], [40, '451 later'])
  for (const [index, pause] of pauses.entries()) {
    const ideal = Math.min(5 * SECOND * 2 ** index, HOUR)
    assert.ok(pause > ideal * 0.7 && pause <= ideal * 1.25, `pause ${index + 1} was ${pause} ms`)
  }
  const patience = pauses.reduce((a, b) => a + b)
  assert.ok(patience > DAY, 'an outage of a day would lose mail')
  t.diagnostic(
    `first pauses ${pauses
      .slice(0, 6)
      .map(ms => (ms / SECOND).toFixed(1))
      .join(', ')} s; all ${(patience / HOUR).toFixed(1)} h`
  )
})

test('two workers that find the same mail at the same moment send each one once', async () => {
  const addresses = Array.from({ length: 60 }, (_, n) => `shared${n}@example.com`)
  for (const to of addresses) await post(to)
  const sent: string[] = []
  const send: Send = async ({ to }) => {
    sent.push(to)
    await new Promise(resolve => setTimeout(resolve, 5))
  }
  const workers = [worker(send), worker(send)]
  await eventually(async () => (await Promise.all(addresses.map(mailTo))).every(mail => mail.sent_at))
  for (const { stop } of workers) await stop()
  assert.deepEqual(sent.sort(), addresses.sort())
})

const outOfReach = () => {
  throw new Error('the database is out of reach')
}

test('stopping waits for every message under way, when the database failed for another one, too', async () => {
  for (let i = 0; i < 4; i++) await post(`stop${i}@example.com`)
  let running = 0
  let broken = false
  const delivery = worker(async () => {
    running++
    if (!broken) {
      broken = true
      throw Object.defineProperty(new Error(), 'message', { get: outOfReach }) // fails in the settling
    }
    await new Promise(resolve => setTimeout(resolve, 200))
    running--
  })
  await eventually(() => running >= 4)
  await delivery.stop()
  assert.equal(running, 1, 'messages were under way when stop() said it was done')
})
