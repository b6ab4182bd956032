import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { suite, test } from 'node:test'
import type { FastifyInstance } from 'fastify'
import { MINUTE } from '../../../src/clock.ts'
import { LIMITS } from '../../../src/limits/policy.ts'
import { createTestApp } from '../../support/app.ts'
import { createMember } from '../../support/client.ts'
import { attacker, tryLogIn } from '../../support/guesses.ts'
import { patiently } from '../../support/patiently.ts'
import { queriesOf } from '../../support/queries.ts'
import { startRedis, withoutRedis } from '../../support/redis.ts'

const MOST = LIMITS['account-minute'].most
const app = await createTestApp({ RATE_LIMIT: 'on' })
// Without limits: a member of the same database, and what a login costs without them.
const off = await app.another({ RATE_LIMIT: 'off' })
const production = { NODE_ENV: 'production', PUBLIC_URL: 'https://api.example.com' }
const redis = withoutRedis ? undefined : await startRedis()

const stores = {
  'the database': { skip: undefined, config: production },
  Redis: { skip: withoutRedis, config: { REDIS_URL: redis?.url ?? '' } }
}

for (const [name, { skip, config }] of Object.entries(stores)) {
  // ASVS V2.4.1
  suite(`two instances that count in ${name}`, { skip }, async () => {
    const servers = skip ? [] : [await app.another(config), await app.another(config)]
    const server = (n: number): FastifyInstance => servers[n % 2] ?? assert.fail('there are two')
    const accepted = (statuses: number[]) => statuses.filter(status => status === 401).length

    test('let no more through than one, one after another', async () => {
      const statuses = []
      for (let i = 0; i < 2 * MOST; i++)
        statuses.push(
          (await patiently(() => tryLogIn(server(i), `sequence-${name}@example.com`, 'wrong', attacker(i)))).status
        )
      assert.deepEqual(
        statuses,
        statuses.map((_, i) => (i < MOST ? 401 : 429))
      )
    })

    test('let no more through than one, at once', async () => {
      const answers = await Promise.all(
        Array.from({ length: 100 }, (_, i) =>
          tryLogIn(server(i), `at-once-${name.length}@example.com`, 'wrong', attacker(i))
        )
      )
      const statuses = answers.map(({ status }) => status)
      assert(accepted(statuses) <= MOST, `${accepted(statuses)} were compared`)
      assert(statuses.includes(429))
    })

    test('begin again together when the window ends', async () => {
      const email = `again-${name.length}@example.com`
      for (let i = 0; i <= MOST; i++) await tryLogIn(server(0), email, 'wrong', attacker(i))
      assert.equal((await tryLogIn(server(1), email, 'wrong', attacker(0))).status, 429)
      app.advance(MINUTE)
      assert.equal((await tryLogIn(server(1), email, 'wrong', attacker(0))).status, 401)
    })

    test('take back what succeeded', async () => {
      const member = await createMember(app)
      for (let i = 0; i < 2 * MOST; i++)
        assert.equal((await tryLogIn(server(i), member.email, undefined, attacker(200))).status, 200)
    })
  })
}

test('in the database a login takes three round trips more, and one after its answer; a refused one takes one', async () => {
  const server = await app.another(production)
  const member = await createMember(app)
  await tryLogIn(off, member.email) // from now on it is no new device
  const plain = await queriesOf(() => tryLogIn(off, member.email))
  const limited = await queriesOf(() => tryLogIn(server, member.email))
  const ours = limited.queries.filter(query => query.includes('limit_counters'))
  assert.deepEqual([plain.result.status, limited.result.status], [200, 200])
  assert.equal(limited.queries.length - plain.queries.length, ours.length)
  assert.deepEqual(
    ours.map(query => query.split(' ')[0]),
    ['select', 'insert', 'select', 'update'].slice(0, ours.length)
  )
  assert(ours.length === 3 || ours.length === 4, 'the last one may come later')
  const { most } = LIMITS.links
  const body = JSON.stringify({ token: randomBytes(32).toString('base64url') })
  const post = async () =>
    await server.inject({
      method: 'POST',
      url: '/accounts/verify-email',
      headers: { 'content-type': 'application/json' },
      body
    })
  for (let i = 0; i < most; i++) await post()
  const refused = await queriesOf(post)
  assert.deepEqual([refused.result.statusCode, refused.queries.length], [429, 1])
})

test('without the database nothing is let in uncounted: 503', async () => {
  const server = await app.another({ ...production, DATABASE_URL: 'mysql://nobody@127.0.0.1:1/nothing' })
  const { status, headers } = await tryLogIn(server, 'away@example.com', 'wrong')
  assert.deepEqual([status, headers['retry-after']], [503, '2'])
})

suite('without Redis', { skip: withoutRedis }, () => {
  test('each instance counts for itself: limits hold, and nobody is kept out', async () => {
    const gone = await startRedis()
    const server = await app.another({ REDIS_URL: gone.url })
    const member = await createMember(app)
    await gone.stop()
    const statuses = []
    for (let i = 0; i < 2 * MOST; i++)
      statuses.push((await tryLogIn(server, 'no-redis@example.com', 'wrong', attacker(i))).status)
    assert.deepEqual([statuses.indexOf(429), statuses.lastIndexOf(401)], [MOST, MOST - 1])
    assert.equal((await tryLogIn(server, member.email)).status, 200)
  })
})
