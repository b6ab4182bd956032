import type { ErrorObject } from 'ajv'
import { Ajv2020 } from 'ajv/dist/2020.js' // the dialect of OpenAPI 3.1
import addFormats from 'ajv-formats'
import type { FastifySchemaValidationError } from 'fastify'
import fp from 'fastify-plugin'
import { canonicalAddress } from '../src/accounts/address.ts'
import type { Fault } from '../src/errors.ts'
import { findPasswordFaults } from '../src/passwords/policy.ts'

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
  },
  { name: 'guildhall-validation', fastify: '5.x' }
)

function createAjv(passwordMinLength: number, coerceTypes: boolean): Ajv2020 {
  const ajv = new Ajv2020({
    allErrors: true,
    coerceTypes,
    useDefaults: true,
    removeAdditional: false,
    strict: true,
    strictTypes: false
  })
  addFormats.default(ajv, ['uuid', 'date-time'])
  ajv.addFormat('email', (text: string) => canonicalAddress(text) !== undefined)
  ajv.addKeyword({
    keyword: 'x-equals',
    validate: (other: string, value: unknown, _: unknown, place?: { parentData: unknown }) =>
      field(place?.parentData, other) === value
  })
  const policy = (_: boolean, body: unknown): boolean => {
    if (typeof field(body, 'password') !== 'string') return true // its own schema says what is wrong
    const text = (name: string) => String(field(body, name) ?? '')
    const person = { email: text('email'), firstName: text('firstName'), lastName: text('lastName') }
    const faults = findPasswordFaults(text('password'), passwordMinLength, person)
    policy.errors = faults.map(({ path, message }) => ({
      keyword: 'x-password-policy',
      instancePath: path,
      message,
      params: {}
    }))
    return faults.length === 0
  }
  policy.errors = new Array<Partial<ErrorObject>>()
  ajv.addKeyword({ keyword: 'x-password-policy', type: 'object', errors: 'full', validate: policy })
  return ajv
}

function field(object: unknown, name: string): unknown {
  return typeof object === 'object' && object !== null ? Reflect.get(object, name) : undefined
}

/** The faults of a refused request: JSON pointers, and words that repeat no value of the input. */
export function faultsOf(errors: readonly FastifySchemaValidationError[]): Fault[] {
  const faults = errors.flatMap(error => faultOf(error))
  return [...new Map(faults.map(fault => [`${fault.path} ${fault.message}`, fault])).values()]
}

function faultOf({ keyword, instancePath, params, message }: FastifySchemaValidationError): Fault[] {
  const at = (name: unknown) => `${instancePath}/${String(name).replaceAll('~', '~0').replaceAll('/', '~1')}`
  switch (keyword) {
    case 'required':
      return [{ path: at(params.missingProperty), message: 'is required' }]
    case 'dependentRequired':
      return [{ path: at(params.missingProperty), message: 'is required' }]
    case 'additionalProperties':
      return [{ path: at(params.additionalProperty), message: 'is not a known field' }]
    case 'x-equals':
      return [{ path: instancePath, message: 'must be the same' }]
    case 'format':
      return [
        {
          path: instancePath,
          message: params.format === 'email' ? 'must be an e-mail address' : `must be a ${params.format}`
        }
      ]
    case 'pattern':
      return [{ path: instancePath, message: 'must not be blank or have control characters' }]
    case 'enum':
      return [{ path: instancePath, message: `must be one of ${String(params.allowedValues)}` }]
    case 'if':
      return []
    default:
      return [{ path: instancePath, message: message ?? 'is not valid' }]
  }
}
