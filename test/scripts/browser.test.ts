import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, afterEach, suite, test } from 'node:test'
import { openBrowser } from '../../scripts/browser.ts'

const scratch = mkdtempSync(join(tmpdir(), 'guildhall-browser-'))
const { CHROMIUM = '' } = process.env

afterEach(() => {
  process.env.CHROMIUM = CHROMIUM
})
after(() => rmSync(scratch, { recursive: true, force: true }))

/** What is said where only this may be the browser. */
async function complaint(program: string): Promise<string> {
  process.env.CHROMIUM = program
  const lines: string[] = []
  try {
    await (await openBrowser(scratch, line => lines.push(line))).close()
    return 'it was opened'
  } catch (error) {
    assert.deepEqual(lines, [], 'nothing was fetched')
    return error instanceof Error ? error.message : String(error)
  }
}

// That one is found or fetched, and serves, every run of npm run test:e2e shows.
suite('a browser that CHROMIUM names and that', () => {
  test('is not there is not replaced: one message says so, and the one command that brings one', async () => {
    const [reason, command, ...rest] = (await complaint(join(scratch, 'none'))).split('\n')
    assert.match(reason ?? '', /^No browser: \S+\/none does not start \(.*doesn't exist/)
    assert.match(command ?? '', /^Install one and run again: {2}(sudo apt-get update && |npx playwright-core )\S/)
    assert.deepEqual(rest, [])
  })

  test('does not start is quoted with its own last words', async () => {
    const broken = join(scratch, 'broken')
    writeFileSync(
      broken,
      '#!/bin/sh\necho first >&2\necho libnss3.so: cannot open shared object file >&2\nexit 127\n',
      {
        mode: 0o755
      }
    )
    assert.match(await complaint(broken), /broken does not start \(libnss3\.so: cannot open shared object file\)/)
  })
})
