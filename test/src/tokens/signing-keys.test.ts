import assert from 'node:assert/strict'
import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  sign,
  verify
} from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { generateSigningKey, readSigningKeys } from '../../../src/tokens/signing-keys.ts'

const folder = mkdtempSync(join(tmpdir(), 'guildhall-keys-'))
after(() => rmSync(folder, { recursive: true }))

const pem = generateSigningKey()
const kidOf = (text: string) => readSigningKeys(text).map(({ kid }) => kid)

test('a key is read from PEM, from PEM in one line, in SEC1 form, and from a file', () => {
  const path = join(folder, 'key.pem')
  writeFileSync(path, pem)
  const sec1 = createPrivateKey(pem).export({ type: 'sec1', format: 'pem' }).toString()
  const [kid] = kidOf(pem)
  for (const text of [pem.trim(), `  ${pem}\n`, pem.replaceAll('\n', '\\n'), sec1, path, ` ${path} `])
    assert.deepEqual(kidOf(text), [kid], text)
})

test('several keys keep their order: the first signs', () => {
  const other = generateSigningKey()
  const path = join(folder, 'other.pem')
  writeFileSync(path, other)
  const expected = [...kidOf(pem), ...kidOf(other)]
  assert.deepEqual(kidOf(`${pem},${other}`), expected)
  assert.deepEqual(kidOf(`${pem.replaceAll('\n', '\\n')}, ${path}`), expected)
})

test('the kid is the thumbprint of RFC 7638', () => {
  const [key] = readSigningKeys(pem)
  const { x, y } = createPublicKey(pem).export({ format: 'jwk' })
  const thumbprint = createHash('sha256').update(`{"crv":"P-256","kty":"EC","x":"${x}","y":"${y}"}`).digest('base64url')
  assert.equal(key?.kid, thumbprint)
  assert.deepEqual(key?.jwk, { kty: 'EC', crv: 'P-256', x, y, kid: thumbprint, alg: 'ES256', use: 'sig' })
})

test('the two halves belong together', () => {
  const [key] = readSigningKeys(pem)
  assert(key)
  const data = Buffer.from('data')
  assert(verify('sha256', data, key.publicPem, sign('sha256', data, key.privatePem)))
  assert.doesNotMatch(key.publicPem, /PRIVATE/)
})

// ASVS V11.2.3
test('whatever is not an EC P-256 private key is refused without showing it', () => {
  const pemOf = ({ privateKey }: { privateKey: KeyObject }) =>
    privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
  const publicPem = createPublicKey(pem).export({ type: 'spki', format: 'pem' }).toString()
  const refused = [
    '',
    ',',
    'secret',
    `${pem},`,
    publicPem,
    pem.replace(/[A-Za-z]{8}/, 'AAAAAAAA'),
    pemOf(generateKeyPairSync('ec', { namedCurve: 'P-384' })),
    pemOf(generateKeyPairSync('ec', { namedCurve: 'secp256k1' })),
    pemOf(generateKeyPairSync('rsa', { modulusLength: 2048 })),
    pemOf(generateKeyPairSync('ed25519')),
    folder,
    join(folder, 'missing.pem')
  ]
  for (const text of refused) {
    assert.throws(
      () => readSigningKeys(text),
      (error: Error) => error instanceof TypeError && !error.message.includes('MI'),
      text
    )
  }
})
