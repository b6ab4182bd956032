import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { inspect } from 'node:util'
import { Kysely, sql, type Transaction } from 'kysely'
import { systemClock } from '../../../src/clock.ts'
import type { Database } from '../../../src/database.ts'
import { newId } from '../../../src/ids.ts'
import { faultKind, isPassing } from '../../../src/mysql/faults.ts'
import { DeadlineDialect } from '../../../src/mysql/pool.ts'
import { onCommit, setReceipt, transact } from '../../../src/mysql/transact.ts'
import { onBudget, timeFor, WaitBudget } from '../../../src/mysql/wait-budget.ts'
import { createTestDatabase } from '../../support/database.ts'
import { startProxy } from '../../support/proxy.ts'

const database = await createTestDatabase()
const proxy = await startProxy()
const db = new Kysely<Database>({ dialect: new DeadlineDialect(proxy.url(database.name)) })
after(async () => {
  await proxy.heal()
  await db.destroy()
  await database.destroy()
  await proxy.stop()
})

const owner = newId(systemClock)
const insert = async (trx: Transaction<Database>, name: string) =>
  await trx.insertInto('claims').values({ name, owner, until: systemClock() }).execute()
const count = async (name: string) =>
  (await database.db.selectFrom('claims').select('name').where('name', '=', name).execute()).length

async function recordReceipt(trx: Transaction<Database>): Promise<void> {
  const id = newId(systemClock)
  const place = { actor_id: null, subject_id: null, session_id: null, ip: '', user_agent: '', detail: null }
  const event = { ...place, id, at: systemClock(), event: 'login_failed' as const, request_id: 'test' }
  await trx.insertInto('audit_events').values(event).execute()
  setReceipt(trx, id)
}

/** Meets the statement with `fate` in its first `times` passages. */
function onStatement(statement: string, fate: ReturnType<typeof proxy.fate>, times = 1): { seen: number } {
  const met = { seen: 0 }
  proxy.fate = sql => (sql.endsWith(statement) && ++met.seen <= times ? fate : 'forward')
  return met
}

// ASVS V15.4.3
test('transactions that lock two rows in opposite order are tried again until both are through', async t => {
  for (const name of ['one', 'two']) await transact(database.db, trx => insert(trx, name))
  let attempts = 0
  const holds = new Map(['one', 'two'].map(name => [name, Promise.withResolvers<void>()]))
  const lockBoth = async (first: string, second: string) =>
    await transact(db, async trx => {
      attempts++
      const touch = (name: string) =>
        trx.updateTable('claims').set({ until: systemClock() }).where('name', '=', name).execute()
      await touch(first)
      holds.get(first)?.resolve()
      await holds.get(second)?.promise // neither asks for its second row before both hold their first
      await touch(second)
    })
  await Promise.all([lockBoth('one', 'two'), lockBoth('two', 'one')])
  t.diagnostic(`${attempts} attempts for 2 transactions`)
  assert.ok(attempts > 2, 'there was no deadlock: the test shows nothing')
})

test('effects go on after the request: its budget for waiting is not theirs', async () => {
  const seen: number[] = []
  await onBudget(new WaitBudget(0), () =>
    transact(db, async trx => {
      await insert(trx, 'effects of the late')
      onCommit(trx, () => seen.push(timeFor(5000)))
    })
  )
  assert.deepEqual(seen, [5000])
})

test('effects run once, after the commit, however often the work was tried', async () => {
  const seen: number[] = []
  let attempts = 0
  onStatement('commit', { errno: 1213 }, 2)
  await transact(db, async trx => {
    attempts++
    await insert(trx, 'effects')
    onCommit(trx, () => seen.push(attempts))
  })
  assert.deepEqual([attempts, seen, await count('effects')], [3, [3], 1])
})

// ASVS V2.3.3, V1.4.3
test('a transaction that fails leaves neither rows nor effects, and is not tried again', async () => {
  let effects = 0
  let attempts = 0
  const failing = transact(db, async trx => {
    attempts++
    await insert(trx, 'failing')
    onCommit(trx, () => effects++)
    throw new Error('no')
  })
  await assert.rejects(failing, /no/)
  assert.deepEqual([attempts, effects, await count('failing')], [1, 0, 0])
})

test('a COMMIT that the server never saw is done again; one whose answer was lost is not', async () => {
  for (const [fate, expected] of [
    ['cut-before', 2],
    ['cut-after', 1]
  ] as const) {
    let attempts = 0
    let effects = 0
    onStatement('commit', fate)
    await transact(db, async trx => {
      attempts++
      await recordReceipt(trx)
      await insert(trx, fate)
      onCommit(trx, () => effects++)
    })
    assert.deepEqual([attempts, effects, await count(fate)], [expected, 1, 1], fate)
  }
})

