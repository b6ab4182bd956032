import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { test } from 'node:test'
import { createKeyring, KEY_PURPOSES, readSecrets } from '../../../src/tokens/keyring.ts'

const secret = randomBytes(48)

test('secrets are read from base64 and hex, comma-separated, blanks around them ignored', () => {
  const other = randomBytes(32)
  const text = ` ${secret.toString('base64')} , ${other.toString('hex')},${other.toString('base64url')}`
  assert.deepEqual(readSecrets(text), [secret, other, other])
})

// ASVS V11.2.3, V13.2.3
test('a secret that is short, or plainly not random, is refused', () => {
  const bad = [
    '',
    ',',
    'secret',
    'a'.repeat(64),
    '0123456'.repeat(20),
    '0123456789abcdef'.repeat(4),
    'please-change-me-'.repeat(3),
    'please change me, I am a passphrase and not a secret at all',
    'correct-horse-battery-staple-for-the-production-server',
    'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdef'.repeat(2),
    `${secret.toString('base64')}!`,
    randomBytes(31).toString('base64'),
    randomBytes(31).toString('hex'),
    `${secret.toString('base64')},`,
    `${secret.toString('base64')},short`
  ]
  for (const text of bad) assert.throws(() => readSecrets(text), /^TypeError: too short or not random$/, text)
})

test('a secret of few different characters is refused, though nothing in it repeats', () => {
  const order = (letters: string) =>
    Array.from({ length: 64 }, (_, i) => letters[(i * i + (i >> 3)) % letters.length]).join('')
  assert.equal(new Set(order('0123456789')).size, 10)
  assert.throws(() => readSecrets(order('0123456789')), /too short or not random/)
  assert.equal(readSecrets(`${order('0123456789').slice(1)}a`).length, 1, 'eleven are what chance may do')
})

test('a thousand random secrets of each kind are taken', () => {
  for (const encoding of ['base64', 'base64url', 'hex'] as const)
    for (let i = 0; i < 1000; i++) assert.equal(readSecrets(randomBytes(32).toString(encoding)).length, 1)
})

test('each purpose has a key of its own, and every process derives the same', () => {
  const [one, two] = [createKeyring([secret]), createKeyring([Buffer.from(secret)])]
  const keys = KEY_PURPOSES.map(purpose => one.current(purpose).key.toString('hex'))
  assert.equal(new Set(keys).size, KEY_PURPOSES.length)
  for (const purpose of KEY_PURPOSES) {
    assert.deepEqual(one.current(purpose), two.current(purpose))
    assert.equal(one.current(purpose).key.length, 32)
    assert.equal(one.current(purpose).id.length, 4)
  }
})

test('keys are derived as they always were: what they protect outlives a deployment', () => {
  const keys = createKeyring([Buffer.alloc(32, 7)])
  const shown = KEY_PURPOSES.map(purpose => [purpose, keys.current(purpose).id.toString('hex')])
  assert.deepEqual(Object.fromEntries(shown), {
    'refresh-token': 'c7f1722e',
    outbox: 'c60b08d7',
    pepper: 'ba11ef44',
    cursor: '6c88e55d',
    code: '30e46447',
    limits: 'a124246f'
  })
})

test('the first secret makes new things; those of the others are still found', () => {
  const next = randomBytes(48)
  const [old, rotated, dropped] = [createKeyring([secret]), createKeyring([next, secret]), createKeyring([next])]
  for (const purpose of KEY_PURPOSES) {
    const made = old.current(purpose)
    assert.notDeepEqual(rotated.current(purpose), made)
    assert.deepEqual(rotated.current(purpose), dropped.current(purpose))
    assert.deepEqual(rotated.find(purpose, made.id), made)
    assert.equal(dropped.find(purpose, made.id), undefined)
  }
})

test('a key is found by its own id and purpose only', () => {
  const keys = createKeyring([secret])
  const { id } = keys.current('outbox')
  assert.equal(keys.find('pepper', id), undefined)
  for (const other of [Buffer.alloc(0), Buffer.alloc(4), id.subarray(0, 3), Buffer.concat([id, id])])
    assert.equal(keys.find('outbox', other), undefined)
})
