import assert from 'node:assert/strict'
import { test } from 'node:test'
import { faultsOf } from '../../src/validation-faults.ts'

const unknown = (count: number) =>
  Array.from({ length: count }, (_, i) => ({
    keyword: 'additionalProperties',
    instancePath: '',
    schemaPath: '#/additionalProperties',
    params: { additionalProperty: `field${i}` }
  }))

test('every fault of an honest form is named, and a hundred of a hostile one', () => {
  assert.equal(faultsOf(unknown(40)).length, 40)
  assert.equal(faultsOf(unknown(5000)).length, 100)
})

test('two hundred thousand faults are sorted through once, not against each other', { timeout: 20_000 }, () => {
  assert.equal(faultsOf(unknown(200_000)).length, 100)
})

test('a fault that another one of the same field says better is left out', () => {
  const at = (keyword: string, params = {}) => ({ keyword, instancePath: '/email', schemaPath: '', params })
  assert.deepEqual(faultsOf([at('minLength', { limit: 3 }), at('format', { format: 'email' })]), [
    { path: '/email', message: 'must be an e-mail address' }
  ])
  assert.deepEqual(faultsOf([at('minLength', { limit: 3 })]), [
    { path: '/email', message: 'must be at least 3 characters long' }
  ])
})
