import fc from 'fast-check'
import { PASSWORD } from '../../test/support/client.ts'
import type { OpenApi } from '../openapi.ts'
import { json, name, place, text } from './values.ts'

/** Bodies of an operation: good ones, good ones with something wrong, and what is no JSON at all. */
export function bodyOf(schema: unknown, { schemas }: OpenApi): fc.Arbitrary<string | undefined> {
  const members = membersOf(schema, schemas)
  return fc.oneof(
    { weight: 4, arbitrary: objectOf(members, 0) },
    { weight: 6, arbitrary: objectOf(members, 0.3) },
    { weight: 1, arbitrary: json },
    { weight: 1, arbitrary: noJson },
    { weight: 1, arbitrary: fc.constant(undefined) }
  )
}

const noJson = fc.oneof(
  fc.constantFrom(
    '',
    ' ',
    '{',
    '}',
    '{"a":',
    "{'a':1}",
    '{"a":1,}',
    'undefined',
    '\ufeff{}',
    '{}{}',
    '// {}',
    'a=b&c=d'
  ),
  fc.constantFrom(65_000, 65_537, 200_000).map(length => JSON.stringify({ email: 'x'.repeat(length) })),
  fc.string({ unit: 'binary', maxLength: 200 })
)

/** The members of an object schema, each with JSON texts that it should take. */
function membersOf(schema: unknown, schemas: OpenApi['schemas']): [string, fc.Arbitrary<string>][] {
  const properties = property(resolve(schema, schemas), 'properties')
  return Object.entries(isObject(properties) ? properties : {}).map(([key, value]) => {
    return [key, valid(key, resolve(value, schemas)).map(good => JSON.stringify(good))]
  })
}

function valid(key: string, schema: unknown): fc.Arbitrary<unknown> {
  const allowed = property(schema, 'enum')
  if (Array.isArray(allowed)) return fc.constantFrom(...allowed)
  if (property(schema, 'const') !== undefined) return fc.constant(property(schema, 'const'))
  switch (key) {
    case 'email':
      return fc.oneof(fc.constantFrom(place('own-email'), place('other-email')), fc.emailAddress())
    case 'password':
    case 'confirmPassword':
      return fc.constantFrom(PASSWORD, place('password'), 'a new long passphrase')
    case 'refreshToken':
      return fc.constant(place('refresh'))
    default:
      return fc.oneof(fc.constant('Ada'), text)
  }
}

/**
 * Objects as JSON.
 *
 * @param spoilt 0 for good ones; else other values, members left out or there twice, and names that nobody knows
 */
function objectOf(members: [string, fc.Arbitrary<string>][], spoilt: number): fc.Arbitrary<string> {
  const parts = members.map(([key, good]) => {
    const pair = (value: string) => `${JSON.stringify(key)}:${value}`
    const kept = good.map(value => [pair(value)])
    if (spoilt === 0) return kept
    return fc.oneof(
      { weight: 7, arbitrary: kept },
      { weight: 2, arbitrary: json.map(value => [pair(value)]) },
      { weight: 1, arbitrary: fc.constant<string[]>([]) },
      { weight: 1, arbitrary: fc.tuple(good, json).map(([one, two]) => [pair(one), pair(two)]) }
    )
  })
  const more = fc.array(
    fc.tuple(name, json).map(([key, value]) => `${JSON.stringify(key)}:${value}`),
    { maxLength: spoilt === 0 ? 0 : 2 }
  )
  return fc.tuple(fc.tuple(...parts), more).map(([known, unknown]) => `{${[...known.flat(), ...unknown].join(',')}}`)
}

function resolve(schema: unknown, schemas: OpenApi['schemas']): unknown {
  const ref = property(schema, '$ref')
  return typeof ref === 'string' ? schemas[ref.slice(ref.lastIndexOf('/') + 1)] : schema
}

function property(value: unknown, key: string): unknown {
  return isObject(value) ? Reflect.get(value, key) : undefined
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null
}
