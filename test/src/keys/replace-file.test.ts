import assert from 'node:assert/strict'
import {
  chmodSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, beforeEach, test } from 'node:test'
import { replaceFile } from '../../../src/keys/replace-file.ts'

const folder = mkdtempSync(join(tmpdir(), 'guildhall-replace-'))
const file = join(folder, 'keys.pem')
after(() => rmSync(folder, { recursive: true }))
beforeEach(() => {
  for (const name of readdirSync(folder)) rmSync(join(folder, name))
  writeFileSync(file, 'old', { mode: 0o600 })
})
const modeOf = (path: string) => (statSync(path).mode & 0o777).toString(8)
const content = () => readFileSync(file, 'utf8')

test('the content is replaced, the file is the owner’s alone, and nothing is left beside it', async () => {
  assert.equal(await replaceFile(file, text => `${text} and new`), file)
  assert.equal(content(), 'old and new')
  assert.equal(modeOf(file), '600')
  assert.deepEqual(readdirSync(folder), ['keys.pem'])
})

test('a group that could read it still can, and others never can', async () => {
  for (const [before, expected] of [
    [0o640, '640'],
    [0o644, '640'],
    [0o666, '640'],
    [0o604, '600'],
    [0o400, '600']
  ] as const) {
    chmodSync(file, before)
    await replaceFile(file, () => 'new')
    assert.equal(modeOf(file), expected)
  }
})

test('a file that is not there yet is made, for the owner alone', async () => {
  rmSync(file)
  await replaceFile(file, text => String(text))
  assert.equal(content(), 'undefined')
  assert.equal(modeOf(file), '600')
})

test('a link goes on leading to the file, which is replaced', async () => {
  const link = join(folder, 'link.pem')
  symlinkSync(file, link)
  assert.equal(await replaceFile(link, () => 'new'), file)
  assert.equal(content(), 'new')
  assert(readFileSync(link, 'utf8') === 'new' && readdirSync(folder).length === 2)
})

test('what fails on the way changes nothing, and stands in nobody’s way', async () => {
  const fail = () => {
    throw new Error('not now')
  }
  await assert.rejects(replaceFile(file, fail), /not now/)
  assert.deepEqual([content(), readdirSync(folder)], ['old', ['keys.pem']])
  await replaceFile(file, () => 'new')
  assert.equal(content(), 'new')
})

test('of fifty changes at once none is lost: whoever is refused is told, and has changed nothing', async () => {
  const outcomes = await Promise.allSettled(
    Array.from({ length: 50 }, (_, index) => replaceFile(file, text => `${text} ${index}`))
  )
  const done = outcomes.flatMap(({ status }, index) => (status === 'fulfilled' ? [String(index)] : []))
  assert(done.length > 0)
  assert.deepEqual(content().split(' ').slice(1).toSorted(), done.toSorted())
  for (const outcome of outcomes)
    if (outcome.status === 'rejected') assert.match(String(outcome.reason), /keys\.pem\.new is there: another rotation/)
  assert.deepEqual(readdirSync(folder), ['keys.pem'])
})

test('what a killed rotation left is never read, and is not removed unasked', async () => {
  writeFileSync(`${file}.new`, 'half a k')
  await assert.rejects(
    replaceFile(file, () => 'new'),
    /or was killed. If none is, remove it/
  )
  assert.deepEqual([content(), readFileSync(`${file}.new`, 'utf8')], ['old', 'half a k'])
})
