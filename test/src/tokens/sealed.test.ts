import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { test } from 'node:test'
import { createKeyring } from '../../../src/tokens/keyring.ts'
import { seal, unseal } from '../../../src/tokens/sealed.ts'

const [old, next] = [randomBytes(48), randomBytes(48)]
const keys = createKeyring([old])
const context = randomBytes(16)
const text = 'a secret with ünïcode \0 in it'

test('what was sealed is unsealed, also when it is empty', () => {
  for (const secret of [text, '', 'x'.repeat(10_000)])
    assert.equal(unseal(keys, 'outbox', seal(keys, 'outbox', secret, context), context), secret)
})

// ASVS V11.3.4
test('sealing twice gives two texts, and neither shows the secret', () => {
  const [one, two] = [seal(keys, 'outbox', text, context), seal(keys, 'outbox', text, context)]
  assert.notDeepEqual(one, two)
  assert.equal(one.indexOf('secret'), -1)
  assert.equal(one.length, 4 + 12 + 16 + Buffer.byteLength(text))
})

// ASVS V11.3.1, V11.3.2, V11.3.3
test('a changed byte, a missing end or another place is noticed', () => {
  const sealed = seal(keys, 'outbox', text, context)
  for (let at = 0; at < sealed.length; at++) {
    const changed = Buffer.from(sealed)
    changed.writeUInt8(changed.readUInt8(at) ^ 1, at)
    assert.throws(() => unseal(keys, 'outbox', changed, context), `byte ${at}`)
  }
  for (const length of [0, 3, 4, 16, 20, 31, 32, sealed.length - 1])
    assert.throws(() => unseal(keys, 'outbox', sealed.subarray(0, length), context), `${length} bytes`)
  assert.throws(() => unseal(keys, 'outbox', Buffer.concat([sealed, Buffer.alloc(1)]), context))
  const short = seal(keys, 'outbox', '', context).subarray(0, 20) // GCM itself would take a tag of 4 bytes
  assert.throws(() => unseal(keys, 'outbox', short, context))
  assert.throws(() => unseal(keys, 'outbox', sealed, randomBytes(16)))
  assert.throws(() => unseal(keys, 'cursor', sealed, context))
})

test('a rotated SECRET still unseals; one that was dropped does not', () => {
  const sealed = seal(keys, 'outbox', text, context)
  assert.equal(unseal(createKeyring([next, old]), 'outbox', sealed, context), text)
  assert.throws(() => unseal(createKeyring([next]), 'outbox', sealed, context), /no longer listed/)
})
