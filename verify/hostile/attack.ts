import fc from 'fast-check'
import { METHODS, type OpenApi, type Operation } from '../openapi.ts'
import { bodyOf } from './body.ts'
import { contentType, HEADERS } from './headers.ts'
import { pathOf, queryOf } from './target.ts'
import { PLACES, type Place, place, text } from './values.ts'

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

function mostly<T, U>(weight: number, good: T, other: fc.Arbitrary<U>): fc.Arbitrary<T | U> {
  return fc.oneof({ weight, arbitrary: fc.constant(good) }, { weight: 1, arbitrary: other })
}
