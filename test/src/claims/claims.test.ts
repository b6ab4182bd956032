import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { Kysely } from 'kysely'
import { claim, claimForever, release } from '../../../src/claims/claims.ts'
import { type Clock, MINUTE, systemClock } from '../../../src/clock.ts'
import type { Database } from '../../../src/database.ts'
import { newId } from '../../../src/ids.ts'
import { DeadlineDialect } from '../../../src/mysql/pool.ts'
import { transact } from '../../../src/mysql/transact.ts'
import { createTestDatabase } from '../../support/database.ts'
import { startProxy } from '../../support/proxy.ts'

const ROUNDS = 25
const RACERS = 20

const database = await createTestDatabase()
const { db } = database
after(() => database.destroy())

let now = new Date('2030-01-01T00:00:00Z')
const clock: Clock = () => now
const someone = () => newId(systemClock)
const racers = () => Array.from({ length: RACERS }, someone)
const winners = (outcomes: boolean[]) => outcomes.filter(Boolean).length
const owns = async (name: string) =>
  (await db.selectFrom('claims').select('owner').where('name', '=', name).executeTakeFirst())?.owner

test('of 20 that want a name at once, one gets it', async () => {
  for (let round = 0; round < ROUNDS; round++) {
    const outcomes = await Promise.all(racers().map(owner => claim(db, clock, `race ${round}`, owner, MINUTE)))
    assert.equal(winners(outcomes), 1)
  }
})

test('of 20 that want to take over what has run out, one does; before that nobody', async () => {
  for (let round = 0; round < ROUNDS; round++) {
    const name = `take over ${round}`
    assert.ok(await claim(db, clock, name, someone(), MINUTE))
    now = new Date(now.getTime() + MINUTE - 1)
    assert.equal(winners(await Promise.all(racers().map(owner => claim(db, clock, name, owner, MINUTE)))), 0)
    now = new Date(now.getTime() + 1) // expired means now ≥ expiry
    assert.equal(winners(await Promise.all(racers().map(owner => claim(db, clock, name, owner, MINUTE)))), 1)
  }
})

test('an owner prolongs its claim, and cannot once another has it', async () => {
  const [first, second] = [someone(), someone()]
  assert.ok(await claim(db, clock, 'prolonged', first, MINUTE))
  now = new Date(now.getTime() + MINUTE / 2)
  assert.ok(await claim(db, clock, 'prolonged', first, MINUTE))
  now = new Date(now.getTime() + MINUTE * 0.75)
  assert.equal(await claim(db, clock, 'prolonged', second, MINUTE), false)
  now = new Date(now.getTime() + MINUTE)
  assert.ok(await claim(db, clock, 'prolonged', second, MINUTE))
  assert.equal(await claim(db, clock, 'prolonged', first, MINUTE), false)
})

test('a claim that was given back is free; only its owner gives it back', async () => {
  const [first, second] = [someone(), someone()]
  await claim(db, clock, 'released', first, MINUTE)
  await release(db, 'released', second)
  assert.equal(await claim(db, clock, 'released', second, MINUTE), false)
  await release(db, 'released', first)
  assert.ok(await claim(db, clock, 'released', second, MINUTE))
})

test('of 20 who take a name for ever one gets it, and nobody takes it from the winner', async () => {
  for (let round = 0; round < ROUNDS; round++) {
    const name = `ever ${round}`
    const owners = racers()
    const outcomes = await Promise.all(owners.map(owner => transact(db, trx => claimForever(trx, name, owner))))
    assert.equal(winners(outcomes), 1)
    const winner = owners[outcomes.indexOf(true)]
    assert.ok(winner)
    now = new Date(now.getTime() + 1000 * MINUTE)
    assert.equal(await claim(db, clock, name, someone(), MINUTE), false)
    assert.equal(await claim(db, clock, name, winner, MINUTE), false, 'turned into a lease')
    await release(db, name, winner)
    assert.deepEqual(await owns(name), winner)
    assert.equal(await transact(db, trx => claimForever(trx, name, winner)), false)
  }
})

test('what was taken for ever in a transaction that fails is free again, for one of those who waited', async () => {
  for (let round = 0; round < ROUNDS; round++) {
    const name = `failed ${round}`
    const outcomes = await Promise.all(
      racers().map((owner, index) =>
        transact(db, async trx => {
          const mine = await claimForever(trx, name, owner)
          if (index % 2 === 0) throw new Error('no')
          return mine
        }).catch(() => false)
      )
    )
    assert.equal(winners(outcomes), 1)
  }
})

test('a claim that another node of a cluster won is lost, and no error', async () => {
  const proxy = await startProxy()
  const through = new Kysely<Database>({ dialect: new DeadlineDialect(proxy.url(database.name)) })
  for (const statement of [/update `claims`/, /insert.*`claims`/s]) {
    proxy.fate = sql => (statement.test(sql) ? { errno: 1213 } : 'forward')
    assert.equal(await claim(through, clock, 'cluster', someone(), MINUTE), false)
  }
  await through.destroy()
  await proxy.stop()
})
