import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core'
import { type Complaints, collectComplaints } from './complaints.ts'
import { lineOf, type Site } from './lines.ts'
import { keepPictures } from './pictures.ts'

const PATIENCE = 15_000 // ms for what should appear: long, since other tests compute beside

/** What a visitor needs of the test it belongs to: node:test's context has it. */
export interface Test {
  name: string
  after(work: () => Promise<void>): void
  diagnostic(message: string): void
}

export interface Visitor extends Pick<Complaints, 'expect'> {
  context: BrowserContext
  /** The first tab; `context.newPage()` opens another. */
  page: Page
  /** How often the pages of this visitor asked for this, as `POST /accounts/authenticate`: without preflights. */
  count(what: string): number
}

/**
 * A visitor, whose complaints are the failure of the test when it is over. Of a test that failed before, they are told, too,
 * and its tabs are kept as pictures.
 */
export async function welcome(
  browser: Browser,
  test: Test,
  site: Site,
  device: BrowserContextOptions = {}
): Promise<Visitor> {
  const context = await browser.newContext({ baseURL: site.pages, locale: 'en-GB', timezoneId: 'UTC', ...device })
  context.setDefaultTimeout(PATIENCE)
  const { expect, lines, verdict } = collectComplaints(context, site)
  const requests: string[] = []
  context.on('request', request => requests.push(lineOf(request, site)))
  test.after(async () => {
    // A tab's events come in order: what it complained of before this answer is here after it.
    for (const page of context.pages()) await page.evaluate('0').catch(() => {})
    if (hasFailed(test)) {
      for (const line of lines()) test.diagnostic(`in the browser: ${line}`)
      await keepPictures(context, test.name)
    }
    await context.close()
    verdict()
  })
  const page = await context.newPage()
  return { context, page, expect, count: what => requests.filter(line => line === what).length }
}

/** The context says so from the end of the test's function on; its types do not. */
function hasFailed(test: Test): boolean {
  return 'passed' in test && test.passed === false
}
