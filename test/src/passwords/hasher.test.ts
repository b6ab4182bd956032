import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { after, test } from 'node:test'
import { createHasher, findCostFault, HASH_COST, type Hasher, LEAST_HASH_COST } from '../../../src/passwords/hasher.ts'
import { createKeyring } from '../../../src/tokens/keyring.ts'

const [first, second] = [randomBytes(48), randomBytes(48)]
const hashers: Hasher[] = []
function hasherWith(...secrets: Buffer[]): Hasher {
  const hasher = createHasher(createKeyring(secrets))
  hashers.push(hasher)
  return hasher
}
after(() => {
  for (const hasher of hashers) hasher.close()
})

const hasher = hasherWith(first)
const stored = await hasher.hash('correct horse battery')
const NO = { ok: false, outdated: false }

// ASVS V11.4.2
test('a hash is a PHC string of argon2id at OWASP’s costs, with the key id of its pepper', () => {
  assert.match(
    stored,
    /^\$argon2id\$v=19\$m=19456,t=2,p=1,keyid=[A-Za-z0-9+/]{6}\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/
  )
  assert.ok(stored.length <= 255, 'the column is that long')
})

// ASVS V6.2.8
test('the right password is recognised, any other is not', async () => {
  assert.deepEqual(await hasher.verify('correct horse battery', stored), { ok: true, outdated: false })
  for (const wrong of [
    '',
    'correct horse batterz',
    'Correct horse battery',
    ' correct horse battery',
    'correct horse battery ',
    'correct horse battery\0'
  ]) {
    assert.deepEqual(await hasher.verify(wrong, stored), NO, wrong)
  }
})

test('two hashes of one password differ', async () => {
  assert.notEqual(await hasher.hash('correct horse battery'), stored)
})

test('passwords are compared in NFKC', async () => {
  const hash = await hasher.hash('ﬁancé\u2460 ｌｏｎｇ')
  assert.equal((await hasher.verify('fiance\u03011 long', hash)).ok, true)
  assert.equal((await hasher.verify('fiance1 long', hash)).ok, false)
})

// ASVS V6.2.8, V6.2.9
test('all 256 characters count, also those of four bytes', async () => {
  for (const letter of ['x', '😀']) {
    const hash = await hasher.hash(letter.repeat(256))
    assert.equal((await hasher.verify(letter.repeat(256), hash)).ok, true)
    assert.equal((await hasher.verify(`${letter.repeat(255)}y`, hash)).ok, false)
    assert.equal((await hasher.verify(letter.repeat(255), hash)).ok, false)
  }
})

test('without a stored hash the work is done all the same, and the answer is no', async () => {
  const verification = hasher.verify('correct horse battery', null)
  assert.equal(hasher.load(), 1)
  assert.deepEqual(await verification, NO)
  assert.equal(hasher.load(), 0)
})

test('a hash under an older pepper is recognised and outdated; without that pepper it is not', async () => {
  const rotated = hasherWith(second, first)
  assert.deepEqual(await rotated.verify('correct horse battery', stored), { ok: true, outdated: true })
  assert.deepEqual(await rotated.verify('wrong', stored), NO)
  const renewed = await rotated.hash('correct horse battery')
  assert.deepEqual(await rotated.verify('correct horse battery', renewed), { ok: true, outdated: false })
  assert.deepEqual(await hasherWith(second).verify('correct horse battery', stored), NO)
})

test('a pepper matters: under another secret the same hash is another password’s', async () => {
  const forged = stored.replace(/keyid=[^$]+/, /keyid=[^$]+/.exec(await hasherWith(second).hash('x'))?.[0] ?? '')
  assert.deepEqual(await hasherWith(second).verify('correct horse battery', forged), NO)
})

const [, , , , salt = '', digest = ''] = stored.split('$')
const keyid = /keyid=([^$]+)/.exec(stored)?.[1]
const CORRUPT = [
  '',
  'x',
  'correct horse battery',
  stored.slice(0, -1),
  stored.slice(0, 60),
  `${stored}A`,
  `${stored}\n`,
  ` ${stored}`,
  stored.replace('argon2id', 'argon2i'),
  stored.replace('v=19', 'v=16'),
  stored.replace(/,keyid=[^$]+/, ''),
  stored.replace(/keyid=[^$]+/, 'keyid=AAAAAA'),
  ...[
    'm=0,t=2,p=1',
    'm=1,t=2,p=1',
    'm=19456,t=0,p=1',
    'm=19456,t=2,p=0',
    'm=4294967295,t=2,p=1',
    'm=19456,t=4294967295,p=1',
    'm=99999999999999999999,t=2,p=1',
    'm=19456,t=2,p=4294967295'
  ].map(costs => `$argon2id$v=19$${costs},keyid=${keyid}$${salt}$${digest}`),
  `$argon2id$v=19$m=19456,t=2,p=1,keyid=${keyid}$AA$${digest}`,
  `$argon2id$v=19$m=19456,t=2,p=1,keyid=${keyid}$A$${digest}`,
  `$argon2id$v=19$m=19456,t=2,p=1,keyid=${keyid}$${salt}$AA`,
  `$argon2id$v=19$m=19456,t=2,p=1,keyid=${keyid}$${salt}$A`,
  '$2b$12$R9h/cIPz0gi.URNNX3kh2OPST9/PgBkqquzi.Ss7KIUgO2t0jWMUW'
]

// ASVS V11.2.5
test('a damaged stored hash is never ok, never throws, and holds nobody up', { timeout: 30_000 }, async () => {
  for (const damaged of CORRUPT) assert.deepEqual(await hasher.verify('correct horse battery', damaged), NO, damaged)
  assert.equal((await hasher.verify('correct horse battery', stored)).ok, true)
})

test('a hash that cost less than it should by now is outdated, one that cost more is not', async () => {
  const cheap = createHasher(createKeyring([first]), LEAST_HASH_COST)
  hashers.push(cheap)
  const weak = await cheap.hash('correct horse battery')
  assert.match(weak, /\$m=8,t=1,p=1,/)
  assert.deepEqual(await cheap.verify('correct horse battery', weak), { ok: true, outdated: false })
  assert.deepEqual(await hasher.verify('correct horse battery', weak), { ok: true, outdated: true })
  assert.deepEqual(await hasher.verify('wrong', weak), NO)
  assert.deepEqual(await cheap.verify('correct horse battery', stored), { ok: true, outdated: false })
})

// ASVS V11.4.2
test('a cost that argon2 does not take, or nobody could bear, is no cost; a weak one is none in production', () => {
  for (const production of [true, false]) {
    assert.equal(findCostFault(HASH_COST, production), undefined)
    for (const bad of [
      { memoryCost: 0 },
      { memoryCost: 262145 },
      { memoryCost: 19456.5 },
      { memoryCost: Number.NaN },
      { timeCost: 0 },
      { timeCost: 21 },
      { parallelism: 0 },
      { parallelism: 17 }
    ])
      assert.match(findCostFault({ ...HASH_COST, ...bad }, production) ?? '', /to 262144 KiB/, JSON.stringify(bad))
  }
  assert.equal(findCostFault(LEAST_HASH_COST, false), undefined)
  assert.ok(findCostFault({ ...LEAST_HASH_COST, parallelism: 2 }, false), 'each lane needs 8 KiB')
  for (const weak of [{ memoryCost: 19455 }, { timeCost: 1 }])
    assert.ok(findCostFault({ ...HASH_COST, ...weak }, true), JSON.stringify(weak))
})
