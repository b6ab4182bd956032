import type { ErrorObject } from 'ajv'
import { Ajv2020 } from 'ajv/dist/2020.js' // the dialect of OpenAPI 3.1
import addFormats from 'ajv-formats'
import type { FastifySchemaValidationError } from 'fastify'
import fp from 'fastify-plugin'
import { canonicalAddress } from '../src/accounts/address.ts'
import type { Fault } from '../src/errors.ts'
import { findPasswordFaults } from '../src/passwords/policy.ts'

const LONGEST = 512 // UTF-16 units of any text the policy looks at; the schemas allow at most 256 code points

/**
 * Compiles schemas for this instance and its children: bodies and headers as they are, query and path
 * with coercion (everything in a URL is text), every fault named, nothing removed in silence.
 */
export default fp<{ passwordMinLength: number }>(
  async (app, { passwordMinLength }) => {
    const strict = createAjv(passwordMinLength, false)
    const coercing = createAjv(passwordMinLength, true)
    app.setValidatorCompiler(({ schema, httpPart }) => {
      const isUrl = httpPart === 'querystring' || httpPart === 'params'
      return (isUrl ? coercing : strict).compile(schema)
    })
    // JSON and nothing else, whatever the host reads: a page of another origin can send text/plain and
    // forms without a preflight (OWASP CSRF cheat sheet).
    app.removeAllContentTypeParsers()
    app.addContentTypeParser('application/json', { parseAs: 'string' }, app.getDefaultJsonParser('error', 'error'))
  },
  { name: 'guildhall-validation', fastify: '5.x' }
)

function createAjv(passwordMinLength: number, coerceTypes: boolean): Ajv2020 {
  const ajv = new Ajv2020({
    allErrors: true,
    coerceTypes,
    useDefaults: true,
    removeAdditional: false,
    // What Redocly lints in npm run check is not compiled against its meta-schema at every start.
    validateSchema: false,
    strict: true,
    strictTypes: false,
    // With it on, coercion makes "1e999" an Infinity that minimum and maximum then do not look at.
    strictNumbers: !coerceTypes
  })
  addFormats.default(ajv, ['uuid', 'date-time'])
  ajv.addFormat('email', (text: string) => canonicalAddress(text) !== undefined)
  const equals = (other: string, value: unknown, _: unknown, place?: { parentData: unknown }): boolean => {
    equals.errors = [{ keyword: 'x-equals', message: `must be the same as ${other}`, params: {} }]
    return field(place?.parentData, other) === value
  }
  equals.errors = [] as Partial<ErrorObject>[]
  ajv.addKeyword({ keyword: 'x-equals', errors: true, validate: equals })
  const policy = (_: boolean, body: unknown): boolean => {
    const text = (name: string) => {
      const value = field(body, name)
      return typeof value === 'string' && value.length <= LONGEST ? value : ''
    }
    const password = text('password')
    if (password === '') return true // its own schema says what is wrong
    const person = { email: text('email'), firstName: text('firstName'), lastName: text('lastName') }
    const faults = findPasswordFaults(password, passwordMinLength, person)
    policy.errors = faults.map(({ path, message }) => ({
      keyword: 'x-password-policy',
      instancePath: path,
      message,
      params: {}
    }))
    return faults.length === 0
  }
  policy.errors = [] as Partial<ErrorObject>[]
  ajv.addKeyword({ keyword: 'x-password-policy', type: 'object', errors: 'full', validate: policy })
  return ajv
}

function field(object: unknown, name: string): unknown {
  return typeof object === 'object' && object !== null ? Reflect.get(object, name) : undefined
}

/** The faults of a refused request: JSON pointers, and words that repeat no value of the input. */
export function faultsOf(errors: readonly FastifySchemaValidationError[]): Fault[] {
  const faults = errors.filter(error => !isImplied(error, errors)).flatMap(error => faultOf(error))
  return [...new Map(faults.map(fault => [`${fault.path} ${fault.message}`, fault])).values()]
}

/** What another fault of the same field says better: an empty text is no address, `7` is not "User". */
const IMPLIED: Record<string, string[]> = { minLength: ['pattern', 'format'], type: ['const', 'enum'] }

function isImplied(
  { keyword, instancePath }: FastifySchemaValidationError,
  all: readonly FastifySchemaValidationError[]
): boolean {
  return all.some(other => other.instancePath === instancePath && IMPLIED[keyword]?.includes(other.keyword))
}

const TYPES: Record<string, string> = {
  string: 'text',
  integer: 'a whole number',
  number: 'a number',
  boolean: 'true or false',
  object: 'an object',
  array: 'a list'
}
const FORMATS: Record<string, string> = { email: 'an e-mail address', uuid: 'a UUID', 'date-time': 'a date and time' }

function faultOf({ keyword, instancePath: path, params, message }: FastifySchemaValidationError): Fault[] {
  const at = (name: unknown) => `${path}/${String(name).replaceAll('~', '~0').replaceAll('/', '~1')}`
  switch (keyword) {
    case 'required':
    case 'dependentRequired':
      return [{ path: at(params.missingProperty), message: 'is required' }]
    case 'additionalProperties':
      return [{ path: at(params.additionalProperty), message: 'is not a known field' }]
    case 'x-equals':
    case 'x-password-policy':
      return [{ path, message: message ?? 'is not valid' }]
    case 'format':
      return [{ path, message: `must be ${FORMATS[String(params.format)] ?? 'in another form'}` }]
    case 'pattern':
      return [{ path, message: 'must not be blank or have control characters' }]
    case 'enum':
      return [{ path, message: `must be ${wordsOf(params.allowedValues)}` }]
    case 'const':
      return [{ path, message: params.allowedValue === true ? 'must be accepted' : 'is not valid' }]
    case 'type':
      return [{ path, message: `must be ${TYPES[String(params.type)] ?? 'something else'}` }]
    case 'minLength':
      return [
        { path, message: params.limit === 1 ? 'must not be empty' : `must have at least ${params.limit} characters` }
      ]
    case 'maxLength':
      return [{ path, message: `must have at most ${params.limit} characters` }]
    case 'minimum':
      return [{ path, message: `must be at least ${params.limit}` }]
    case 'maximum':
      return [{ path, message: `must be at most ${params.limit}` }]
    default:
      return [{ path, message: 'is not valid' }]
  }
}

/** `a`, `a or b`, `a, b or c` */
function wordsOf(values: unknown): string {
  return new Intl.ListFormat('en-GB', { type: 'disjunction' }).format(Array.isArray(values) ? values.map(String) : [])
}
