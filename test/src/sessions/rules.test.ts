import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { judge, type Line, MAX_REISSUES, type Presented, provesUse } from '../../../src/sessions/rules.ts'

// The rules one by one; what they come to together is in model.test.ts.

const GRACE = 10_000 // ms
const NOW = new Date('2030-01-01T00:00:00.000Z')
const PARENT = Buffer.alloc(16, 1)
const CURRENT = Buffer.alloc(16, 2)
const BEATEN = Buffer.alloc(16, 3)

const ago = (ms: number) => new Date(NOW.getTime() - ms)
const line = (change: Partial<Line> = {}): Line => ({
  generation: 5,
  parent: PARENT,
  used: false,
  reissues: 0,
  movedAt: ago(GRACE),
  idleExpiresAt: ago(-1),
  expiresAt: ago(-1),
  revoked: false,
  ...change
})
const token = (generation: number, age = GRACE, tag = CURRENT): Presented => ({ generation, tag, issuedAt: ago(age) })
const exchanged = (age = GRACE) => token(4, age, PARENT)
const verdict = (row: Line, presented: Presented, grace = GRACE) => judge(row, presented, NOW, grace)

describe('rule 1: what ends without touching anything', () => {
  test('a revoked session stays revoked, whatever is presented', () => {
    for (const presented of [token(5), exchanged(), token(3), token(6)]) {
      assert.deepEqual(verdict(line({ revoked: true, expiresAt: NOW }), presented), { kind: 'revoked' })
    }
  })
  test('a session expires at the very millisecond, idle or absolute, and then nothing is theft', () => {
    for (const row of [line({ idleExpiresAt: NOW }), line({ expiresAt: NOW })]) {
      assert.deepEqual(verdict(row, token(5)), { kind: 'expired' })
      assert.deepEqual(verdict(row, token(3)), { kind: 'expired' })
    }
  })
  test('a token ahead of the row gives no alarm', () => {
    assert.deepEqual(verdict(line(), token(6)), { kind: 'ahead' })
    assert.deepEqual(verdict(line(), token(6, 0, PARENT), 0), { kind: 'ahead' })
  })
})

describe('rules 2 and 3: the current generation', () => {
  test('a token younger than GRACE settles', () => {
    assert.deepEqual(verdict(line(), token(5, 0)), { kind: 'settle' })
    assert.deepEqual(verdict(line(), token(5, GRACE - 1)), { kind: 'settle' })
    assert.deepEqual(verdict(line({ generation: 1 }), token(1, 0)), { kind: 'settle' })
  })
  test('a token that a faster clock issued settles', () =>
    assert.deepEqual(verdict(line(), token(5, -50)), { kind: 'settle' }))
  test('a token as old as GRACE moves the line, used or not', () => {
    assert.deepEqual(verdict(line(), token(5, GRACE)), { kind: 'move' })
    assert.deepEqual(verdict(line({ used: true, reissues: MAX_REISSUES }), token(5, GRACE)), { kind: 'move' })
  })
  test('the token of the login moves the line at once', () => {
    assert.deepEqual(verdict(line({ generation: 0, parent: null }), token(0, 0)), { kind: 'move' })
  })
})

describe('rules 4 and 5: an earlier generation', () => {
  test('the parent gets a sibling, days later too, and is a re-issue from GRACE after the move on', () => {
    assert.deepEqual(verdict(line({ movedAt: ago(GRACE - 1) }), exchanged()), { kind: 'sibling', reissue: false })
    assert.deepEqual(verdict(line({ movedAt: ago(GRACE) }), exchanged()), { kind: 'sibling', reissue: true })
    assert.deepEqual(verdict(line({ movedAt: ago(1e9) }), exchanged(2e9)), { kind: 'sibling', reissue: true })
  })
  test('the twenty-first re-issue of one generation is taken for theft, but not within GRACE of the move', () => {
    assert.equal(MAX_REISSUES, 20)
    assert.deepEqual(verdict(line({ reissues: 19 }), exchanged()), { kind: 'sibling', reissue: true })
    assert.deepEqual(verdict(line({ reissues: 20 }), exchanged()), { kind: 'theft' })
    assert.deepEqual(verdict(line({ reissues: 20, movedAt: NOW }), exchanged()), { kind: 'sibling', reissue: false })
  })
  test('the parent is dead once the current generation was seen in use', () => {
    assert.deepEqual(verdict(line({ used: true }), exchanged()), { kind: 'theft' })
    assert.deepEqual(verdict(line({ used: true, movedAt: NOW }), exchanged()), { kind: 'theft' })
  })
  test('a beaten sibling is theft, within GRACE too', () => {
    assert.deepEqual(verdict(line({ movedAt: NOW }), token(4, 0, BEATEN)), { kind: 'theft' })
    assert.deepEqual(verdict(line(), token(4, 0, PARENT.subarray(0, 15))), { kind: 'theft' })
    assert.deepEqual(verdict(line({ generation: 1, parent: null }), token(0)), { kind: 'theft' })
  })
  test('two generations behind is theft, with the parent’s tag too', () => {
    assert.deepEqual(verdict(line({ movedAt: NOW }), token(3, 0, PARENT)), { kind: 'theft' })
    assert.deepEqual(verdict(line(), token(0)), { kind: 'theft' })
  })
})

describe('rule 6: what proves use', () => {
  const used = (generation: number, age: number, row = line()) =>
    provesUse(row, { generation, issuedAt: ago(age) }, NOW, GRACE)
  test('an access token of the current generation does, once it is older than GRACE and its rounding', () => {
    assert.equal(used(5, GRACE + 999), false)
    assert.equal(used(5, GRACE + 1000), true)
  })
  test('one of another generation does not, at any age', () =>
    assert.deepEqual([used(4, 1e9), used(6, 1e9)], [false, false]))
  test('nothing is to be marked twice', () => assert.equal(used(5, 1e9, line({ used: true })), false))
})

describe('strict rotation (GRACE 0)', () => {
  test('use is not looked for, for nothing is forgiven that it would end', () =>
    assert.equal(provesUse(line(), { generation: 5, issuedAt: ago(1e9) }, NOW, 0), false))
  test('every refresh moves, however young the token', () => {
    assert.deepEqual(verdict(line(), token(5, 0), 0), { kind: 'move' })
  })
  test('every replay is theft, the parent’s too, at once and later', () => {
    for (const movedAt of [NOW, ago(1), ago(1e9)]) {
      for (const presented of [exchanged(0), exchanged(1e9), token(4, 0, BEATEN), token(3)]) {
        assert.deepEqual(verdict(line({ movedAt }), presented, 0), { kind: 'theft' })
      }
    }
  })
})
