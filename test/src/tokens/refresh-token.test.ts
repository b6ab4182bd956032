import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { test } from 'node:test'
import { systemClock } from '../../../src/clock.ts'
import { newId } from '../../../src/ids.ts'
import { createKeyring } from '../../../src/tokens/keyring.ts'
import { isTokenOf, makeRefreshToken, ROW_SECRET_BYTES, readRefreshToken } from '../../../src/tokens/refresh-token.ts'

const secrets = [randomBytes(48), randomBytes(48)]
const keys = createKeyring(secrets)
const now = new Date('2031-02-03T04:05:06.789Z')
const session = { id: newId(systemClock), secret: randomBytes(ROW_SECRET_BYTES), generation: 7 }

function read(text: string, ring = keys) {
  return readRefreshToken(ring, text) ?? assert.fail('not read')
}

test('a token says which session and generation it is of, and when it was made', () => {
  const token = read(makeRefreshToken(keys, now, session))
  assert.deepEqual([token.sessionId, token.generation, token.issuedAt], [session.id, 7, now])
  assert(isTokenOf(token, session.secret))
})

test('each generation that a column can hold survives the way', () => {
  for (const generation of [0, 1, 255, 65_536, 0xffffffff])
    assert.equal(read(makeRefreshToken(keys, now, { ...session, generation })).generation, generation)
})

// ASVS V7.2.3
test('tokens of one session, generation and millisecond differ', () => {
  const made = Array.from({ length: 100 }, () => makeRefreshToken(keys, now, session))
  assert.equal(new Set(made).size, 100)
  assert.equal(new Set(made.map(text => read(text).tag.toString('hex'))).size, 100)
})

test('a token fits a cookie, needs no escaping, and names neither secret', () => {
  const text = makeRefreshToken(keys, now, session)
  assert.match(text, /^[\w-]{139}$/)
  const bytes = Buffer.from(text, 'base64url')
  for (const secret of [session.secret, ...secrets, keys.current('refresh-token').key])
    assert.equal(bytes.indexOf(secret), -1)
})

test('any flipped bit makes it unreadable', () => {
  const bytes = Buffer.from(makeRefreshToken(keys, now, session), 'base64url')
  for (let bit = 0; bit < bytes.length * 8; bit++) {
    const flipped = Buffer.from(bytes)
    flipped.writeUInt8(flipped.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3)
    assert.equal(readRefreshToken(keys, flipped.toString('base64url')), undefined, `bit ${bit}`)
  }
})

test('a token has one spelling', () => {
  const text = makeRefreshToken(keys, now, session)
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
  for (const letter of alphabet)
    assert.equal(readRefreshToken(keys, text.slice(0, -1) + letter) !== undefined, letter === text.at(-1), letter)
  for (const other of ['', text.slice(1), `${text}=`, `${text}\n`, ` ${text}`, text.repeat(2), text.replace(/.$/, '+')])
    assert.equal(readRefreshToken(keys, other), undefined)
})

test('a rotated SECRET still reads it; one that was dropped does not', () => {
  const text = makeRefreshToken(createKeyring(secrets.slice(1)), now, session)
  assert(isTokenOf(read(text), session.secret))
  assert.equal(readRefreshToken(createKeyring(secrets.slice(0, 1)), text), undefined)
})

test('neither SECRET alone nor the secret of the row alone makes a token', () => {
  const withoutRow = makeRefreshToken(keys, now, { ...session, secret: randomBytes(ROW_SECRET_BYTES) })
  assert.equal(isTokenOf(read(withoutRow), session.secret), false)
  const withoutSecret = makeRefreshToken(createKeyring([randomBytes(48)]), now, session)
  assert.equal(readRefreshToken(keys, withoutSecret), undefined)
})

test('an inner MAC belongs to its head: parts of two tokens make none', () => {
  const [one, two] = [0, 1].map(generation =>
    Buffer.from(makeRefreshToken(keys, now, { ...session, generation }), 'base64url')
  )
  assert(one && two)
  const mixed = Buffer.concat([two.subarray(0, 40), one.subarray(40, 72), two.subarray(72)])
  assert.equal(readRefreshToken(keys, mixed.toString('base64url')), undefined)
  const token = read(two.toString('base64url'))
  assert.equal(isTokenOf({ ...token, inner: one.subarray(40, 72) }, session.secret), false)
})
