import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { suite, test } from 'node:test'
import { DAY, HOUR, MINUTE } from '../../../src/clock.ts'
import { DEVICE, LIMITS, type Limit, SESSION } from '../../../src/limits/policy.ts'

const text = readFileSync(join(import.meta.dirname, '../../../docs/limits.md'), 'utf8')
const windows = new Map([
  [MINUTE, 'a minute'],
  [15 * MINUTE, '15 minutes'],
  [HOUR, 'an hour'],
  [DAY, 'a day']
])

// ASVS V6.1.1
suite('docs/limits.md', () => {
  for (const [name, limit] of Object.entries<Limit>({ ...LIMITS, ...DEVICE, ...SESSION })) {
    // ASVS V2.1.3, V8.1.3, V8.1.4
    test(`says of ${name} what the policy says`, () => {
      const marks = [
        limit.failuresOnly && 'failures only',
        limit.onlyWith && `with \`${limit.onlyWith}\``,
        limit.spares && `spares ${limit.spares}`,
        limit.ofMail && 'of mail'
      ].filter(Boolean)
      const row = `| ${name} | ${limit.by} | ${limit.most} in ${windows.get(limit.window)} | ${marks.join(', ')} | ${limit.why} |`
      assert(text.includes(`\n${row}\n`), `the row is to be:\n${row}`)
    })
  }

  test('names no limit that is not there', () => {
    const rows = [...text.matchAll(/^\| ([a-z-]+) \| [^|]+ \| \d+ in /gm)].map(([, name]) => name)
    assert.deepEqual(rows, Object.keys({ ...LIMITS, ...DEVICE, ...SESSION }))
  })
})

// NIST SP 800-63B-4 §3.2.2
test('two neighbouring days let an account be tried no more than 100 times by strangers', () => {
  assert(2 * LIMITS['account-day'].most <= 100)
})
