import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { type OpenApiDocument, operationsOf, type Schema } from '../../scripts/openapi/document.ts'
import { createTestApp } from '../support/app.ts'

// What generators for Swift and Kotlin make of a document does not run here. These are the rules that their documents
// state, and that spare whoever uses them wrappers, clashes and numbered names.

const app = await createTestApp()
const document: OpenApiDocument = (await app.server.inject('/openapi.json')).json()
const operations = operationsOf(document)
const named = Object.entries(document.components.schemas)

/** Every schema, with its place. */
const schemas = [
  ...named.flatMap(([name, schema]) => within(schema, name)),
  ...operations.flatMap(({ content: { operationId, parameters = [], requestBody, responses } }) => [
    ...parameters.flatMap(({ name, schema }) => within(schema, `${operationId} ${name}`)),
    ...[requestBody, ...Object.values(responses)].flatMap(body =>
      Object.values(body?.content ?? {}).flatMap(({ schema }) => within(schema, operationId))
    )
  ])
]

function within(schema: Schema, place: string): { place: string; schema: Schema }[] {
  const fields = Object.entries(schema.properties ?? {}).flatMap(([name, part]) => within(part, `${place}.${name}`))
  return [{ place, schema }, ...fields, ...(schema.items ? within(schema.items, `${place}[]`) : [])]
}

const places = (holds: (schema: Schema) => boolean) =>
  schemas.filter(({ schema }) => holds(schema)).map(({ place }) => place)

suite('for generators, the OpenAPI document', () => {
  test('composes no schema of others: of those they make wrappers', () => {
    assert.deepEqual(
      places(schema => ['allOf', 'anyOf', 'oneOf', 'not', 'const'].some(keyword => keyword in schema)),
      []
    )
  })

  test('names every object with fields, and refers to it by that', () => {
    const withFields = places(({ properties }) => Object.keys(properties ?? {}).length > 0)
    assert.deepEqual(
      withFields,
      withFields.filter(place => place in document.components.schemas)
    )
    const lists = schemas.filter(({ schema }) => schema.items)
    assert(lists.length > 0 && lists.every(({ schema }) => schema.items?.$ref))
  })

  test('gives every schema one type, with null beside it at most', () => {
    for (const { place, schema } of schemas) {
      if (schema.$ref) continue
      const types = [schema.type ?? []].flat()
      assert.equal(types.filter(type => type !== 'null').length, 1, place)
      if (schema.enum) assert(['string', 'boolean'].includes(String(schema.type)), place)
    }
  })

  test('uses formats that have a type in Swift and in Kotlin, or are text in both', () => {
    const formats = new Set(schemas.flatMap(({ schema }) => schema.format ?? []))
    assert.deepEqual([...formats].toSorted(), ['date-time', 'email', 'uri', 'uuid'])
  })

  test('has names that are identifiers everywhere, and differ by more than their case', () => {
    for (const [name, schema] of named) {
      assert.match(name, /^[A-Z][A-Za-z]+$/)
      for (const field of Object.keys(schema.properties ?? {})) assert.match(field, /^[a-z][A-Za-z]*$/, name)
      for (const value of schema.enum ?? []) assert.match(String(value), /^[A-Za-z][A-Za-z_]*$/, name)
    }
    const ids = operations.map(({ content }) => content.operationId)
    for (const names of [named.map(([name]) => name), ids])
      assert.equal(new Set(names.map(name => name.toLowerCase())).size, names.length)
  })

  test('answers each status in one media type, and succeeds with 200 alone', () => {
    for (const { name, content } of operations) {
      for (const [status, { content: types = {} }] of Object.entries(content.responses))
        assert.equal(Object.keys(types).length, 1, `${name} ${status}`)
      assert.deepEqual(
        Object.keys(content.responses).filter(status => status < '400'),
        ['200'],
        name
      )
    }
  })
})
