import fc from 'fast-check'

// What stands in a request for something that only the sender knows: see `fill` in attack.ts.
export const PLACES = ['own-id', 'other-id', 'own-email', 'other-email', 'password', 'refresh', 'bearer'] as const
export type Place = (typeof PLACES)[number]
export const place = (name: Place) => `{{${name}}}`

const NAMES = [
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'hasOwnProperty',
  'then',
  '$ref',
  '',
  ' ',
  'a.b',
  'a[b]'
]

// Texts that have hurt somebody: SQL, templates, paths, line breaks, numbers in words, look-alikes, noise.
const TEXTS = [
  "' or 1=1 -- ",
  '"; drop table accounts; --',
  '%',
  '\\',
  '#{7*7}{{7*7}}<%= 7 %>',
  '../../etc/passwd',
  'a\r\nSet-Cookie: x=y',
  '\u0000',
  '\ud800',
  '\u202e\u0301\u200b\ufeff',
  'ﬁ ß İ K é',
  '😀'.repeat(50),
  'null',
  '-1',
  '1e999',
  'NaN',
  '0x10',
  'j:7',
  'true',
  '[object Object]',
  '2026-02-30T25:61:61Z',
  'a@b',
  'a@b.c',
  '"a b"@example.com',
  'a@[127.0.0.1]',
  'a@example.com, b@example.com',
  'Ä@exämple.com',
  `${'a'.repeat(64)}@${'b'.repeat(63)}.com`
]

/** Any text, and more often one that has a history. */
export const text = fc.oneof(
  { weight: 5, arbitrary: fc.constantFrom(...TEXTS) },
  fc.constantFrom(...PLACES.map(place)),
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.string({ unit: 'grapheme', maxLength: 40 }),
  fc.constantFrom(79, 80, 81, 254, 255, 256, 257, 500, 501, 1001, 5000).map(length => 'x'.repeat(length)),
  fc.emailAddress(),
  fc.uuid()
)

export const name = fc.oneof(fc.constantFrom(...NAMES), fc.string({ unit: 'binary', maxLength: 20 }))

/** JSON as text, because objects of our own cannot have two members of one name, nor `__proto__`. */
export const json: fc.Arbitrary<string> = fc.oneof(
  { weight: 6, arbitrary: text.map(value => JSON.stringify(value)) },
  { weight: 3, arbitrary: fc.jsonValue({ maxDepth: 3 }).map(value => JSON.stringify(value)) },
  {
    weight: 3,
    arbitrary: fc.constantFrom(
      'null',
      'true',
      'false',
      '0',
      '-0',
      '7',
      '1e999',
      '-1e400',
      '1.5',
      '9007199254740993',
      '[]',
      '{}',
      '""',
      '[""]'
    )
  },
  {
    weight: 1,
    arbitrary: fc.tuple(name, text).map(([key, value]) => `{${JSON.stringify(key)}:${JSON.stringify(value)}}`)
  },
  { weight: 1, arbitrary: fc.constantFrom(10, 1000, 5000).map(depth => '['.repeat(depth) + ']'.repeat(depth)) }
)
