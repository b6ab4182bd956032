import assert from 'node:assert/strict'
import { test } from 'node:test'
import { findPasswordFaults } from '../../../src/passwords/policy.ts'

// NIST SP 800-63B-4 §3.1.1.2, ASVS V6.2.
const ADA = { email: 'ada.byron@analytical-engine.org', firstName: 'Augusta Ada', lastName: 'Lovelace-King' }

const fault = (password: string, minLength = 8, person = ADA) =>
  findPasswordFaults(password, minLength, person)[0]?.message

// ASVS V6.2.1
test('length counts characters as people see code points, after NFKC', () => {
  assert.equal(fault('zq8!kfj'), 'must be at least 8 characters long')
  assert.equal(fault('zq8!kfjw'), undefined)
  assert.equal(fault('😀😁😂🤣😃😄😅'), 'must be at least 8 characters long')
  assert.equal(fault('😀😁😂🤣😃😄😅😆'), undefined)
  assert.equal(fault('e\u0301'.repeat(7)), 'must be at least 8 characters long')
  assert.equal(fault('zq8!kfjw', 9), 'must be at least 9 characters long')
  assert.equal(fault(''), 'must be at least 8 characters long')
})

// ASVS V6.2.5
test('there are no composition rules, and blanks and every script are welcome', () => {
  for (const password of [
    'mnbqzrtwxk',
    'correct horse battery',
    'пароль-длинный-очень',
    '           x',
    '長いパスワードです',
    'x'.repeat(20) + 'z'.repeat(236)
  ]) {
    assert.equal(fault(password), undefined, password)
  }
})

// ASVS V6.2.4, V6.2.12
test('common passwords are refused in any case and width', () => {
  for (const password of [
    'password',
    'PASSWORD',
    'Password1',
    '12345678',
    'qwertyuiop',
    'ｐａｓｓｗｏｒｄ',
    'iloveyou'
  ]) {
    assert.equal(fault(password), 'is one of the most common passwords', password)
  }
})

// ASVS V6.1.2, V6.2.11
test('what is made of the member’s own data is refused', () => {
  for (const password of [
    'ada.byron',
    'AdaByron1',
    'augusta2026',
    'LOVELACE!!',
    'lovelace-king',
    'ada.byron@analytical-engine.org',
    'analytical-engine',
    'org engine 1',
    'ＬＯＶＥＬＡＣＥ１',
    'guildhall',
    'Guildhall2026'
  ]) {
    assert.equal(
      fault(password),
      'must not be based on your name, your e-mail address or the name of this service',
      password
    )
  }
})

test('a name inside a long passphrase is no fault: what is left is long enough', () => {
  for (const password of ['lovelace met babbage in 1833', 'augusta wrote the first program'])
    assert.equal(fault(password), undefined, password)
})

test('names shorter than three letters say nothing', () => {
  assert.equal(fault('xobo1234zq', 8, { email: 'x@o.example', firstName: 'Xo', lastName: 'Bo' }), undefined)
})

test('empty and hostile personal data does no harm', () => {
  const empty = { email: '', firstName: '', lastName: '' }
  assert.equal(fault('zq8!kfjwpq', 8, empty), undefined)
  const hostile = { email: '.*@(a+)+$', firstName: '$&$1', lastName: '[a-z]+ \\' }
  assert.equal(fault('zq8!kfjwpq', 8, hostile), undefined)
})

test('lone surrogates and control characters are characters like others', () => {
  for (const password of ['\ud800\ud801\ud802\ud803abcd', '\0\u0001\u0002\u0003\u0004\u0005\u0006\u0007'])
    assert.equal(fault(password), undefined)
})

test('every fault names the field', () => {
  assert.deepEqual(
    findPasswordFaults('short', 8, ADA).map(({ path }) => path),
    ['/password']
  )
})
