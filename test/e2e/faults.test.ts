import assert from 'node:assert/strict'
import { join } from 'node:path'
import { suite, test } from 'node:test'
import { createMember, PASSWORD } from '../support/client.ts'
import { eventually } from '../support/eventually.ts'
import type { Fate } from './support/faults.ts'
import { createStage } from './support/stage.ts'
import type { Visitor } from './support/visitor.ts'

const stage = await createStage('two-origins', { folder: join(import.meta.dirname, 'stage') })
const email = 'member@example.com'
await createMember(stage, { email, login: false })

const LOGIN = 'POST /accounts/authenticate'
const LATE = 400 // ms

/** What becomes of logins from now on: of the first with one fate, of the others with the last one. */
function decree(...fates: Fate[]): void {
  stage.faults.fate = what =>
    what === LOGIN ? ((fates.length > 1 ? fates.shift() : fates[0]) ?? 'forward') : 'forward'
}

/** A login of the page: the address in the answer, or the name of what was thrown. */
async function logIn({ page }: Visitor): Promise<string> {
  return await page.evaluate(`call('/accounts/authenticate', ${JSON.stringify({ email, password: PASSWORD })})
    .then(answer => answer.json()).then(({ email }) => email, error => error.name)`)
}

async function hasCookie({ context }: Visitor): Promise<boolean> {
  return (await context.cookies(stage.api)).some(({ name }) => name === '__Host-refresh')
}

async function sessions(): Promise<number> {
  return (await stage.db.selectFrom('sessions').select('id').execute()).length
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now()
  await work()
  return performance.now() - began
}

suite('a request between the browser and the API', () => {
  const cuts: [Fate, { made: number; cookie: boolean; complaint: RegExp }][] = [
    ['cut-before', { made: 0, cookie: false, complaint: /^failed POST \/accounts\/authenticate: .*CONNECTION_RESET/ }],
    ['cut-after', { made: 1, cookie: false, complaint: /^failed POST \/accounts\/authenticate: .*CONNECTION_RESET/ }],
    ['cut-in-answer', { made: 1, cookie: true, complaint: /^failed POST \/accounts\/authenticate: / }]
  ]
  for (const [fate, { made, cookie, complaint }] of cuts) {
    test(`that is ${fate} makes ${made} session, and leaves the browser with ${cookie ? 'its' : 'no'} cookie`, async t => {
      const visitor = await stage.visit(t)
      visitor.expect(complaint)
      await visitor.page.goto('/')
      const before = await sessions()
      decree(fate)
      assert.equal(await logIn(visitor), 'TypeError')
      assert.deepEqual([(await sessions()) - before, await hasCookie(visitor)], [made, cookie])
    })
  }

  test('is sent again by Chromium itself, a POST too, when a connection that was used is reset without an answer', async t => {
    const visitor = await stage.visit(t)
    await visitor.page.goto('/')
    assert.equal(await logIn(visitor), email)
    const [before, passed] = [await sessions(), stage.faults.count(LOGIN)]
    decree('cut-after', 'forward')
    assert.equal(await logIn(visitor), email)
    assert.deepEqual([(await sessions()) - before, stage.faults.count(LOGIN) - passed], [2, 2])
    assert.equal(visitor.count(LOGIN), 2, 'the page has asked once each time')
  })

  test('that hangs goes on when all is healed', async t => {
    const visitor = await stage.visit(t)
    await visitor.page.goto('/')
    const [before, passed] = [await sessions(), stage.faults.count(LOGIN)]
    decree('hang')
    const login = logIn(visitor)
    await eventually(() => stage.faults.count(LOGIN) > passed)
    assert.equal(await sessions(), before)
    await stage.faults.heal()
    assert.equal(await login, email)
  })

  test('comes late, or its answer does', async t => {
    const visitor = await stage.visit(t)
    await visitor.page.goto('/')
    decree({ after: LATE })
    assert((await timed(() => logIn(visitor))) >= LATE)
    const before = await sessions()
    decree({ answerAfter: LATE })
    const acted = eventually(async () => (await sessions()) > before).then(() => performance.now())
    assert.equal(await logIn(visitor), email)
    assert(performance.now() - (await acted) >= LATE / 2, 'the server had acted long before')
  })

  test('is refused while nothing listens, and passes when something does again', async t => {
    const visitor = await stage.visit(t)
    visitor.expect('failed POST /accounts/authenticate: net::ERR_CONNECTION_REFUSED')
    await visitor.page.goto('/')
    await stage.faults.refuse()
    assert.equal(await logIn(visitor), 'TypeError')
    await stage.faults.heal()
    assert.equal(await logIn(visitor), email)
  })
})
