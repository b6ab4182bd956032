import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createTestApp } from '../support/app.ts'
import { queriesOf } from '../support/queries.ts'

const app = await createTestApp()

test('live and ready answer 200 while all is well, without being asked who is there', async () => {
  for (const url of ['/health/live', '/health/ready']) {
    const response = await app.server.inject(url)
    assert.equal(response.statusCode, 200)
    assert.deepEqual(response.json(), { status: 'ok' })
  }
})

test('while the database is away the service lives and is not ready, within 3 s and without saying why', async () => {
  const lost = await app.another({ DATABASE_URL: 'mysql://nobody:secret@127.0.0.1:1/nothing' })
  assert.equal((await lost.inject('/health/live')).statusCode, 200)
  const started = performance.now()
  const response = await lost.inject('/health/ready')
  assert(performance.now() - started < 3000)
  assert.equal(response.statusCode, 503)
  assert.equal(response.json().code, 'unavailable')
  assert(response.headers['retry-after'])
  assert.doesNotMatch(response.body, /127\.0\.0\.1|ECONN|secret|nobody/)
})

test('a thousand who ask at once whether it is ready do not ask the database by the thousand', async () => {
  const { queries, result } = await queriesOf(() =>
    Promise.all(Array.from({ length: 1000 }, () => app.server.inject('/health/ready')))
  )
  assert.deepEqual(new Set(result.map(({ statusCode }) => statusCode)), new Set([200]))
  assert(queries.length < 50, `${queries.length}`)
})

test('while the service shuts down it lives and is not ready, so that a balancer leaves it', async () => {
  const { promise: drained, resolve: drain } = Promise.withResolvers<void>()
  const { promise: stopping, resolve: stop } = Promise.withResolvers<void>()
  const leaving = await app.another(
    {},
    {
      pages: async server => {
        server.addHook('preClose', async () => {
          stop()
          await drained // as the outbox does until its mail is sent
        })
      }
    }
  )
  const url = await leaving.listen({ host: '127.0.0.1', port: 0 })
  const closing = leaving.close()
  await stopping
  const [ready, live] = await Promise.all(['ready', 'live'].map(name => fetch(`${url}/health/${name}`)))
  drain()
  await closing
  assert.equal(ready?.status, 503)
  assert.equal(live?.status, 200)
  await assert.rejects(fetch(`${url}/health/live`))
})
