import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import {
  type Example,
  type MediaType,
  type OpenApiDocument,
  operationsOf,
  pointer
} from '../../scripts/openapi/document.ts'
import { ERRORS } from '../../src/errors.ts'
import { createTestApp } from '../support/app.ts'
import { createMember } from '../support/client.ts'

const app = await createTestApp()
const document: OpenApiDocument = (await app.server.inject('/openapi.json')).json()
const operations = operationsOf(document)

const ajv = new Ajv2020({ strict: false })
addFormats.default(ajv)
ajv.addSchema({ $id: 'api', ...document })

/** The examples of a body or an answer, by name. */
function examplesOf({ example, examples = {} }: MediaType): [name: string, value: unknown][] {
  const named = Object.entries(examples).map(([name, given]): [string, unknown] => [name, resolve(given).value])
  return example === undefined ? named : [['', example], ...named]
}

function resolve(example: Example | { $ref: string }): Example {
  if (!('$ref' in example)) return example
  return document.components.examples[example.$ref.split('/').at(-1) ?? ''] ?? assert.fail(example.$ref)
}

/** Whether each of the examples is what the schema at this place of the document says. */
function accepts(values: readonly unknown[], ...place: string[]): void {
  const where = pointer(...place)
  const validate = ajv.compile({ $ref: `api${where.replaceAll('{', '%7B').replaceAll('}', '%7D')}` })
  assert(values.length > 0, `${where} has no example`)
  for (const value of values) assert(validate(value), `${where}: ${ajv.errorsText(validate.errors)}`)
}

suite('the OpenAPI document', () => {
  for (const { name, path, method, content: operation } of operations) {
    const at = ['paths', path, method]

    test(`shows a body and every answer of ${name}`, () => {
      const bodies = Object.entries(operation.requestBody?.content ?? {}).map(
        ([type, media]) => [media, ['requestBody', 'content', type]] as const
      )
      const answers = Object.entries(operation.responses).flatMap(([status, { content = {} }]) =>
        Object.entries(content).map(([type, media]) => [media, ['responses', status, 'content', type]] as const)
      )
      assert.equal(answers.length, Object.keys(operation.responses).length)
      for (const [media, place] of [...bodies, ...answers])
        accepts(
          examplesOf(media).map(([, value]) => value),
          ...at,
          ...place,
          'schema'
        )
    })

    test(`shows a problem of every code that ${name} answers`, () => {
      for (const [status, { description, content = {} }] of Object.entries(operation.responses)) {
        if (status < '400') continue
        const codes = [...description.matchAll(/^- `(\w+)`/gm)].map(([, code]) => code)
        const media = content['application/problem+json'] ?? assert.fail(status)
        assert.deepEqual(
          examplesOf(media).map(([code, value]) => [code, Reflect.get(Object(value), 'code'), Object(value).status]),
          codes.map(code => [code, code, Number(status)])
        )
      }
    })

    // /docs fills in what has an example: a filter, a cursor or a version would spoil the first try.
    test(`shows what stands in the path of ${name}`, () => {
      for (const [index, parameter] of (operation.parameters ?? []).entries()) {
        assert.equal('example' in parameter, parameter.in === 'path', parameter.name)
        if ('example' in parameter) accepts([parameter.example], ...at, 'parameters', String(index), 'schema')
      }
    })
  }

  test('calls no two things by one id', () => {
    const ids = ['Account', 'Session', 'Event', 'UndeliveredMail'].map(name => {
      const [example] = document.components.schemas[name]?.examples ?? []
      return Object(example).id ?? assert.fail(name)
    })
    assert.equal(new Set(ids).size, ids.length)
  })

  test('shows every error once, and refers to it', () => {
    assert.deepEqual(Object.keys(document.components.examples).toSorted(), [...shownCodes()].toSorted())
    for (const [code, { value }] of Object.entries(document.components.examples))
      assert.equal(Object(value).detail, Reflect.get(ERRORS, code)[1])
  })
})

function shownCodes(): Set<string> {
  const medias = operations.flatMap(({ content }) =>
    Object.values(content.responses).flatMap(({ content = {} }) => content['application/problem+json'] ?? [])
  )
  return new Set(medias.flatMap(({ examples = {} }) => Object.keys(examples)))
}

test('the server takes every example of a body', async () => {
  const admin = await createMember(app, { role: 'Admin' })
  const methods = { post: 'POST', put: 'PUT', delete: 'DELETE' } as const
  let sent = 0
  for (const { name, path, method, content: operation } of operations) {
    const media = operation.requestBody?.content['application/json']
    if (!media || (method !== 'post' && method !== 'put' && method !== 'delete')) continue
    const url = (operation.parameters ?? []).reduce((text, p) => text.replace(`{${p.name}}`, String(p.example)), path)
    for (const [, body] of examplesOf(media)) {
      admin.cookie = undefined // a refresh token comes by cookie or in the body
      const answer = await admin.request(methods[method], `/${url}`, body)
      // What the example names is not there; but nothing is wrong with how it is said, save a code that nobody sent.
      const faults = answer.body.errors?.filter(({ path }) => path !== '/code') ?? []
      assert.deepEqual(faults, [], name)
      assert(answer.status !== 400 || answer.body.code === 'validation_failed', name)
      assert(answer.status < 500, name)
      sent++
    }
  }
  assert.equal(sent, 18)
})
