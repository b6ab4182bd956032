import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readOptions } from '../../verify/options.ts'
import { PROOFS } from '../../verify/proofs/index.ts'

test('without options every proof runs in full, with a seed that is printed and can be given again', () => {
  const { quick, seed, proofs } = readOptions([], PROOFS)
  assert.deepEqual([quick, proofs], [false, [...PROOFS]])
  assert.equal(readOptions(['--seed', String(seed)], PROOFS).seed, seed)
})

test('proofs are named one by one or with commas, and run in the order they are named', () => {
  const names = (...args: string[]) => readOptions(args, PROOFS).proofs.map(({ name }) => name)
  assert.deepEqual(names('--only', 'clocks,canaries'), ['clocks', 'canaries'])
  assert.deepEqual(names('--only', 'clocks', '--only', 'canaries'), ['clocks', 'canaries'])
})

test('what is not understood is refused in words', () => {
  assert.throws(() => readOptions(['--only', 'nothing'], PROOFS), /no proof "nothing"; there are: refresh-races/)
  for (const seed of ['x', '-1', '1.5', String(2 ** 31)])
    assert.throws(() => readOptions([`--seed=${seed}`], PROOFS), /--seed/)
  assert.throws(() => readOptions(['--fast'], PROOFS), /--fast/)
})

test('proofs have names of their own, and say what they promise', () => {
  assert.equal(new Set(PROOFS.map(({ name }) => name)).size, PROOFS.length)
  for (const { promise } of PROOFS) assert.match(promise, /^[A-Z0-9].*\.$/)
})
