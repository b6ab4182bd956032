import assert from 'node:assert/strict'
import { createPrivateKey, createPublicKey, generateKeyPairSync } from 'node:crypto'
import { test } from 'node:test'
import { type KeptKey, readKeys, writeKeys } from '../../../src/tokens/key-file.ts'
import { generateSigningKey, readSigningKeys } from '../../../src/tokens/signing-keys.ts'

const [one, two, three] = [generateSigningKey(), generateSigningKey(), generateSigningKey()]
const since = new Date('2026-11-25T10:00:00.000Z')
const kept: KeptKey[] = [
  { pem: one, state: 'current', since },
  { pem: two, state: 'next', since },
  { pem: three, state: 'previous', since }
]
const statesOf = (text: string) => readKeys(text).map(({ state }) => state)

test('what is written is read as it was, also from one line of an environment', () => {
  assert.deepEqual(readKeys(writeKeys(kept)), kept)
  const read = readSigningKeys(writeKeys(kept).replaceAll('\n', '\\n'))
  assert.deepEqual(
    read.map(({ state, since }) => ({ state, since })),
    kept.map(({ state, since }) => ({ state, since }))
  )
  assert.doesNotMatch(writeKeys(kept), /,/, 'a comma would make two entries')
})

test('the place makes the current key, whatever is written before it; what is not dated is not next', () => {
  assert.deepEqual(statesOf(writeKeys(kept.toReversed())), ['current', 'next', 'previous'])
  assert.deepEqual(statesOf(one + two + three), ['current', 'previous', 'previous'])
  assert.deepEqual(readKeys(one)[0]?.since, undefined)
  for (const label of [
    '# next',
    '# next since',
    '# next since soon',
    '#next since 2026-11-25',
    '# Next since 2026-11-25'
  ])
    assert.deepEqual(readKeys(`${one}${label}\n${two}`)[1], { pem: two, state: 'previous', since: undefined }, label)
  assert.equal(readKeys(writeKeys(kept.toReversed()))[0]?.since, undefined, 'previous since is not current since')
})

test('OpenSSL reads the key that signs, and its own parameters before a key are passed over', () => {
  const publicPem = createPublicKey(createPrivateKey(writeKeys(kept))).export({ type: 'spki', format: 'pem' })
  assert.equal(publicPem, readSigningKeys(one)[0]?.publicPem)
  const sec1 = createPrivateKey(one).export({ type: 'sec1', format: 'pem' })
  const parameters = '-----BEGIN EC PARAMETERS-----\nBggqhkjOPQMBBw==\n-----END EC PARAMETERS-----\n'
  assert.equal(readSigningKeys(`${parameters}${sec1}`)[0]?.publicPem, publicPem)
})

test('a key that was cut off, or is none, is refused: it may be the one that signs', () => {
  const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const publicPem = publicKey.export({ type: 'spki', format: 'pem' }).toString()
  for (const text of ['', '# nothing\n', one.slice(0, -30) + two, one + two.slice(0, -30), one + publicPem, publicPem])
    assert.throws(() => readKeys(text), /^TypeError: not a private key in PEM$/, text)
})

test('a key that is listed twice is one key, and of several files one key signs', () => {
  assert.equal(readSigningKeys(`${one},${two},${one}`).length, 2)
  const files = `${writeKeys(kept.slice(0, 1))},${writeKeys([{ pem: two, state: 'current', since }])}`
  assert.deepEqual(
    readSigningKeys(files).map(({ state, since }) => [state, since]),
    [
      ['current', since],
      ['previous', undefined]
    ]
  )
})
