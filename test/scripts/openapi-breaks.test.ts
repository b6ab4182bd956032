import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { suite, test } from 'node:test'
import { announcesBreaks, describeBreaks, findBreaks } from '../../scripts/openapi/breaks.ts'
import type { OpenApiDocument, Operation, Schema } from '../../scripts/openapi/document.ts'
import { GROWING, RULES } from '../../scripts/openapi/rules.ts'

const text = readFileSync(join(import.meta.dirname, '../../docs/openapi.json'), 'utf8')
const read = (): OpenApiDocument => JSON.parse(text)

type Change = (api: Api) => void

/** Our own document, to be changed. */
class Api {
  readonly document = read()

  operation(path: string, method: string): Operation {
    return this.document.paths[path]?.[method] ?? assert.fail(`no ${method} ${path}`)
  }

  schema(name: string): Schema {
    return this.document.components.schemas[name] ?? assert.fail(`no ${name}`)
  }

  fields(name: string): Record<string, Schema> {
    return this.schema(name).properties ?? assert.fail(`${name} has no fields`)
  }

  field(name: string, field: string): Schema {
    return this.fields(name)[field] ?? assert.fail(`no ${name}.${field}`)
  }

  parameter(path: string, method: string, name: string) {
    return this.operation(path, method).parameters?.find(parameter => parameter.name === name) ?? assert.fail(name)
  }

  answer(path: string, method: string, status: string) {
    return this.operation(path, method).responses[status] ?? assert.fail(status)
  }
}

const without = (list: readonly unknown[] = [], name: string) => list.filter(item => item !== name).map(String)
const LIST = '#/paths/~1accounts/get'
const ONE = '#/paths/~1accounts~1{id}'
const SCHEMAS = '#/components/schemas'