test('without a receipt a lost COMMIT is not guessed: it fails, and is not tried again', async () => {
  for (const fate of ['cut-before', 'cut-after'] as const) {
    let attempts = 0
    let effects = 0
    onStatement('commit', fate)
    const blind = transact(db, async trx => {
      attempts++
      await insert(trx, `blind ${fate}`)
      onCommit(trx, () => effects++)
    })
    await assert.rejects(blind, error => faultKind(error) === 'deadline')
    assert.deepEqual([attempts, effects, await count(`blind ${fate}`)], [1, 0, fate === 'cut-after' ? 1 : 0], fate)
  }
})

test('a look-up whose own connection is lost is made again before anything is decided', async () => {
  let attempts = 0
  let lookUps = 0
  proxy.fate = sql => {
    if (sql.endsWith('commit')) return 'cut-after'
    return /select.*for update/s.test(sql) && ++lookUps <= 2 ? 'cut-before' : 'forward'
  }
  await transact(db, async trx => {
    attempts++
    await recordReceipt(trx)
    await insert(trx, 'look-up')
  })
  assert.deepEqual([attempts, lookUps, await count('look-up')], [1, 3, 1])
})

test('a COMMIT that hangs is looked up; where the outcome cannot be known, the answer still comes in time', async t => {
  for (const fate of ['hang-after', 'hang-before'] as const) {
    const started = Date.now()
    onStatement('commit', fate)
    const hanging = transact(db, async trx => {
      await recordReceipt(trx)
      await insert(trx, fate)
    })
    if (fate === 'hang-after') await hanging
    else await assert.rejects(hanging, error => faultKind(error) === 'deadline')
    t.diagnostic(`${fate}: ${Date.now() - started} ms`)
    assert.ok(Date.now() - started < 3000)
    await proxy.heal()
  }
  assert.equal(await count('hang-after'), 1)
})

test('retries are bounded', async () => {
  let attempts = 0
  onStatement('commit', { errno: 1213 }, Infinity)
  const started = Date.now()
  await assert.rejects(
    transact(db, async () => void attempts++),
    { errno: 1213 }
  )
  assert.equal(attempts, 6)
  assert.ok(Date.now() - started < 3000)
})

test('a transaction that crawls ends with a deadline, is undone, and its connection is not used again', async () => {
  await proxy.heal()
  const started = Date.now()
  let statements = 0
  await assert.rejects(
    transact(db, async trx => {
      await insert(trx, 'crawled')
      for (; statements < 20; statements++) await sql`select sleep(0.4)`.execute(trx)
    }),
    error => faultKind(error) === 'deadline'
  )
  assert.ok(statements < 8, `${statements} statements of 0.4 s`)
  assert.ok(Date.now() - started < 3000, 'a request is answered within 3 s')
  assert.equal(await count('crawled'), 0)
  await transact(db, trx => insert(trx, 'after crawling'))
})

test('a BEGIN that was refused sets no limit for what its connection does later', async () => {
  const only = new Kysely<Database>({ dialect: new DeadlineDialect(proxy.url(database.name)) })
  try {
    await sql`select 1`.execute(only)
    onStatement('begin', { errno: 1213 }, Infinity)
    await assert.rejects(
      transact(only, async () => {}),
      { errno: 1213 }
    )
    await proxy.heal()
    await sleep(2400) // longer than a transaction may take
    await sql`select 1`.execute(only)
  } finally {
    await only.destroy()
  }
})

test('an error of the database shows the statement, and none of its values', async () => {
  const name = 'secret-value'.repeat(10) // too long for its column
  await assert.rejects(
    transact(db, trx => insert(trx, name)),
    error => {
      const shown = inspect(error, { depth: 5 })
      assert.match(shown, /insert into `claims`.*values \(\?, \?, \?\)/)
      assert(!shown.includes('secret-value'), shown)
      return true
    }
  )
})

test('an error about a duplicate key does not repeat the value', async () => {
  await transact(db, trx => insert(trx, 'secret-name'))
  await assert.rejects(
    transact(db, trx => insert(trx, 'secret-name')),
    error => {
      assert.equal(faultKind(error), 'duplicate')
      assert(!inspect(error, { depth: 5 }).includes('secret-name'))
      return true
    }
  )
})

test('a refused login does not pass by waiting, too many connections do', () => {
  const refused = (errno: number) => Object.assign(new Error('refused'), { errno })
  for (const errno of [1044, 1045, 1049]) assert.equal(isPassing(refused(errno)), false, String(errno))
  for (const errno of [1040, 1203, 1226, 1290]) assert.equal(isPassing(refused(errno)), true, String(errno))
  assert.equal(isPassing(new Error('of ours')), false)
})

test('a ROLLBACK that fails ends its connection: the next BEGIN on it would commit what was to be undone', async () => {
  const met = onStatement('rollback', { errno: 1205 })
  const undone = transact(db, async trx => {
    await insert(trx, 'undone')
    throw new Error('the work failed')
  })
  await assert.rejects(undone, /the work failed/)
  assert.equal(met.seen, 1)
  for (let i = 0; i < 10; i++) await transact(db, trx => insert(trx, `afterwards ${i}`))
  assert.deepEqual([await count('afterwards 9'), await count('undone')], [1, 0])
})
