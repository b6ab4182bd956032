import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { RunOptions } from 'axe-core'
import type { Page } from 'playwright-core'

declare global {
  var axe: typeof import('axe-core')
}

const SOURCE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const OPTIONS: RunOptions = {
  runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
  resultTypes: ['violations', 'incomplete'],
  preload: false // it would fetch style sheets, which the page's policy may forbid
}

/**
 * Asserts that axe finds nothing against WCAG 2.2 AA, nor against its own best practices, in the page as it is now.
 *
 * @param rules looks by these alone
 */
export async function assertAccessible(page: Page, rules?: string[]): Promise<void> {
  await page.evaluate(SOURCE)
  const options = rules ? { ...OPTIONS, runOnly: rules } : OPTIONS
  const { violations } = await page.evaluate(given => axe.run(document, given), options)
  const lines = violations.flatMap(({ id, impact, help, helpUrl, nodes }) => [
    `${id} (${impact}): ${help}  ${helpUrl}`,
    ...nodes.map(
      ({ target, failureSummary }) => `  ${target.join(' ')}\n    ${failureSummary?.replace(/\n/g, '\n    ')}`
    )
  ])
  assert.equal(lines.length, 0, `${new URL(page.url()).pathname} is not accessible:\n${lines.join('\n')}`)
}
