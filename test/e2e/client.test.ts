import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { after, suite, test } from 'node:test'
import type { Page } from 'playwright-core'
import { build } from 'vite'
import { createMember, PASSWORD } from '../support/client.ts'
import { eventually } from '../support/eventually.ts'
import { createStage } from './support/stage.ts'
import type { Test, Visitor } from './support/visitor.ts'

// guildhall/client in a real browser, on another origin than the API: client/page.ts is all there is of a page.

const TABS = 10
const MINUTE = 60_000 // ms
const LIFE = 15 * MINUTE // ACCESS_TOKEN_TTL
const REFRESH = 'POST /accounts/refresh-token'
const READS = 5 // of each tab, at once

const folder = mkdtempSync(join(import.meta.dirname, '../../.cache/e2e-client-'))
after(() => rmSync(folder, { recursive: true, force: true }))
process.env.VITE_API_URL = process.env.E2E_API
await build({
  root: join(import.meta.dirname, 'client'),
  configFile: false,
  build: { outDir: folder, emptyOutDir: true },
  logLevel: 'warn'
})
const stage = await createStage('two-origins', { folder })
const { email } = await createMember(stage)

/** A visitor with tabs that know of a session: signed in in the first one, found by the others. */
async function open(t: Test, { tabs = TABS, clock = false } = {}): Promise<Visitor & { tabs: Page[] }> {
  const visitor = await stage.visit(t)
  if (clock) await visitor.context.clock.install()
  visitor.expect(`401 ${REFRESH}`)
  const others = await Promise.all(Array.from({ length: tabs - 1 }, () => visitor.context.newPage()))
  const pages = [visitor.page, ...others]
  await Promise.all(pages.map(page => page.goto('/')))
  assert.equal(await visitor.page.evaluate(() => tab.restore()), 'signedOut')
  assert.equal(await signIn(visitor.page), 'done')
  await allOf(pages, 'signedIn')
  stage.faults.requests.length = 0
  return { ...visitor, tabs: pages }
}

const signIn = (page: Page) =>
  page.evaluate(([address, password]) => tab.signIn(address, password), [email, PASSWORD] as const)

/** Each of the tabs, at once, with several requests: what came of them, without repetitions. */
async function read(...pages: Page[]): Promise<string[]> {
  const outcomes = await Promise.all(pages.map(page => page.evaluate(times => tab.read(times), READS)))
  return [...new Set(outcomes.flat())]
}

const allOf = (pages: Page[], status: string) =>
  Promise.all(pages.map(page => page.waitForFunction(wanted => tab.client.session.status === wanted, status)))

/** Every ending that the tabs were told of. */
async function endings(pages: Page[]): Promise<string[]> {
  const events = await Promise.all(pages.map(page => page.evaluate(() => tab.events)))
  return events.flat().filter(line => !line.startsWith('signedIn'))
}

/** Time passes at the server and on the device: a refresh waits until it has in every tab, which have one clock. */
async function pass(pages: Page[], ms: number): Promise<void> {
  stage.faults.fate = what => (what === REFRESH ? 'hang' : 'forward')
  stage.advance(ms)
  await Promise.all(pages.map(page => page.clock.fastForward(ms)))
  await stage.faults.heal()
}

