import assert from 'node:assert/strict'
import { test } from 'node:test'
import { chooseLocale } from '../../src/locales.ts'

test('Accept-Language is read by weight, and nonsense means English', () => {
  assert.equal(chooseLocale('de-CH,de;q=0.9,en;q=0.8'), 'de')
  assert.equal(chooseLocale('en;q=0.5, DE;q=0.7'), 'de')
  assert.equal(chooseLocale('fr,de;q=0.1'), 'de')
  assert.equal(chooseLocale('de;q=0, en'), 'en')
  for (const nonsense of ['', '*', 'xx', ';;;,,,', 'de;q=x', ','.repeat(100_000)]) {
    assert.equal(chooseLocale(nonsense), 'en')
  }
})
