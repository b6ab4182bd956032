import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Page } from 'playwright-core'
import { PASSWORD } from '../support/client.ts'
import { eventually } from '../support/eventually.ts'
import { createAdmin, enter, fillIn, message, signIn, stageExistingClient, start } from './support/existing-client.ts'
import type { Fate } from './support/faults.ts'

// The client of the reference system in a browser: how long it stays signed in, in one tab and in several.
const stage = await stageExistingClient()

const MINUTE = 60_000 // ms
const REFRESH = 'POST /accounts/refresh-token'
const REVOKE = 'POST /accounts/revoke-token'

/** From now on, every refresh comes to this. */
const refreshesAre = (fate: Fate) => {
  stage.faults.fate = what => (what === REFRESH ? fate : 'forward')
}
const showsProfile = (page: Page) => page.getByRole('heading', { name: 'My profile' }).waitFor()
const showsLogin = (page: Page) => page.getByRole('heading', { name: 'Login' }).waitFor()
/** What the tab's own request for its account comes to: the address, or the message of what was refused. */
const askForOwn = (page: Page): Promise<string> =>
  page.evaluate('accountService.getById(user.id).then(({ email }) => email, told => told)')

test('it starts without a session calmly: one refusal, and no cookie is set', async t => {
  const visitor = await stage.visit(t)
  await start(visitor)
  await visitor.page.reload()
  await showsLogin(visitor.page)
  assert.equal(visitor.count(REFRESH), 2)
  assert.deepEqual(await visitor.context.cookies(), [])
})

test('it goes on after a reload by its cookie alone, with the same id', async t => {
  const visitor = await stage.visit(t)
  await enter(stage, visitor, 'reload@example.com')
  const id = await visitor.page.evaluate('user.id')
  for (let i = 0; i < 3; i++) {
    await visitor.page.reload()
    await showsProfile(visitor.page)
    assert.equal(await visitor.page.evaluate(`user.id === ${JSON.stringify(id)}`), true)
  }
  assert.equal(await askForOwn(visitor.page), 'reload@example.com')
})

test('it refreshes a minute before its token expires, again and again, and is never refused', async t => {
  const visitor = await stage.visit(t)
  const { page } = visitor
  await page.clock.install({ time: stage.now() })
  await enter(stage, visitor, 'timer@example.com')
  const begun = visitor.count(REFRESH)
  for (let hour = 0; hour < 4; hour++) {
    stage.advance(13 * MINUTE)
    await page.clock.runFor(13 * MINUTE)
    assert.equal(visitor.count(REFRESH), begun + hour, 'not before its time')
    const token = await page.evaluate('user.jwtToken')
    stage.advance(MINUTE)
    await page.clock.runFor(MINUTE)
    await eventually(async () => (await page.evaluate('user.jwtToken')) !== token)
    assert.equal(visitor.count(REFRESH), begun + hour + 1)
    assert.equal(await askForOwn(page), 'timer@example.com')
  }
})

test('a token that expired while the machine slept signs it out, with one refusal and one log-out', async t => {
  const visitor = await stage.visit(t)
  visitor.expect(/^401 GET /)
  await enter(stage, visitor, 'slept@example.com')
  stage.advance(16 * MINUTE)
  await askForOwn(visitor.page)
  await showsLogin(visitor.page)
  assert.equal(visitor.count(REVOKE), 1)
  await eventually(async () => (await visitor.context.cookies()).length === 0, 'the cookie is cleared')
})

test('five tabs that start at once, and refresh at once, all stay signed in', async t => {
  const visitor = await stage.visit(t)
  await visitor.context.clock.install({ time: stage.now() })
  await enter(stage, visitor, 'tabs@example.com')
  const tabs = [visitor.page, ...(await Promise.all([1, 2, 3, 4].map(() => visitor.context.newPage())))]
  await Promise.all(tabs.map(tab => tab.goto('/profile')))
  await Promise.all(tabs.map(showsProfile))
  for (let round = 0; round < 3; round++) {
    const begun = visitor.count(REFRESH)
    stage.advance(14.5 * MINUTE) // the clock of a tab begins when the tab does, a little late
    await visitor.context.clock.runFor(14.5 * MINUTE)
    await eventually(() => visitor.count(REFRESH) === begun + tabs.length)
    for (const tab of tabs) assert.equal(await askForOwn(tab), 'tabs@example.com')
  }
  assert.equal(visitor.count(REVOKE), 0)
  await Promise.all(tabs.map(tab => tab.reload()))
  await Promise.all(tabs.map(showsProfile))
})

test('logging out in one tab signs the others out at their next request, and who signs in then stays signed in', async t => {
  const visitor = await stage.visit(t)
  visitor.expect(/^401 GET /)
  const email = 'leaving@example.com'
  await enter(stage, visitor, email)
  const { page } = visitor
  const [other, late] = [await visitor.context.newPage(), await visitor.context.newPage()]
  for (const tab of [other, late]) {
    await tab.goto('/profile')
    await showsProfile(tab)
  }
  await page.getByRole('button', { name: 'Logout' }).click()
  await showsLogin(page)
  await askForOwn(other)
  await showsLogin(other)
  await eventually(() => visitor.count(REVOKE) === 2)
  await signIn(visitor, email)
  await askForOwn(late) // the last of the old tabs, with the old bearer and the new cookie
  await showsLogin(late)
  await eventually(() => visitor.count(REVOKE) === 3)
  assert.equal(await askForOwn(page), email)
  await page.reload()
  await showsProfile(page)
})

test('logging out while a refresh is under way ends the session: the answer that comes late brings none back', async t => {
  const visitor = await stage.visit(t)
  const { page } = visitor
  await enter(stage, visitor, 'middle@example.com')
  visitor.expect('page error: The session has ended')
  const begun = stage.faults.requests.length
  refreshesAre({ answerAfter: 600 })
  const late = page.evaluate('accountService.refreshToken().then(() => {})')
  await eventually(() =>
    stage.faults.requests.slice(begun).some(({ what, status }) => what === REFRESH && status === 200)
  )
  await page.getByRole('button', { name: 'Logout' }).click()
  await late
  await stage.faults.heal()
  await page.reload()
  await showsLogin(page)
})

test('an answer that is lost after the server exchanged the token costs nothing: the next start goes on', async t => {
  const visitor = await stage.visit(t)
  const { page } = visitor
  await enter(stage, visitor, 'lost@example.com')
  visitor.expect(`failed ${REFRESH}`)
  visitor.expect('page error: TypeError: Failed to fetch')
  refreshesAre('cut-after')
  await page.reload()
  await showsLogin(page)
  await stage.faults.heal()
  await page.goto('/profile')
  await showsProfile(page)
})

test('a suspended member is thrown out by the next click, and may not come back', async t => {
  const visitor = await stage.visit(t)
  const { page } = visitor
  const email = 'suspended@example.com'
  await enter(stage, visitor, email)
  const admin = await createAdmin(stage)
  const id = await page.evaluate('user.id')
  assert.equal((await admin.put(`/${id}/suspension`, { reason: 'Spam' })).status, 200)
  visitor.expect(/^401 GET /)
  visitor.expect('401 POST /accounts/authenticate')
  await askForOwn(page)
  await showsLogin(page)
  await eventually(async () => (await visitor.context.cookies()).length === 0, 'the cookie is cleared')
  await fillIn(page, { Email: email, Password: PASSWORD }, 'Login')
  await message(visitor, /./)
  await showsLogin(page)
})
