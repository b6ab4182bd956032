import assert from 'node:assert/strict'
import { test } from 'node:test'
import { findFaults, readRequirement } from '../../scripts/asvs/requirement.ts'

const row = (more: Record<string, string> = {}) =>
  readRequirement({ id: 'V6.2.4', level: '1', applies: 'yes', topic: 'Top-3000 list check', ...more })
const HERE = 'test/scripts/asvs.test.ts'

test('a requirement that its test names, and that names its test, has no fault', () => {
  assert.deepEqual(findFaults([row({ shown_by: HERE })], new Map([['V6.2.4', [HERE]]])), [])
})

for (const [what, rows, marks, fault] of [
  [
    'a test that does not exist',
    [row({ shown_by: 'test/gone.test.ts' })],
    [['V6.2.4', ['test/gone.test.ts']]],
    /does not exist/
  ],
  ['a test that has no such mark', [row({ shown_by: HERE })], [], /has no such mark/],
  ['a mark that the table does not know of', [row()], [['V6.2.4', [HERE]]], /--write/],
  ['a requirement that the standard does not have', [row()], [['V6.2.99', [HERE]]], /has no V6.2.99/],
  ['an exception that is not argued', [row({ applies: 'exception' })], [], /does not say why/]
] as const)
  test(`${what} is a fault`, () => {
    const faults = findFaults(rows, new Map(marks.map(([id, files]) => [id, [...files]])))
    assert.equal(faults.length, 1)
    assert.match(faults[0] ?? '', fault)
  })

test('a row that cannot be read is named', () => {
  assert.throws(() => row({ applies: 'maybe' }), /V6.2.4 applies/)
  assert.throws(() => row({ id: '6.2.4' }), /6.2.4/)
})
