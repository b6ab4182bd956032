import assert from 'node:assert/strict'
import { test } from 'node:test'
import { canonicalAddress, canonicalPrefix } from '../../../src/accounts/address.ts'

// Addresses are compared as bytes of one canonical form.
const canonical = (address: string) => canonicalAddress(address)?.toString('ascii')

test('ASCII letters are folded, in both parts, and nothing else', () => {
  assert.equal(canonical('Ada.LOVELACE+Tag@Example.COM'), 'ada.lovelace+tag@example.com')
  assert.equal(canonical("!#$%&'*+/=?^_`{|}~-@example.com"), "!#$%&'*+/=?^_`{|}~-@example.com")
})

test('dots and plus-tags make different members', () => {
  const forms = ['ada.l@example.com', 'adal@example.com', 'adal+1@example.com'].map(canonical)
  assert.equal(new Set(forms).size, 3)
})

test('a local part outside of ASCII is refused, whatever letter it looks like', () => {
  for (const local of [
    '\u212Aelvin',
    'kelvin\u0130',
    'ａda',
    'аda',
    'straße',
    'adé',
    'ad\u00ADa',
    'a\u200Bda',
    '😀',
    '\ud800'
  ]) {
    assert.equal(canonical(`${local}@example.com`), undefined, local)
  }
})

test('an international domain is compared by its A-labels, and ß is not ss', () => {
  assert.equal(canonical('a@MÜNCHEN.example'), 'a@xn--mnchen-3ya.example')
  assert.equal(canonical('a@mu\u0308nchen.example'), 'a@xn--mnchen-3ya.example')
  assert.equal(canonical('a@XN--MNCHEN-3YA.example'), 'a@xn--mnchen-3ya.example')
  assert.equal(canonical('a@straße.example'), 'a@xn--strae-oqa.example')
  assert.equal(canonical('a@strasse.example'), 'a@strasse.example')
  // What IDNA maps is the same domain to every mail program.
  assert.equal(canonical('a@\u212Aelvin.example'), 'a@kelvin.example')
  assert.equal(canonical('a@ｅxample.com'), 'a@example.com')
  assert.equal(canonical('a@example。com'), 'a@example.com')
  // A Cyrillic а is another letter, and another domain.
  assert.notEqual(canonical('a@exаmple.com'), 'a@example.com')
})

// ASVS V1.3.11
test('blanks, line breaks and control characters are refused wherever they stand', () => {
  for (const bad of [' ', '\t', '\r\n', '\n', '\0', '\u00a0', '\u2028', '\u3000', '\u007f']) {
    for (const address of [
      `ada${bad}@example.com`,
      `${bad}ada@example.com`,
      `ada@${bad}example.com`,
      `ada@example.com${bad}`
    ]) {
      assert.equal(canonical(address), undefined, JSON.stringify(address))
    }
  }
  assert.equal(canonical('ada@example.com\r\nBcc: eve@example.com'), undefined)
  assert.equal(canonical('ada@example.com\nbcc@example.com'), undefined)
})

// ASVS V1.3.11, V1.5.3
test('forms that mail programs read differently are refused: quotes, comments, literals, lists, routes', () => {
  for (const address of [
    '"ada"@example.com',
    '"a@evil.example x"@example.com',
    'ada(comment)@example.com',
    'ada@(comment)example.com',
    'ada@[127.0.0.1]',
    'ada@[IPv6:::1]',
    'ada@127.0.0.1',
    'ada@0x7f.1',
    'ada@example.123',
    'Ada <ada@example.com>',
    '<ada@example.com>',
    'ada@example.com,eve@example.com',
    'ada@example.com;eve@example.com',
    '@relay.example:ada@example.com',
    'ada@eve@example.com',
    'ada%eve@example.com@example.org',
    'mailto:ada@example.com',
    'ada\\@example.com'
  ]) {
    assert.equal(canonical(address), undefined, address)
  }
})

test('domains are those of the DNS: labels of letters, digits and hyphens, at least two', () => {
  const long = `${'b'.repeat(63)}.example`
  assert.equal(canonical(`a@${long}`), `a@${long}`)
  for (const domain of [
    '',
    'localhost',
    '.example.com',
    'example.com.',
    'a..b',
    '-a.com',
    'a-.com',
    'a_b.com',
    'a%2eb.com',
    'a:25',
    'a/b.com',
    'a?b.com',
    'a#b.com',
    `${'b'.repeat(64)}.com`,
    'xn--\u00fc.com',
    '\ud800.com'
  ]) {
    assert.equal(canonical(`a@${domain}`), undefined, domain)
  }
})

test('dots in a local part stand between other characters', () => {
  for (const local of ['', '.', '.a', 'a.', 'a..b']) assert.equal(canonical(`${local}@example.com`), undefined, local)
})

test('lengths are those of RFC 5321: 64 before the @, 254 in all, also after IDNA', () => {
  const tail = `${'b'.repeat(63)}.${'c'.repeat(63)}.${'d'.repeat(57)}.com` // 189
  assert.ok(canonical(`${'a'.repeat(64)}@${tail}`))
  assert.equal(`${'a'.repeat(64)}@${tail}`.length, 254)
  assert.ok(canonical(`${'a'.repeat(64)}@example.com`))
  assert.equal(canonical(`${'a'.repeat(65)}@example.com`), undefined)
  assert.equal(canonical(`${'a'.repeat(64)}@${tail}m`), undefined)
  assert.equal(canonical(`${'a'.repeat(64)}@${'ü.'.repeat(90)}com`), undefined)
  assert.equal(canonical('x'.repeat(1_000_000)), undefined)
})

test('the canonical form of a canonical form is itself', () => {
  for (const address of ['Ada@Example.COM', 'a@MÜNCHEN.example', 'a+B@straße.example', 'a@例え.jp']) {
    const once = canonical(address) ?? ''
    assert.match(once, /^[\x21-\x7e]+$/)
    assert.equal(canonical(once), once)
  }
})

test('a prefix of an address as it is shown is a prefix of its canonical form, label by label', () => {
  const shown = 'Ada+x@Bücher.MÜNCHEN.Example'
  const whole = canonical(shown) ?? ''
  assert.equal(whole, 'ada+x@xn--bcher-kva.xn--mnchen-3ya.example')
  for (const end of ['Ada', 'Ada+x@', 'Bücher', 'Bücher.', 'MÜNCHEN', 'MÜNCHEN.', 'Exam', 'Example']) {
    const part = shown.slice(0, shown.indexOf(end) + end.length)
    assert.ok(whole.startsWith(canonicalPrefix(part)?.toString() ?? '?'), part)
  }
  assert.equal(canonicalPrefix('ada@xn--bcher')?.toString(), 'ada@xn--bcher')
  assert.equal(canonicalPrefix('a@1.2')?.toString(), 'a@1.2', 'not a number of four bytes')
})

test('what no address begins with has no prefix: other letters before the @, and what a URL would read otherwise', () => {
  for (const text of [
    'ä',
    'ä@example.com',
    'a b',
    '\0',
    'a@ü/x',
    'a@ü%41',
    'a@ü:1',
    'a@ü?',
    'a@\ud800',
    'a@ü b',
    'a@ü\n'
  ])
    assert.equal(canonicalPrefix(text), undefined, JSON.stringify(text))
})
