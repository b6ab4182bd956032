import assert from 'node:assert/strict'
import { test } from 'node:test'
import { after, MINUTE } from '../../../src/clock.ts'
import { type KeptKey, readKeys } from '../../../src/tokens/key-file.ts'
import { JWKS_MAX_AGE, PUBLISHED_FOR, REREAD_EVERY, replace, rotate, TooEarly } from '../../../src/tokens/rotation.ts'
import { generateSigningKey } from '../../../src/tokens/signing-keys.ts'

const TTL = 15 * MINUTE
const OVERLAP = TTL + PUBLISHED_FOR + MINUTE
const start = new Date('2026-11-25T10:00:00.000Z')
const turn = (keys: KeptKey[], now: Date, forced = false) => rotate(keys, { now, accessTokenTtl: TTL, forced })
const statesOf = (keys: KeptKey[]) => keys.map(({ state }) => state)

/** A current key, and a next one that is published since `start`. */
function settled(): KeptKey[] {
  return turn(readKeys(generateSigningKey()), start).keys
}

test('where there is no next key, one is announced, and the current one goes on signing', () => {
  const keys = readKeys(generateSigningKey())
  const { done, keys: announced } = turn(keys, start)
  assert.equal(done, 'announced')
  assert.deepEqual(statesOf(announced), ['current', 'next'])
  assert.equal(announced[0]?.pem, keys[0]?.pem)
  assert.deepEqual(announced[1]?.since, start)
})

// ASVS V11.2.2
test('the next key signs, the one before verifies, and another is published', () => {
  const before = settled()
  const [current, next] = before
  const now = after(start, PUBLISHED_FOR)
  const { done, keys } = turn(before, now)
  assert.equal(done, 'rotated')
  assert.deepEqual(statesOf(keys), ['current', 'next', 'previous'])
  assert.deepEqual([keys[0]?.pem, keys[2]?.pem], [next?.pem, current?.pem])
  assert.deepEqual(
    keys.map(({ since }) => since),
    [now, now, now]
  )
  assert.equal(new Set(keys.map(({ pem }) => pem)).size, 3)
})

test('a key signs only when everybody who keeps the published ones has seen it', () => {
  assert(PUBLISHED_FOR >= JWKS_MAX_AGE + REREAD_EVERY)
  const keys = settled()
  for (const early of [0, 1, PUBLISHED_FOR - 1])
    assert.throws(
      () => turn(keys, after(start, early)),
      (error: Error) =>
        error instanceof TooEarly &&
        error.until.getTime() === start.getTime() + PUBLISHED_FOR &&
        error.message.includes(`in ${Math.ceil((PUBLISHED_FOR - early) / 1000)} s`)
    )
  assert.equal(turn(keys, after(start, PUBLISHED_FOR)).done, 'rotated')
})

test('a previous key leaves when its last token has expired everywhere, and not a moment before', () => {
  const first = after(start, PUBLISHED_FOR)
  const { keys } = turn(settled(), first)
  for (const [ms, left] of [
    [PUBLISHED_FOR, 4],
    [OVERLAP - 1, 4],
    [OVERLAP, 3]
  ] as const)
    assert.equal(turn(keys, after(first, ms)).keys.length, left, String(ms))
})

test('a key that nobody dated stays for as long as any other from its first rotation on', () => {
  const [current, old] = [generateSigningKey(), generateSigningKey()]
  const announced = turn(readKeys(current + old), start)
  assert.deepEqual(statesOf(announced.keys), ['current', 'next', 'previous'])
  const late = turn(announced.keys, after(start, OVERLAP - 1))
  assert.equal(late.keys.at(-1)?.pem, old)
  assert.equal(turn(announced.keys, after(start, OVERLAP)).keys.length, 3)
})

test('forced, a key signs at once: the next one, or a new one where there is none', () => {
  const keys = settled()
  assert.equal(turn(keys, start, true).keys[0]?.pem, keys[1]?.pem)
  const [only] = readKeys(generateSigningKey())
  assert(only)
  const forced = turn([only], start, true)
  assert.deepEqual([forced.done, statesOf(forced.keys)], ['rotated', ['current', 'next', 'previous']])
  assert.equal(forced.keys[2]?.pem, only.pem)
})

test('after a leak nothing old is left', () => {
  const { done, keys } = replace(start)
  assert.deepEqual([done, statesOf(keys)], ['replaced', ['current', 'next']])
  assert.notEqual(keys[0]?.pem, keys[1]?.pem)
  assert.throws(() => turn(keys, after(start, MINUTE)), TooEarly)
})
