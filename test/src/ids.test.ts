import assert from 'node:assert/strict'
import { test } from 'node:test'
import { firstIdAt, idFromText, idToText, newId } from '../../src/ids.ts'

const at = (ms: number) => newId(() => new Date(ms))

test('ids sort in the order in which they were made, also within a millisecond', () => {
  const ids = [1000, 1000, 1000, 1001, 1001, 2000, 2 ** 41].flatMap(ms => Array.from({ length: 50 }, () => at(ms)))
  assert.deepEqual(ids.toSorted(Buffer.compare), ids)
  assert.equal(new Set(ids.map(idToText)).size, ids.length)
})

test('an id is a UUID of version 7 that spells its time', () => {
  const id = at(1_700_000_000_123)
  assert.match(idToText(id), /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
  assert.equal(id.readUIntBE(0, 6), 1_700_000_000_123)
  assert.deepEqual(idFromText(idToText(id)), id)
})

test('the first id of a time comes after all earlier ones and before its own', () => {
  const bound = firstIdAt(new Date(2000))
  for (let i = 0; i < 200; i++) {
    assert.equal(Buffer.compare(at(1999), bound), -1)
    assert.equal(Buffer.compare(bound, at(2000)), -1)
  }
  assert.deepEqual(firstIdAt(new Date(-1)), Buffer.alloc(16))
  assert.equal(firstIdAt(new Date('9999-12-31T23:59:59.999Z')).readUIntBE(0, 6), 253402300799999)
})
