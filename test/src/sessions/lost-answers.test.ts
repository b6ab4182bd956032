import assert from 'node:assert/strict'
import { test } from 'node:test'
import { HOUR, SECOND } from '../../../src/clock.ts'
import { createTestApp } from '../../support/app.ts'
import { createMember } from '../../support/client.ts'
import { eventsOf, present, signIn, tokenIn, useAccess } from '../../support/sessions.ts'

const STEPS = 300
const PAUSES = [0, 200, 9 * SECOND, 11 * SECOND, 20 * SECOND, 3 * HOUR] // ms

const app = await createTestApp()
const { email } = await createMember(app)

/** Mulberry32: the same numbers on every run, so that a failure can be repeated. */
function random(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

for (const transport of ['cookie', 'body'] as const) {
  test(`no client is logged out by answers that get lost, whenever it tries again (${transport})`, async t => {
    const next = random(transport === 'cookie' ? 1 : 2)
    const device = await signIn(app, email, transport)
    let { refreshToken: kept, jwt } = device
    let lost = 0
    for (let step = 1; step <= STEPS; step++) {
      const answer = await present(app, kept, transport)
      assert.equal(answer.status, 200, `step ${step}: ${answer.body.code}`)
      if (next() < 0.5) {
        kept = tokenIn(answer) ?? kept
        jwt = answer.body.jwtToken ?? assert.fail('a refresh brings an access token')
      } else lost++
      app.advance(PAUSES[Math.floor(next() * PAUSES.length)] ?? 0)
      const access = await useAccess(app, jwt)
      assert(access.status === 200 || access.body.code === 'token_expired', `step ${step}: ${access.body.code}`)
    }
    const events = await eventsOf(app, device)
    assert.deepEqual(new Set(events), new Set(['session_reissued']))
    t.diagnostic(`${STEPS} refreshes, ${lost} answers lost, ${events.length} re-issues, nobody logged out`)
  })
}