const BREAKS: [what: string, rule: keyof typeof RULES, pointer: string, change: Change][] = [
  ['a route that is gone', 'operation-gone', `${ONE}/put`, api => delete api.document.paths['/accounts/{id}']?.put],
  [
    'an operation with another id',
    'operation-renamed',
    `${LIST}/operationId`,
    api => Object.assign(api.operation('/accounts', 'get'), { operationId: 'accounts' })
  ],
  [
    'a schema that lost its name',
    'schema-gone',
    `${SCHEMAS}/Jwk`,
    api => {
      api.field('Jwks', 'keys').items = api.schema('Jwk')
      delete api.document.components.schemas.Jwk
    }
  ],
  [
    'a public route that wants a bearer',
    'security-added',
    '#/paths/~1accounts~1register/post/security',
    api => Object.assign(api.operation('/accounts/register', 'post'), { security: [{ bearer: [] }] })
  ],
  [
    'a route that wants a cookie beside its bearer',
    'security-added',
    `${LIST}/security`,
    api => Object.assign(api.operation('/accounts', 'get'), { security: [{ bearer: [], refreshCookie: [] }] })
  ],
  [
    'a parameter that is gone',
    'parameter-gone',
    `${LIST}/parameters/3`,
    api => api.operation('/accounts', 'get').parameters?.pop()
  ],
  [
    'a parameter that is required now',
    'parameter-required',
    `${LIST}/parameters/0`,
    api => Object.assign(api.parameter('/accounts', 'get', 'limit'), { required: true })
  ],
  [
    'a new parameter that is required',
    'parameter-required',
    `${LIST}/parameters/4`,
    api => api.operation('/accounts', 'get').parameters?.push({ name: 'x', in: 'query', required: true, schema: {} })
  ],
  [
    'a body that is gone',
    'body-gone',
    `${ONE}/delete/requestBody`,
    api => delete api.operation('/accounts/{id}', 'delete').requestBody
  ],
  [
    'a body that is required now',
    'body-required',
    `${ONE}/delete/requestBody`,
    api => Object.assign(api.operation('/accounts/{id}', 'delete').requestBody ?? {}, { required: true })
  ],
  [
    'an answer of another media type',
    'media-type-gone',
    `${ONE}/get/responses/200/content/application~1json`,
    api => Object.assign(api.answer('/accounts/{id}', 'get', '200'), { content: { 'text/plain': { schema: {} } } })
  ],
  [
    'a status that is gone',
    'status-gone',
    `${ONE}/get/responses/404`,
    api => delete api.operation('/accounts/{id}', 'get').responses['404']
  ],
  [
    'a success with a new status',
    'success-added',
    `${ONE}/get/responses/202`,
    api => Object.assign(api.operation('/accounts/{id}', 'get').responses, { 202: { description: 'Later.' } })
  ],
  [
    'a header that is gone',
    'header-gone',
    `${LIST}/responses/200/headers/Link`,
    api => delete api.answer('/accounts', 'get', '200').headers?.Link
  ],
  [
    'an answer without one of its fields',
    'field-gone',
    `${SCHEMAS}/Account/properties/updated`,
    api => delete api.fields('Account').updated
  ],
  [
    'a body without one of its fields',
    'field-gone',
    `${SCHEMAS}/SuspendRequest/properties/until`,
    api => delete api.fields('SuspendRequest').until
  ],
  [
    'a new field that is required',
    'field-required',
    `${SCHEMAS}/RegisterRequest/properties/phone`,
    api => {
      api.fields('RegisterRequest').phone = { type: 'string' }
      api.schema('RegisterRequest').required?.push('phone')
    }
  ],
  [
    'a field that is required with another',
    'field-required',
    `${SCHEMAS}/UpdateAccountRequest/properties/currentPassword`,
    api => Object.assign(api.schema('UpdateAccountRequest').dependentRequired ?? {}, { email: ['currentPassword'] })
  ],
  [
    'a field of an answer that may be missing',
    'field-optional',
    `${SCHEMAS}/Session/properties/ip`,
    api => Object.assign(api.schema('Session'), { required: without(api.schema('Session').required, 'ip') })
  ],
  [
    'a field of another type',
    'type-changed',
    `${SCHEMAS}/Account/properties/isVerified/type`,
    api => Object.assign(api.field('Account', 'isVerified'), { type: 'string' })
  ],
  [
    'a field that may be null',
    'type-changed',
    `${SCHEMAS}/Session/properties/ip/type`,
    api => Object.assign(api.fields('Session'), { ip: { anyOf: [{ type: 'string' }, { type: 'null' }] } })
  ],
  [
    'a list that is none',
    'type-changed',
    `${SCHEMAS}/Jwks/properties/keys/items`,
    api => delete api.field('Jwks', 'keys').items
  ],
  [
    'an id that is no UUID',
    'format-changed',
    `${SCHEMAS}/Account/properties/id/format`,
    api => delete api.field('Account', 'id').format
  ],
  [
    'a value that a body may not have',
    'value-refused',
    `${SCHEMAS}/RefreshTokenDelivery/enum`,
    api => Object.assign(api.schema('RefreshTokenDelivery'), { enum: ['cookie'] })
  ],
  [
    'a parameter that takes one value only',
    'value-refused',
    `${LIST}/parameters/2/schema/enum`,
    api => Object.assign(api.parameter('/accounts', 'get', 'q').schema, { const: 'ada' })
  ],
  [
    'a role that clients do not know',
    'value-added',
    `${SCHEMAS}/Role/enum`,
    api => api.schema('Role').enum?.push('Owner')
  ],
  [
    'an error code that is gone',
    'value-gone',
    `${SCHEMAS}/ErrorCode/enum`,
    api => Object.assign(api.schema('ErrorCode'), { enum: without(api.schema('ErrorCode').enum, 'busy') })
  ],
  [
    'a shorter text',
    'limit-narrowed',
    `${SCHEMAS}/RegisterRequest/properties/title/maxLength`,
    api => Object.assign(api.field('RegisterRequest', 'title'), { maxLength: 40 })
  ],
  [
    'a longer text at least',
    'limit-narrowed',
    `${SCHEMAS}/RegisterRequest/properties/title/minLength`,
    api => Object.assign(api.field('RegisterRequest', 'title'), { minLength: 2 })
  ],
  [
    'a smaller page',
    'limit-narrowed',
    `${LIST}/parameters/0/schema/maximum`,
    api => Object.assign(api.parameter('/accounts', 'get', 'limit').schema, { maximum: 100 })
  ],
  [
    'another pattern',
    'limit-narrowed',
    `${SCHEMAS}/RegisterRequest/properties/title/pattern`,
    api => Object.assign(api.field('RegisterRequest', 'title'), { pattern: '^A' })
  ],
  [
    'a parameter object that is closed',
    'limit-narrowed',
    `${LIST}/parameters/2/schema/additionalProperties`,
    api => Object.assign(api.parameter('/accounts', 'get', 'q').schema, { additionalProperties: false })
  ],
  [
    'another default',
    'default-changed',
    `${LIST}/parameters/0/schema/default`,
    api => Object.assign(api.parameter('/accounts', 'get', 'limit').schema, { default: 10 })
  ],
  [
    'a keyword that nobody thought of',
    'not-comparable',
    `${SCHEMAS}/RegisterRequest/not`,
    api => Object.assign(api.schema('RegisterRequest'), { not: { required: ['role'] } })
  ]
]

