import assert from 'node:assert/strict'
import { once } from 'node:events'
import { readdirSync, readFileSync } from 'node:fs'
import { availableParallelism, getPriority } from 'node:os'
import { after, test } from 'node:test'
import { Problem } from '../../../src/errors.ts'
import { type Bulkhead, createBulkhead } from '../../../src/passwords/bulkhead.ts'
import { children, freeze, newestChild } from '../../support/children.ts'

const LANES = availableParallelism()
const CAPACITY = LANES + 128 * LANES // under way and waiting
const PEPPER = new Uint8Array(32)
const CHEAP = { memoryCost: 64, timeCost: 1, parallelism: 1 }
const OWASP = { memoryCost: 19456, timeCost: 2, parallelism: 1 }

function withBulkhead(): Bulkhead {
  const bulkhead = createBulkhead()
  after(() => bulkhead.close())
  return bulkhead
}

const hash = (bulkhead: Bulkhead, password: string, options = CHEAP) =>
  bulkhead.run({ kind: 'hash', password, pepper: PEPPER, options })

test('the process starts when it is first needed, at niceness 10 with all its threads', async () => {
  const before = children.length
  const bulkhead = withBulkhead()
  assert.equal(children.length, before)
  await Promise.all(Array.from({ length: 20 }, (_, i) => hash(bulkhead, `password ${i}`)))
  assert.equal(children.length, before + 1)
  const pid = newestChild().pid ?? 0
  assert.equal(getPriority(pid), 10)
  if (process.platform !== 'linux') return
  for (const thread of readdirSync(`/proc/${pid}/task`)) {
    const fields = readFileSync(`/proc/${pid}/task/${thread}/stat`, 'utf8')
      .replace(/^.*\) /, '')
      .split(' ')
    assert.equal(fields[16], '10', 'proc(5): the 19th field of stat is the niceness')
  }
})

// ASVS V13.3.2
test('the process gets none of our environment', async t => {
  if (process.platform !== 'linux') return t.skip('reads /proc')
  const bulkhead = withBulkhead()
  await hash(bulkhead, 'x')
  const names = readFileSync(`/proc/${newestChild().pid}/environ`, 'utf8')
    .split('\0')
    .map(entry => entry.split('=')[0])
  // Node itself hands its coverage folder on; where compiled sources are kept is no secret.
  const known = ['NODE_V8_COVERAGE', 'NODE_COMPILE_CACHE']
  assert.deepEqual(names.filter(name => name && !known.includes(name)).sort(), [
    'NODE_CHANNEL_FD',
    'NODE_CHANNEL_SERIALIZATION_MODE',
    'UV_THREADPOOL_SIZE'
  ])
})

test('the queue is bounded: what does not fit is busy at once, what fits is answered', async () => {
  const bulkhead = withBulkhead()
  const jobs = await Promise.allSettled(
    Array.from({ length: CAPACITY + 10 }, (_, i) => hash(bulkhead, `password ${i}`))
  )
  const refused = jobs.flatMap(job => (job.status === 'rejected' ? [job.reason] : []))
  assert.equal(refused.length, 10)
  for (const error of refused) {
    assert.ok(error instanceof Problem)
    assert.deepEqual([error.code, error.statusCode, error.retryAfter], ['busy', 503, 2])
  }
  assert.equal(bulkhead.load(), 0)
  const full = Promise.all(Array.from({ length: CAPACITY }, (_, i) => hash(bulkhead, `password ${i}`)))
  await assert.rejects(hash(bulkhead, 'new work'), { code: 'busy' })
  const job = { kind: 'hash', password: 'more of what was let in', pepper: PEPPER, options: CHEAP } as const
  assert('phc' in (await bulkhead.run(job, true)))
  await full
  assert.ok('phc' in (await hash(bulkhead, 'there is room again')))
})

test('kill -9 of the hash process in the middle loses no job and mixes up none', async () => {
  const bulkhead = withBulkhead()
  const made = await hash(bulkhead, 'right', OWASP)
  assert.ok('phc' in made)
  const victim = newestChild()
  const jobs = Array.from({ length: 60 }, (_, i) =>
    bulkhead.run({ kind: 'verify', password: i % 2 ? 'right' : 'wrong', pepper: PEPPER, phc: made.phc })
  )
  await jobs[5]
  assert.ok(bulkhead.load() > 0)
  victim.kill('SIGKILL')
  const answers = await Promise.all(jobs)
  assert.deepEqual(
    answers.map(answer => 'ok' in answer && answer.ok),
    jobs.map((_, i) => i % 2 === 1)
  )
  assert.notEqual(newestChild().pid, victim.pid)
  assert.equal(getPriority(newestChild().pid ?? 0), 10)
})

test('an idle process that was killed is replaced when it is needed', async () => {
  const bulkhead = withBulkhead()
  await hash(bulkhead, 'x')
  const victim = newestChild()
  victim.kill('SIGKILL')
  assert.ok('phc' in (await hash(bulkhead, 'y')))
  assert.notEqual(newestChild().pid, victim.pid)
})

test('a process that is stuck gives way to a new one, which answers what was under way', async () => {
  const bulkhead = createBulkhead(2000) // ms: a busy machine starts a process in less
  after(() => bulkhead.close())
  await hash(bulkhead, 'x')
  const stuck = newestChild()
  await freeze(stuck)
  const answers = await Promise.all(Array.from({ length: 10 }, (_, i) => hash(bulkhead, `waits ${i}`)))
  assert.ok(answers.every(answer => 'phc' in answer))
  assert.notEqual(newestChild().pid, stuck.pid)
  assert.equal(stuck.signalCode, 'SIGKILL')
})

test('a job that kills the process twice is given up, and the others go on', async () => {
  const bulkhead = withBulkhead()
  const jobs = Array.from({ length: LANES }, () => hash(bulkhead, 'x', { ...OWASP, timeCost: 200 }))
  const others = Array.from({ length: 10 }, (_, i) => hash(bulkhead, `other ${i}`))
  for (let deaths = 0; deaths < 2; deaths++) {
    const victim = newestChild()
    const exit = once(victim, 'exit')
    await new Promise(resolve => setTimeout(resolve, 200)) // until the jobs are under way
    victim.kill('SIGKILL')
    await exit
  }
  for (const job of jobs) await assert.rejects(job, { code: 'busy' })
  for (const other of await Promise.all(others)) assert.ok('phc' in other)
})

test('closing refuses what is under way, what waits and what comes, and ends the process', async () => {
  const bulkhead = withBulkhead()
  await hash(bulkhead, 'until the process is up')
  // It stands still: what is under way cannot be answered before closing ends it.
  const thaw = await freeze(newestChild())
  const jobs = Array.from({ length: LANES + 20 }, (_, i) => hash(bulkhead, `password ${i}`))
  const refused = Promise.all(jobs.map(job => assert.rejects(job, { code: 'busy' })))
  const exit = once(newestChild(), 'exit')
  bulkhead.close()
  assert.equal(bulkhead.load(), LANES, 'what waited is refused at once')
  await assert.rejects(hash(bulkhead, 'late'), { code: 'busy' })
  thaw()
  await exit
  await refused
  assert.equal(bulkhead.load(), 0)
})
