import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { suite, test } from 'node:test'
import fc from 'fast-check'
import { canonicalAddress } from '../../../src/accounts/address.ts'
import { accountKey, addressKey, counterKey } from '../../../src/limits/keys.ts'
import { createKeyring } from '../../../src/tokens/keyring.ts'

// ASVS V2.4.1
suite('the key of an account', () => {
  const same: Record<string, string[]> = {
    'ada@example.com': ['Ada@Example.COM', 'ada+news@example.com', 'ADA+a+b@example.com', 'ada+@example.com'],
    'ada@xn--bcher-kva.example': ['ada@bücher.example', 'ada@BÜCHER.example', 'ada+x@bu\u0308cher.example'],
    'ada@example.com ': [' ada@example.com', 'ADA+tag@example.com '] // no address, and yet one and the same
  }
  for (const [one, others] of Object.entries(same)) {
    test(`is that of ${one} for every spelling`, () => {
      for (const other of others) assert.equal(accountKey(other), accountKey(one), other)
    })
  }

  test('is another one for a look-alike of another script, and for another mailbox', () => {
    const keys = [
      'ada@example.com',
      'аda@example.com',
      'ada@exаmple.com',
      'a.da@example.com',
      'ada@example.org',
      '+x@example.com'
    ]
    assert.equal(new Set(keys.map(accountKey)).size, keys.length)
  })

  test('is one for all texts that are the same canonical address, and for all tags of it', () => {
    const word = fc.stringMatching(/^[a-z0-9_]{1,12}$/)
    const labels = fc.array(fc.stringMatching(/^[a-z0-9äößçñ]{1,8}$/), { minLength: 1, maxLength: 3 })
    const tag = fc.stringMatching(/^(\+[a-z0-9+]{0,8})?$/)
    fc.assert(
      fc.property(word, labels, tag, fc.boolean(), (local, labels, tag, upper) => {
        const domain = `${labels.join('.')}.example`
        const plain = `${local}@${domain}`
        const text = `${local}${tag}@${domain}`
        fc.pre(canonicalAddress(plain) !== undefined && canonicalAddress(text) !== undefined)
        // Not toUpperCase() of the whole: ß would become two letters, which is another domain.
        const typed = upper ? text.replace(/[a-z]/g, letter => letter.toUpperCase()) : text
        assert.equal(accountKey(typed), accountKey(plain))
        assert.equal(accountKey(text), canonicalAddress(plain)?.toString())
      })
    )
  })

  test('exists for any text at all', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), text => assert.equal(typeof accountKey(text), 'string')))
  })
})

test('an address that is none has a key, and all of them have the same: nobody gets a bucket for a made-up text', () => {
  assert.equal(addressKey('unknown'), addressKey(''))
  assert.notEqual(addressKey('192.0.2.1'), addressKey(''))
})

// ASVS V1.3.9
test('what reaches a store names nobody, and is another one under another SECRET', () => {
  const [one, other] = [createKeyring([randomBytes(32)]), createKeyring([randomBytes(32)])]
  const key = counterKey(one, ['account-day', 'ada@example.com'])
  assert.match(key, /^[0-9a-f]{32}$/)
  assert.equal(counterKey(one, ['account-day', 'ada@example.com']), key)
  assert.notEqual(counterKey(other, ['account-day', 'ada@example.com']), key)
  assert.notEqual(counterKey(one, ['account-day', 'ada@', 'example.com']), key, 'parts cannot run into each other')
})
