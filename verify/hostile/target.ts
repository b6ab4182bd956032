import fc from 'fast-check'
import type { Operation } from '../openapi.ts'
import { name, place, text } from './values.ts'

/** The path of an operation, or another spelling of it. */
export function pathOf({ path }: Operation): fc.Arbitrary<string> {
  const id = fc.oneof(
    { weight: 6, arbitrary: fc.constantFrom(place('own-id'), place('other-id')) },
    { weight: 2, arbitrary: fc.uuid() },
    { weight: 2, arbitrary: text.map(value => encodeURIComponent(value.toWellFormed())) }
  )
  // A second id, such as a session's: one that might be, or anything.
  const filled = fc.tuple(id, id).map(([first, second]) => path.replace('{id}', first).replace(/\{\w+\}/, second))
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

/** A query that it takes, one that it does not, or none. */
export function queryOf({ parameters }: Operation): fc.Arbitrary<string> {
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

/** What never appears as it is in a request line, unless it is sent on purpose. */
function inUrl(text: string): string {
  return text.includes('{{') ? text : encodeURIComponent(text.toWellFormed())
}
