import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { HOUR } from '../../../src/clock.ts'
import type { Answer } from '../../support/answer.ts'
import { createTestApp } from '../../support/app.ts'
import { createMember } from '../../support/client.ts'
import { eventsOf, newToken, present, sessionRow, signIn, tokenIn } from '../../support/sessions.ts'

const ROUNDS = 50
const LATE_ROUNDS = 5
const TABS = 100
const PAIRS = 20
const LATER = 10_001 // past REFRESH_GRACE

const app = await createTestApp()
const { email } = await createMember(app)

let shed = 0 // answers of 503: a machine that is busy with other tests may not get to all in time

/** As any client does: a 503 is asked again when Retry-After says so. */
async function presentPatiently(token: string): Promise<Answer> {
  for (let attempt = 1; ; attempt++) {
    const answer = await present(app, token)
    if (answer.status !== 503 || attempt === 8) return answer
    shed++
    await sleep(Number(answer.headers['retry-after']) * 1000)
  }
}

async function presentAtOnce(token: string): Promise<Answer[]> {
  return await Promise.all(Array.from({ length: TABS }, () => presentPatiently(token)))
}

/** That many answers, and how they came. */
function figures(rounds: number, started: number): string {
  const seconds = (performance.now() - started) / 1000
  assert(shed < (rounds * TABS) / 4, `${shed} answers were 503`)
  return `${rounds} rounds, ${rounds * TABS} answers, all 200 (${shed} asked again after a 503), in ${seconds.toFixed(1)} s`
}

test('of parallel refreshes of one token all are answered, and the session moves by one generation', async t => {
  const device = await signIn(app, email)
  let token = device.refreshToken
  const started = performance.now()
  shed = 0
  for (let round = 1; round <= ROUNDS; round++) {
    const answers = await presentAtOnce(token)
    const statuses = new Set(answers.map(answer => answer.status))
    assert.deepEqual([...statuses], [200], `round ${round}`)
    assert.equal((await sessionRow(app, device)).generation, round)
    // A browser keeps whichever cookie arrived last: here, any.
    token = answers.map(tokenIn)[(round * 37) % TABS] ?? assert.fail('every answer of a race brings a cookie')
    app.advance(LATER)
  }
  t.diagnostic(figures(ROUNDS, started))
  assert.deepEqual(await eventsOf(app, device), [])
})

test('a browser that died before it kept its answer comes back hours later with a hundred tabs', async t => {
  const device = await signIn(app, email)
  let token = device.refreshToken
  const started = performance.now()
  shed = 0
  for (let round = 1; round <= LATE_ROUNDS; round++) {
    newToken(await present(app, token)) // lost
    app.advance(3 * HOUR)
    const answers = await presentAtOnce(token)
    assert.deepEqual([...new Set(answers.map(answer => answer.status))], [200], `round ${round}`)
    const row = await sessionRow(app, device)
    assert.deepEqual([row.generation, row.reissues], [round, 1], 'the tabs of one browser are one re-issue')
    token = answers.map(tokenIn)[(round * 37) % TABS] ?? assert.fail('every answer brings a cookie')
    app.advance(LATER)
  }
  t.diagnostic(figures(LATE_ROUNDS, started))
})

test('of two siblings that are presented at once, one wins, and the other raises the alarm', async () => {
  for (let round = 1; round <= PAIRS; round++) {
    const device = await signIn(app, email)
    const [one, two] = [
      newToken(await present(app, device.refreshToken)),
      newToken(await present(app, device.refreshToken))
    ]
    app.advance(LATER)
    const statuses = (await Promise.all([present(app, one), present(app, two)])).map(answer => answer.status)
    assert.deepEqual(statuses.sort(), [200, 401])
    assert.deepEqual(await eventsOf(app, device), ['session_reuse_detected'])
  }
})

test('of parallel replays of a stolen token all are refused, with one alarm', async () => {
  const device = await signIn(app, email)
  const first = newToken(await present(app, device.refreshToken))
  app.advance(LATER)
  newToken(await present(app, first))
  const answers = await presentAtOnce(device.refreshToken)
  assert.deepEqual([...new Set(answers.map(answer => answer.status))], [401])
  assert.deepEqual(await eventsOf(app, device), ['session_reuse_detected'])
  assert.notEqual((await sessionRow(app, device)).revoked_at, null)
})
