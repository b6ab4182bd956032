import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createTestApp } from '../../support/app.ts'
import { createClient, createMember } from '../../support/client.ts'
import { eventually } from '../../support/eventually.ts'

const app = await createTestApp()
const client = createClient(app.server)

const newest = async (recipient: string) =>
  await app.db
    .selectFrom('outbox')
    .selectAll()
    .where('recipient', '=', recipient)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirstOrThrow()

// ASVS V6.3.8: what the worker does after the answer is seen in how long the next request takes.
test('a mail to nobody is delivered like any other, to nowhere: due, composed, sent, its secret wiped', async () => {
  const { email } = await createMember(app)
  await app.mail.stop() // so that the member's waits, and can be looked at
  for (const address of [email, 'nobody@example.com'])
    assert.equal((await client.post('/forgot-password', { email: address })).status, 200)
  const nobodys = await eventually(async () => {
    const row = await newest('')
    return row.sent_at ? row : undefined
  })
  const members = await newest(email)
  assert.deepEqual([nobodys.secret, nobodys.due_at, nobodys.last_error], [null, null, null])
  assert.equal(nobodys.template, members.template)
  assert.deepEqual(Object.keys(JSON.parse(nobodys.data)), Object.keys(JSON.parse(members.data)))
  await app.mail.start()
  await app.mail.next(email, /Reset/)
  assert.deepEqual([...new Set(app.mail.received.map(({ to }) => to))], [email])
})
