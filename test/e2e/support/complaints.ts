import assert from 'node:assert/strict'
import type { BrowserContext } from 'playwright-core'
import { lineOf, type Site } from './lines.ts'

export interface Complaints {
  /**
   * What this test is about to provoke. It must happen, as often as it likes; a text stands anywhere in a complaint.
   *
   * @returns how to end that: what comes later is not expected any more
   */
  expect(words: string | RegExp): () => void
  /** All there were, expected or not. */
  lines(): string[]
  /** Throws if there was a complaint that nobody expected, or none that somebody did. */
  verdict(): void
}

interface Complaint {
  line: string
  /** Of the request it is about. */
  url: string
}

interface Expectation {
  words: string | RegExp
  /** How many of the complaints may be meant: all there will be, until it is ended. */
  until: number
}

/**
 * Collects what a member would not see and a developer would find in the console, of all tabs of a context:
 *
 * - `401 POST /accounts/refresh-token`: an answer of 400 and more
 * - `failed GET /assets/index.js: net::ERR_CONNECTION_REFUSED`: no answer
 * - `console error: …` and `console warning: …`, violations of the content security policy among them
 * - `page error: …`: an exception that nobody caught
 */
export function collectComplaints(context: BrowserContext, site: Site): Complaints {
  const complaints: Complaint[] = []
  const add = (line: string, url = '') => void complaints.push({ line, url })
  const expected: Expectation[] = []

  context.on('console', message => {
    const type = message.type()
    if (type === 'error' || type === 'warning') add(`console ${type}: ${message.text()}`, message.location().url)
  })
  context.on('weberror', error => add(`page error: ${error.error().stack || error.error().message}`))
  context.on('requestfailed', request => {
    const reason = request.failure()?.errorText
    // The page's own doing: it was left, or aborted the request.
    if (reason !== 'net::ERR_ABORTED') add(`failed ${lineOf(request, site)}: ${reason}`, request.url())
  })
  context.on('response', response => {
    if (response.status() >= 400) add(`${response.status()} ${lineOf(response.request(), site)}`, response.url())
  })

  const heard = () => complaints.filter(one => !isRepeated(one, complaints))
  const isMeant = (complaint: Complaint, { words, until }: Expectation) =>
    complaints.indexOf(complaint) < until && fits(complaint.line, words)
  return {
    expect(words) {
      const one = { words, until: Number.POSITIVE_INFINITY }
      expected.push(one)
      return () => {
        one.until = complaints.length
      }
    },
    lines: () => heard().map(({ line }) => line),
    verdict() {
      const unexpected = heard().filter(complaint => !expected.some(one => isMeant(complaint, one)))
      const missing = expected.filter(one => !heard().some(complaint => isMeant(complaint, one)))
      assert.deepEqual(
        { complaints: unexpected.map(({ line }) => line), expectedAndMissing: missing.map(({ words }) => words) },
        { complaints: [], expectedAndMissing: [] },
        'the browser had something to complain of'
      )
    }
  }
}

/** The console says of a failed request, too, that it failed. */
function isRepeated({ line, url }: Complaint, all: Complaint[]): boolean {
  return (
    line.startsWith('console error: Failed to load resource:') &&
    all.some(other => other.url === url && !other.line.startsWith('console '))
  )
}

function fits(line: string, expected: string | RegExp): boolean {
  return typeof expected === 'string' ? line.includes(expected) : expected.test(line)
}
