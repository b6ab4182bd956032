import assert from 'node:assert/strict'
import { connect } from 'node:net'
import { test } from 'node:test'
import { createTestApp } from '../support/app.ts'
import { freeze, newestChild } from '../support/children.ts'
import { createClient, registration } from '../support/client.ts'
import { eventually } from '../support/eventually.ts'

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

test('paths that lead nowhere are one series for each method of HTTP, and a method that somebody invents is none', async () => {
  const server = await app.another()
  const { port } = new URL(await server.listen({ host: '127.0.0.1', port: 0 }))
  const ask = (method: string, path: string) =>
    new Promise<string>((resolve, reject) => {
      const socket = connect(Number(port), '127.0.0.1', () => {
        socket.write(`${method} ${path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`)
      })
      socket.setEncoding('utf8').once('data', answer => {
        socket.destroy()
        resolve(String(answer))
      })
      socket.on('error', reject)
    })
  const known = ['DELETE', 'GET', 'POST', 'PROPFIND']
  for (const method of known) for (let i = 0; i < 5; i++) assert.match(await ask(method, `/random-${i}`), / 404 /)
  for (let i = 0; i < 5; i++) assert.match(await ask(`INVENTED${i}`, '/random'), / 400 /)
  const series = (await metrics(server)).match(/^http_request_duration_seconds_count{.*$/gm) ?? []
  assert.deepEqual(
    series.toSorted(),
    known.map(method => `http_request_duration_seconds_count{method="${method}",route="unknown",status="404"} 5`)
  )
})

test('mail that waits is counted', async () => {
  assert.equal(readValue(await metrics(), 'guildhall_outbox_waiting'), 0)
  await app.mail.stop()
  await createClient(app.server).post('/register', registration('waits@example.com'))
  assert.equal(readValue(await metrics(), 'guildhall_outbox_waiting'), 1)
})

test('hashes under way and waiting are counted', async () => {
  const client = createClient(app.server)
  const logIn = () => client.logIn('nobody@example.com')
  await logIn()
  assert.equal(readValue(await metrics(), 'guildhall_hashes'), 0)
  const thaw = await freeze(newestChild())
  const logins = Promise.all(Array.from({ length: 7 }, logIn))
  await eventually(async () => readValue(await metrics(), 'guildhall_hashes') === 7)
  thaw()
  await logins
  assert.equal(readValue(await metrics(), 'guildhall_hashes'), 0)
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
