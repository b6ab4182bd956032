import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { test } from 'node:test'
import { createKeyring } from '../../../src/tokens/keyring.ts'
import { isCode, lockCode, makeCode, standInId } from '../../../src/tokens/one-time-code.ts'

const [secret, next] = [randomBytes(48), randomBytes(48)]
const keys = createKeyring([secret])
const owner = { account_id: randomBytes(16), purpose: 'verify-email' }
const code = '01234567'

// ASVS V6.5.3, V6.5.4
test('codes are eight digits, and every digit is as frequent as any other in every place', () => {
  const many = Array.from({ length: 20_000 }, makeCode)
  for (const one of many) assert.match(one, /^\d{8}$/)
  for (let place = 0; place < 8; place++) {
    const counts = Array<number>(10).fill(0)
    for (const one of many) counts[Number(one[place])] = (counts[Number(one[place])] ?? 0) + 1
    // 2,000 of each are expected; six standard deviations are 255.
    for (const count of counts) assert.ok(Math.abs(count - 2000) < 255, `place ${place}: ${counts}`)
  }
})

test('what is stored fits its code, account and purpose, and nothing else', () => {
  const stored = lockCode(keys, code, owner)
  assert.equal(stored.length, 36)
  assert.ok(isCode(keys, stored, code, owner))
  for (const wrong of ['01234568', '1234567', `${code} `, '', '00000000'])
    assert.ok(!isCode(keys, stored, wrong, owner), wrong)
  assert.ok(!isCode(keys, stored, code, { ...owner, account_id: randomBytes(16) }))
  assert.ok(!isCode(keys, stored, code, { ...owner, purpose: 'reset-password' }))
  for (const garbage of [Buffer.alloc(0), Buffer.alloc(36), stored.subarray(0, 35), Buffer.concat([stored, stored])])
    assert.ok(!isCode(keys, garbage, code, owner))
})

test('a code is still known while SECRET rotates, and no longer when its secret is gone', () => {
  const stored = lockCode(keys, code, owner)
  assert.ok(isCode(createKeyring([next, secret]), stored, code, owner))
  assert.ok(!isCode(createKeyring([next]), stored, code, owner))
})

// ASVS V6.5.2: a hundred million hashes are a second's work, so a hash alone would tell the code.
test('who has the database and not SECRET cannot tell the code', () => {
  const stored = lockCode(keys, code, owner)
  const thief = createKeyring([randomBytes(48)])
  const [id, mac] = [thief.current('code').id, lockCode(thief, code, owner).subarray(4)]
  assert.notDeepEqual(stored.subarray(4), mac)
  assert.ok(!isCode(keys, Buffer.concat([id, mac]), code, owner))
})

test('an address has one stand-in for each role, which only the key finds', () => {
  const address = Buffer.from('nobody@example.com')
  const id = standInId(keys, address, 'owner')
  assert.equal(id.length, 16)
  assert.deepEqual(standInId(createKeyring([secret]), address, 'owner'), id)
  for (const other of [
    standInId(keys, address, 'wanting'),
    standInId(keys, Buffer.from('x@example.com'), 'owner'),
    standInId(createKeyring([next]), address, 'owner')
  ])
    assert.notDeepEqual(other, id)
})
