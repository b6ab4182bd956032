import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createTestApp } from '../support/app.ts'
import { createClient, registration } from '../support/client.ts'

const app = await createTestApp()

const metrics = async (server = app.server) => {
  const response = await server.inject('/metrics')
  assert.equal(response.statusCode, 200)
  assert.match(String(response.headers['content-type']), /^text\/plain; version=0\.0\.4/)
  return response.body
}

/** The value of one line, by the start of its text. */
function readValue(text: string, line: string): number {
  const found = text.split('\n').find(candidate => candidate.startsWith(`${line} `))
  return Number(found?.slice(line.length) ?? Number.NaN)
}

test('requests are counted by route, never by URL', async () => {
  const client = createClient(app.server)
  for (const id of ['0199d6a0-0000-7000-8000-000000000000', 'secret-in-a-path']) await client.get(`/${id}?token=secret`)
  await app.server.inject('/no/such/secret-path')
  const text = await metrics()
  assert.equal(
    readValue(text, 'http_request_duration_seconds_count{method="GET",route="/accounts/:id",status="401"}'),
    2
  )
  assert.equal(readValue(text, 'http_request_duration_seconds_count{method="GET",route="unknown",status="404"}'), 1)
  assert.doesNotMatch(text, /secret/)
})

test('every method that a client may invent is one label, not one series each', async () => {
  const before = (await metrics()).split('\n').length
  for (let i = 0; i < 20; i++) await app.server.inject({ method: 'GET', url: `/random-${i}` })
  assert((await metrics()).split('\n').length <= before + 15)
})

test('mail that waits is counted, and so are hashes under way', async () => {
  assert.equal(readValue(await metrics(), 'guildhall_hashes'), 0)
  assert.equal(readValue(await metrics(), 'guildhall_outbox_waiting'), 0)
  await app.mail.stop()
  await createClient(app.server).post('/register', registration('waits@example.com'))
  assert.equal(readValue(await metrics(), 'guildhall_outbox_waiting'), 1)
})

test('metrics are still answered while the database is away', async () => {
  const lost = await app.another({ DATABASE_URL: 'mysql://nobody@127.0.0.1:1/nothing' })
  assert.equal(readValue(await metrics(lost), 'guildhall_outbox_waiting'), -1)
})

test('two servers in one process count apart', async () => {
  const other = await app.another()
  assert.doesNotMatch(await metrics(other), /route="\/accounts/)
})

test('METRICS=off leaves no route', async () => {
  assert.equal((await (await app.another({ METRICS: 'off' })).inject('/metrics')).statusCode, 404)
})
