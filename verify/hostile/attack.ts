import fc from 'fast-check'
import { METHODS, type OpenApi, type Operation } from '../openapi.ts'
import { bodyOf } from './body.ts'
import { HEADERS } from './headers.ts'
import { name, PLACES, type Place, place, text } from './values.ts'

export const ACTORS = ['anonymous', 'User', 'Admin'] as const
export type Actor = (typeof ACTORS)[number]

/** A request, with places for what only its sender knows: the same seed makes the same one. */
export interface Attack {
  actor: Actor
  operation: string
  method: string
  target: string
  headers: [string, string][]
  body: string | undefined
}

/** Requests made from the OpenAPI document: some good, most with one or more things wrong. */
export function attacks(api: OpenApi): fc.Arbitrary<Attack> {
  // Where there is something to get wrong, more often.
  const weight = ({ body, parameters }: Operation) => 1 + (body ? 4 : 0) + 2 * parameters.length
  return fc.oneof(...api.operations.map(one => ({ weight: weight(one), arbitrary: attack(one, api) })))
}

function attack(operation: Operation, api: OpenApi): fc.Arbitrary<Attack> {
  return fc.record({
    actor: fc.constantFrom(...ACTORS),
    operation: fc.constant(operation.id),
    method: mostly(9, operation.method, fc.constantFrom(...METHODS, 'TRACE', 'PROPFIND', 'get', 'FOO')),
    target: fc.tuple(pathOf(operation), queryOf(operation)).map(([path, query]) => path + query),
    headers: fc
      .tuple(contentType(operation), fc.array(fc.oneof(...HEADERS), { maxLength: 2 }))
      .map(([type, more]) => [...type, ...more]),
    body: operation.body ? bodyOf(operation.body, api) : mostly(9, undefined, text)
  })
}

function pathOf({ path }: Operation): fc.Arbitrary<string> {
  const id = fc.oneof(
    { weight: 6, arbitrary: fc.constantFrom(place('own-id'), place('other-id')) },
    { weight: 2, arbitrary: fc.uuid() },
    { weight: 2, arbitrary: text.map(value => encodeURIComponent(value.toWellFormed())) }
  )
  const filled = path.includes('{id}') ? id.map(value => path.replace('{id}', value)) : fc.constant(path)
  const spelling = fc.constantFrom<(path: string) => string>(
    path => path.toUpperCase(),
    path => `${path}/`,
    path => `/${path}`,
    path => `${path}//`,
    path => `${path}/.`,
    path => `${path}/..`,
    path => `/x/..${path}`,
    path => `/.${path}`,
    path => `${path};a=b`,
    path => `${path};jsessionid=1/`,
    path => `${path}.json`,
    path => `${path}%00`,
    path => `${path}%`,
    path => `${path}%2`,
    path => `${path}%ff%fe`,
    path => `${path}%2f`,
    path => `${path}#x`,
    path => path.replace('a', '%61'),
    path => path.replace('a', '%2561'),
    path => path.replaceAll('/', '%2F'),
    path => path.replaceAll('/', '\\'),
    path => path.slice(1),
    path => `http://evil.example${path}`,
    path => `//evil.example${path}`,
    path => `${path}/${'a/'.repeat(200)}`,
    path => path + 'a'.repeat(9000),
    () => '*',
    () => '/'
  )
  return fc.oneof(
    { weight: 8, arbitrary: filled },
    { weight: 3, arbitrary: fc.tuple(filled, spelling).map(([path, respell]) => respell(path)) }
  )
}

function queryOf({ parameters }: Operation): fc.Arbitrary<string> {
  const known = parameters.filter(parameter => parameter.in === 'query').map(parameter => parameter.name)
  const anyName = known.length === 0 ? name : fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...known) }, name)
  const anyValue = fc.oneof(text, fc.constantFrom('1', '500', '501', '-1', '1e3', '', 'User', 'Admin', 'a'))
  const pairs = fc.array(fc.tuple(anyName, anyValue), { minLength: 1, maxLength: 4 })
  const good = fc.tuple(...known.map(key => fc.option(validFor(key).map((value): [string, string] => [key, value]))))
  const odd = ['?', '??', '?&&&', '?a', '?=', '?%', '?%zz=%zz', '?a[b]=c&a[c]=d', '?a=1&a=2', `?${'a=b&'.repeat(500)}`]
  const isTaken = known.length > 0
  return fc.oneof(
    { weight: 6, arbitrary: fc.constant('') },
    { weight: isTaken ? 8 : 0, arbitrary: good.map(list => queryText(list.filter(pair => pair !== null))) },
    { weight: isTaken ? 4 : 1, arbitrary: pairs.map(queryText) },
    { weight: 1, arbitrary: fc.constantFrom(...odd) }
  )
}

function validFor(key: string): fc.Arbitrary<string> {
  if (key === 'limit') return fc.constantFrom('1', '7', '500')
  return key === 'role' ? fc.constantFrom('User', 'Admin') : text
}

function queryText(pairs: readonly [string, string][]): string {
  return pairs.length === 0 ? '' : `?${pairs.map(pair => pair.map(inUrl).join('=')).join('&')}`
}

function contentType({ body }: Operation): fc.Arbitrary<[string, string][]> {
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

/** The bytes of a request, its places filled. */
export function bytesOf({ method, target, headers, body }: Attack, values: Record<Place, string>): Buffer {
  const fill = (text: string) => PLACES.reduce((filled, name) => filled.replaceAll(place(name), values[name]), text)
  const content = body === undefined ? undefined : Buffer.from(fill(body), 'utf8')
  const hasHost = headers.some(([name]) => name === 'Host')
  const lines = [
    `${method} ${fill(target)} HTTP/1.1`,
    ...(hasHost ? [] : ['Host: localhost:3000']),
    'Connection: close',
    ...headers.map(([name, value]) => `${name}: ${fill(value)}`),
    ...(values.bearer === '' || headers.some(([name]) => name === 'Authorization')
      ? []
      : [`Authorization: Bearer ${values.bearer}`]),
    ...(content === undefined ? [] : [`Content-Length: ${content.length}`])
  ]
  return Buffer.concat([Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1'), content ?? Buffer.alloc(0)])
}

/** What never appears as it is in a request line, unless it is sent on purpose. */
function inUrl(text: string): string {
  return text.includes('{{') ? text : encodeURIComponent(text.toWellFormed())
}

function mostly<T, U>(weight: number, good: T, other: fc.Arbitrary<U>): fc.Arbitrary<T | U> {
  return fc.oneof({ weight, arbitrary: fc.constant(good) }, { weight: 1, arbitrary: other })
}
