import assert from 'node:assert/strict'
import { test } from 'node:test'
import { HOUR, SECOND } from '../../../src/clock.ts'
import { createTestApp } from '../../support/app.ts'
import { createMember } from '../../support/client.ts'
import { createRandom } from '../../support/random.ts'
import { eventsOf, present, signIn, tokenIn, useAccess } from '../../support/sessions.ts'

const STEPS = 300
const PAUSES = [0, 200, 9 * SECOND, 11 * SECOND, 20 * SECOND, 3 * HOUR] // ms

const app = await createTestApp()
const { email } = await createMember(app)

for (const transport of ['cookie', 'body'] as const) {
  test(`no client is logged out by answers that get lost, whenever it tries again (${transport})`, async t => {
    const random = createRandom(transport === 'cookie' ? 1 : 2) // the same on every run
    const device = await signIn(app, email, transport)
    let { refreshToken: kept, jwt } = device
    let lost = 0
    for (let step = 1; step <= STEPS; step++) {
      const answer = await present(app, kept, transport)
      assert.equal(answer.status, 200, `step ${step}: ${answer.body.code}`)
      if (random.chance(0.5)) {
        kept = tokenIn(answer) ?? kept
        jwt = answer.body.jwtToken ?? assert.fail('a refresh brings an access token')
      } else lost++
      app.advance(random.pick(PAUSES))
      const access = await useAccess(app, jwt)
      assert(access.status === 200 || access.body.code === 'token_expired', `step ${step}: ${access.body.code}`)
    }
    const events = await eventsOf(app, device)
    assert.deepEqual(new Set(events), new Set(['session_reissued']))
    t.diagnostic(`${STEPS} refreshes, ${lost} answers lost, ${events.length} re-issues, nobody logged out`)
  })
}