suite('what breaks clients is named, with its place', () => {
  for (const [what, rule, pointer, change] of BREAKS)
    test(what, () => {
      const api = new Api()
      change(api)
      const breaks = findBreaks(read(), api.document)
      assert.deepEqual(
        breaks.map(found => [found.rule, found.pointer]),
        [[rule, pointer]]
      )
      assert(describeBreaks(breaks).startsWith(`${pointer}\n    ${rule}: ${RULES[rule][0]}`))
      assert(describeBreaks(breaks).endsWith(RULES[rule][1]))
    })

  test('by every rule', () => {
    assert.deepEqual(new Set(BREAKS.map(([, rule]) => rule)), new Set(Object.keys(RULES)))
  })

  test('where a schema that had a name is written out differently in one place', () => {
    const api = new Api()
    const media = api.answer('/accounts/{id}', 'put', '200').content?.['application/json'] ?? assert.fail()
    media.schema = structuredClone(api.schema('Account'))
    assert.deepEqual(findBreaks(read(), api.document), [])
    delete media.schema.properties?.email
    const place = '#/paths/~1accounts~1{id}/put/responses/200/content/application~1json/schema'
    assert.deepEqual(
      findBreaks(read(), api.document).map(({ pointer }) => pointer),
      [`${place}/properties/email`]
    )
  })
})

suite('what clients bear is no break', () => {
  const changes: [what: string, change: Change][] = [
    ['nothing', () => {}],
    ['a new route', api => Object.assign(api.document.paths, { '/x': { get: api.operation('/hello', 'get') } })],
    [
      'a new field of an answer',
      api => {
        api.fields('Account').phone = { type: 'string' }
        api.schema('Account').required?.push('phone')
      }
    ],
    ['a new field that need not be sent', api => Object.assign(api.fields('RegisterRequest'), { phone: {} })],
    ['a field that need no longer be sent', api => api.schema('RegisterRequest').required?.pop()],
    ['a field that is never null any more', api => Object.assign(api.field('Account', 'updated'), { type: 'string' })],
    ['a longer text', api => Object.assign(api.field('RegisterRequest', 'title'), { maxLength: 100 })],
    ['a value more that a body may have', api => api.schema('RefreshTokenDelivery').enum?.push('both')],
    ['a new error code', api => api.schema('ErrorCode').enum?.push('teapot')],
    ['a new event', api => api.schema('EventName').enum?.push('account_merged')],
    [
      'a new error status',
      api => Object.assign(api.operation('/hello', 'get').responses, { 418: { description: 'Tea.' } })
    ],
    ['other words', api => Object.assign(api.operation('/hello', 'get'), { summary: 'Hi', description: 'Hi' })],
    [
      'the same, composed',
      api => {
        const { properties, ...rest } = api.schema('Account')
        const closed = { ...rest, allOf: [{ properties }], required: api.schema('Account').required }
        api.document.components.schemas.Account = closed
      }
    ]
  ]
  for (const [what, change] of changes)
    test(what, () => {
      const api = new Api()
      change(api)
      assert.deepEqual(findBreaks(read(), api.document), [])
    })
})

test('the lists that grow are in the document', () => {
  for (const name of GROWING) assert(new Api().schema(name).enum)
})

test('a version announces breaks by its first number that is not 0', () => {
  const announcing = [
    ['0.1.0', '0.2.0'],
    ['0.1.4', '1.0.0'],
    ['1.9.0', '2.0.0']
  ] as const
  const others = [
    ['0.1.0', '0.1.0'],
    ['0.1.0', '0.1.1'],
    ['1.0.0', '1.1.0'],
    ['2.0.0', '1.0.0']
  ] as const
  for (const [released, current] of announcing) assert(announcesBreaks(released, current), current)
  for (const [released, current] of others) assert(!announcesBreaks(released, current), current)
})
