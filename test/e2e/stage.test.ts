import assert from 'node:assert/strict'
import { existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { suite, test } from 'node:test'
import { assertAccessible } from './support/axe.ts'
import { takePictures } from './support/pictures.ts'
import { createStage } from './support/stage.ts'
import type { Visitor } from './support/visitor.ts'

const LATER = 150 // ms for what a misdeed does by and by

// The tests in a browser are worth what their stage sees: each misdeed of stage/stage.js must be seen.
const stage = await createStage('two-origins', { folder: join(import.meta.dirname, 'stage') })

/** What a test that did this would fail with; undefined if it would pass. */
async function verdictOn(act: (visitor: Visitor) => Promise<unknown>): Promise<string | undefined> {
  const endings: (() => Promise<void>)[] = []
  const visitor = await stage.visit({
    name: 'a test in a test',
    after: ending => void endings.push(ending),
    diagnostic: () => {}
  })
  await visitor.page.goto('/')
  await act(visitor)
  try {
    for (const ending of endings) await ending()
    return undefined
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

const misbehave =
  (name: string) =>
  async ({ page }: Visitor) => {
    await page.evaluate(`misdeeds.${name}()`)
    await page.waitForTimeout(LATER)
  }

suite('a test in the browser', () => {
  test('passes when the page does nothing wrong', async () => {
    assert.equal(await verdictOn(async () => {}), undefined)
  })

  for (const [misdeed, complaint] of Object.entries({
    warn: /console warning: a warning/,
    error: /console error: an error/,
    throw: /page error: Error: nobody catches it/,
    reject: /page error: Error: nobody awaits it/,
    refused: /'401 POST \/accounts\/refresh-token'/,
    missing: /'404 GET \/missing.json'/,
    unreachable: /console error: .*Content Security Policy/,
    inlineScript: /console error: .*inline script.*Content Security Policy/,
    inlineStyle: /console error: .*inline style.*Content Security Policy/,
    foreignImage: /console error: .*image.*Content Security Policy/,
    evaluate: /page error: EvalError: .*Content Security Policy/
  })) {
    test(`fails when the page commits ${misdeed}`, async () => {
      assert.match((await verdictOn(misbehave(misdeed))) ?? 'nothing', complaint)
    })
  }

  test('passes when what went wrong was expected, and fails when that did not go wrong', async () => {
    const refused = async (visitor: Visitor) => {
      visitor.expect('401 POST /accounts/refresh-token')
      await misbehave('refused')(visitor)
    }
    assert.equal(await verdictOn(refused), undefined)
    assert.match(
      (await verdictOn(async visitor => visitor.expect('401 POST'))) ?? '',
      /expectedAndMissing.*'401 POST'/s
    )
  })

  test('fails when a page is not accessible, and says what and where', async () => {
    await verdictOn(async visitor => {
      await assertAccessible(visitor.page)
      await misbehave('noLabel')(visitor)
      await assert.rejects(assertAccessible(visitor.page), /is not accessible:\nlabel \(critical\).*\n {2}input\n/)
    })
  })

  test('takes pictures of the whole page in widths and colour schemes', async t => {
    const { page } = await stage.visit(t)
    await page.goto('/')
    const folder = join(import.meta.dirname, 'screenshots')
    const names = ['stage-360-dark.png', 'stage-360-light.png', 'stage-1280-dark.png', 'stage-1280-light.png']
    for (const name of names) rmSync(join(folder, name), { force: true })
    await takePictures(page, 'stage')
    assert.deepEqual(
      names.filter(name => existsSync(join(folder, name))),
      names
    )
  })
})
