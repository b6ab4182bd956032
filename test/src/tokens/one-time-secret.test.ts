import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import { hashOneTimeSecret, makeOneTimeSecret, splitSecret, withCode } from '../../../src/tokens/one-time-secret.ts'

// ASVS V6.5.4, V11.5.1, V11.5.2
test('a secret has 256 bits, fits a link, and no two are alike', () => {
  const made = Array.from({ length: 100_000 }, makeOneTimeSecret)
  assert.equal(new Set(made.map(({ text }) => text)).size, made.length)
  for (const { text } of made) {
    assert.match(text, /^[\w-]{43}$/)
    assert.equal(Buffer.from(text, 'base64url').length, 32)
  }
})

// ASVS V6.5.2, V11.4.3
test('what is stored is the SHA-256 of the text, and is found by the text', () => {
  const { text, hash } = makeOneTimeSecret()
  assert.deepEqual(hash, createHash('sha256').update(text).digest())
  assert.deepEqual(hashOneTimeSecret(text), hash)
  for (const other of ['', ` ${text}`, text.slice(1), hash.toString('hex')])
    assert.notDeepEqual(hashOneTimeSecret(other), hash)
})

test('a code goes beside the secret and comes back from there; without one there is none', () => {
  const { text } = makeOneTimeSecret()
  assert.deepEqual(splitSecret(withCode(text, '01234567')), { token: text, code: '01234567' })
  assert.deepEqual(splitSecret(text), { token: text, code: undefined })
})
