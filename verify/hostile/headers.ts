import fc from 'fast-check'
import type { Operation } from '../openapi.ts'
import { place } from './values.ts'

const header = (name: string, ...values: string[]): fc.Arbitrary<[string, string]> =>
  fc.constantFrom(...values).map(value => [name, value])

/** Bytes that a header may carry by HTTP's own grammar, and some that it may not. */
const noise = fc.string({
  unit: fc.integer({ min: 0x20, max: 0xff }).map(code => String.fromCharCode(code)),
  maxLength: 60
})

/** Headers as nobody honest sends them. */
export const HEADERS: readonly fc.Arbitrary<[string, string]>[] = [
  header('Host', '', 'evil.example', 'localhost:3000, evil.example', 'a b', '[::1', 'x'.repeat(3000)),
  header('X-Forwarded-For', '1.2.3.4', '::1, 10.0.0.1:80', 'x', ',,,', "'"),
  header('X-Forwarded-Host', 'evil.example', '\t'),
  header('X-Forwarded-Proto', 'https', 'javascript'),
  header('Forwarded', 'for=1.2.3.4;host=evil.example', 'for="'),
  header('X-Original-URL', '/accounts'),
  header('X-HTTP-Method-Override', 'DELETE', 'GET'),
  header('Accept', '*/*', 'text/html', 'application/xml;q=1', ',;q=', ''),
  header('Accept-Encoding', 'gzip, br', 'identity;q=0', '*;q=0'),
  header(
    'Accept-Language',
    'de',
    'de;q=1,en;q=',
    '*',
    'x'.repeat(3000),
    '__proto__',
    'constructor',
    'de-DE-u-co-phonebk',
    'ÿ'
  ),
  header('Origin', 'null', 'http://localhost:3000', 'https://app.example.com', 'https://evil.example', ''),
  header('Referer', 'https://evil.example/', 'x'),
  header('Sec-Fetch-Site', 'cross-site', 'same-origin', 'x'),
  header('If-Match', '*', '"x"', 'W/"x"', '"', 'x'),
  header('If-None-Match', '*', '"x"'),
  header('Range', 'bytes=0-1', 'bytes=-1'),
  header('Expect', '100-continue', '200-ok'),
  header('Upgrade', 'h2c', 'websocket'),
  header('Content-Encoding', 'gzip', 'identity', 'x'),
  header('Content-Type', 'application/json'),
  header('User-Agent', '', 'x'.repeat(4000), 'ÿþ', '<script>', '\t'),
  header(
    'Authorization',
    'Bearer',
    'Bearer x',
    'Bearer a.b.c',
    `bearer ${place('bearer')}`,
    `Bearer  ${place('bearer')}`,
    'Basic YTpi',
    'Basic',
    '',
    'ÿ',
    'x'.repeat(8000)
  ),
  header(
    'Cookie',
    `__Host-refresh=${place('refresh')}`,
    `__Host-refresh=x; __Host-refresh=${place('refresh')}`,
    `__Host-refresh="${place('refresh')}"`,
    '__Host-refresh=j:7',
    '__Host-refresh=',
    '__Host-refresh',
    '__Host-refresh=%',
    '__Host-refresh=%00',
    '=',
    ';;;',
    '__proto__=x; constructor=y',
    `a=${'b'.repeat(7000)}`,
    'ÿ=ÿ'
  ),
  header('X-Request-Id', 'x', '\t', 'x'.repeat(2000)),
  header('Traceparent', '00-x'),
  header('__proto__', 'x'),
  header('constructor', 'x'),
  header('Bad Name', 'x'),
  header('X-Folded', 'a\r\n b'),
  header('X-Long', 'x'.repeat(20_000)),
  noise.map(value => ['X-Noise', value]),
  noise.map(value => ['Cookie', `__Host-refresh=${value}`])
]

/** What a body is said to be. */
export function contentType({ body }: Operation): fc.Arbitrary<[string, string][]> {
  const good: [string, string][] = body ? [['Content-Type', 'application/json']] : []
  const spellings = [
    'application/json; charset=utf-8',
    'APPLICATION/JSON',
    'application/json;',
    'application/json ;x=y',
    '\tapplication/json',
    'application/json\t',
    'application/json, text/plain',
    'application/json; charset=utf-16',
    'application/json; charset="',
    'application/x-json',
    'application/problem+json',
    'application/vnd.api+json',
    'text/json',
    'text/plain',
    'text/plain; application/json',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'multipart/form-data',
    'application/',
    '/json',
    '*/*',
    '',
    ' ',
    ';',
    'a'.repeat(5000),
    '__proto__',
    'application/json\u00a0',
    'ÿ'
  ]
  const bad = fc.constantFrom(...spellings).map((type): [string, string][] => [['Content-Type', type]])
  const twice = fc.constant<[string, string][]>([...good, ['Content-Type', 'text/plain']])
  return fc.oneof(
    { weight: 8, arbitrary: fc.constant(good) },
    { weight: 2, arbitrary: bad },
    { weight: 1, arbitrary: twice }
  )
}