suite('ten tabs', () => {
  test('that wake at once refresh once, time and again, and nobody is signed out', async t => {
    const { tabs } = await open(t, { clock: true })
    for (let round = 1; round <= 5; round++) {
      await pass(tabs, LIFE + MINUTE)
      assert.deepEqual(await read(...tabs), ['done'])
      assert.equal(stage.faults.count(REFRESH), round)
    }
    assert.equal(stage.faults.requests.filter(({ status }) => status === 401).length, 0)
    assert.deepEqual(await endings(tabs), [])
  })

  test('that slept with stopped clocks are refused, refresh once, and nobody is signed out', async t => {
    const { tabs, expect } = await open(t)
    expect('401 GET /accounts/')
    stage.advance(LIFE + MINUTE)
    assert.deepEqual(await read(...tabs), ['done'])
    assert.equal(stage.faults.count(REFRESH), 1)
    assert.deepEqual(await endings(tabs), [])
  })

  test('that a browser opens again find their session by one refresh', async t => {
    const { tabs } = await open(t)
    await Promise.all(tabs.map(page => page.reload()))
    const found = await Promise.all(tabs.map(page => page.evaluate(() => tab.restore())))
    assert.deepEqual([...new Set(found)], ['signedIn'])
    assert.equal(stage.faults.count(REFRESH), 1)
  })

  test('hear at once that one of them signed out, and who signed in next', async t => {
    const { tabs } = await open(t)
    assert.equal(await tabs[3]?.evaluate(() => tab.signOut()), 'done')
    await allOf(tabs, 'signedOut')
    assert.deepEqual(await endings(tabs), Array(TABS).fill('signedOut'))
    if (tabs[5]) await signIn(tabs[5])
    await allOf(tabs, 'signedIn')
    assert.deepEqual(await read(...tabs), ['done'])
    assert.equal(stage.faults.count(REFRESH), 0)
  })

  test('learn together that their session was ended, and why', async t => {
    const { tabs, expect } = await open(t)
    expect('401 GET /accounts/')
    stage.advance(8 * 24 * 60 * MINUTE)
    assert.deepEqual(await read(...tabs), ['ApiError'])
    assert.deepEqual(await endings(tabs), Array(TABS).fill('sessionEnded session_expired'))
    assert.equal(stage.faults.count(REFRESH), 2, 'with a second look')
  })

  test('go on when the one that was refreshing is closed', async t => {
    const { tabs } = await open(t, { clock: true })
    await pass(tabs, LIFE + MINUTE)
    const [first, ...others] = tabs
    assert(first)
    stage.faults.fate = what => (what === REFRESH && stage.faults.count(REFRESH) === 1 ? 'hang' : 'forward')
    void read(first).catch(() => {})
    await expectCount(REFRESH, 1)
    const reading = read(...others)
    await first.close()
    assert.deepEqual(await reading, ['done'])
    assert.equal(stage.faults.count(REFRESH), 2)
    assert.deepEqual(await endings(others), [])
  })
})

async function expectCount(what: string, count: number): Promise<void> {
  await eventually(() => stage.faults.count(what) === count, `${count} of ${what}`)
}

suite('a tab', () => {
  for (const fate of ['cut-before', 'cut-after', 'cut-in-answer'] as const) {
    test(`whose refresh is ${fate} sends it again, and nobody is signed out`, async t => {
      const { tabs, expect } = await open(t, { tabs: 2, clock: true })
      expect(`failed ${REFRESH}`)
      for (let round = 1; round <= 3; round++) {
        await pass(tabs, LIFE + MINUTE)
        let cuts = fate === 'cut-in-answer' ? 1 : 2 // without an answer Chromium sends it again by itself
        stage.faults.fate = what => (what === REFRESH && cuts-- > 0 ? fate : 'forward')
        assert.deepEqual(await read(...tabs), ['done'])
      }
      assert.deepEqual(await endings(tabs), [])
    })
  }

  test('without a network is not signed out: it says so, and goes on when there is one', async t => {
    const { context, tabs, page, expect } = await open(t, { clock: true })
    expect('net::ERR_INTERNET_DISCONNECTED')
    await pass(tabs, LIFE + MINUTE)
    await context.setOffline(true)
    const reading = read(...tabs)
    await page.clock.fastForward(1000)
    await Promise.all(tabs.map(one => one.clock.fastForward(1000)))
    assert.deepEqual(await reading, ['NetworkError'])
    assert.equal(await page.evaluate(() => tab.signOut()), 'NetworkError')
    await context.setOffline(false)
    assert.deepEqual(await read(...tabs), ['done'])
    assert.equal(stage.faults.count(REFRESH), 1)
    assert.deepEqual(await endings(tabs), [])
  })

  for (const year of [1999, 2060]) {
    test(`on a device that believes it is ${year} signs in, stays, and is not asked for more`, async t => {
      const visitor = await stage.visit(t)
      await visitor.context.clock.install({ time: new Date(`${year}-01-01`) })
      await visitor.page.goto('/')
      assert.equal(await signIn(visitor.page), 'done')
      stage.faults.requests.length = 0
      for (let minutes = 0; minutes < 40; minutes += 5) {
        assert.deepEqual(await read(visitor.page), ['done'])
        await pass([visitor.page], 5 * MINUTE)
      }
      assert(stage.faults.count(REFRESH) <= 3, `${stage.faults.count(REFRESH)} refreshes in 40 minutes`)
      assert.deepEqual(await endings([visitor.page]), [])
    })
  }

  test('whose clock is set to years ago and back while it is open is not signed out', async t => {
    const { tabs, page, expect } = await open(t, { tabs: 1, clock: true })
    expect('401 GET /accounts/')
    for (const time of ['1999-01-01', '2060-01-01', '2026-01-01']) {
      await page.clock.setSystemTime(new Date(time))
      assert.deepEqual(await read(page), ['done'])
      stage.advance(LIFE + MINUTE)
      assert.deepEqual(await read(page), ['done'])
    }
    assert(stage.faults.count(REFRESH) <= 6)
    assert.deepEqual(await endings(tabs), [])
  })
})
