import assert from 'node:assert/strict'
import { test } from 'node:test'
import { auc, aucError, median, medianError, quantile } from '../../verify/statistics.ts'
import { createRandom } from '../support/random.ts'

test('the AUC is the share of pairs in which the first sample is the larger one, equal ones counting half', () => {
  assert.equal(auc([2, 3], [0, 1]), 1)
  assert.equal(auc([0, 1], [2, 3]), 0)
  assert.equal(auc([1, 1], [1, 1]), 0.5)
  assert.equal(auc([1, 3], [2, 2]), 0.5)
  assert.equal(auc([2, 3, 4], [1, 3]), 4.5 / 6)
})

test('AUC and median of samples of one distribution stray by their standard errors', () => {
  const random = createRandom(7)
  const draw = (count: number) => Array.from({ length: count }, () => -Math.log(1 - random.next()))
  const areas = Array.from({ length: 300 }, () => auc(draw(100), draw(100)))
  const medians = Array.from({ length: 300 }, () => median(draw(100)))
  const spread = (values: number[]) => {
    const mean = values.reduce((sum, value) => sum + value) / values.length
    return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length)
  }
  assert(Math.abs(spread(areas) / aucError(100, 100) - 1) < 0.15)
  const errors = Array.from({ length: 300 }, () => medianError(draw(100)))
  assert(Math.abs(spread(medians) / median(errors) - 1) < 0.25)
})

test('a quantile is a sample, and the last one at most', () => {
  assert.equal(quantile([3, 1, 2], 0.5), 2)
  assert.equal(quantile([3, 1, 2], 1), 3)
  assert(Number.isNaN(quantile([], 0.5)))
})
