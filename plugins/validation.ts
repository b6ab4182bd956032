import type { SchemaValidateFunction } from 'ajv'
import { Ajv2020 } from 'ajv/dist/2020.js' // the dialect of OpenAPI 3.1
import addFormats from 'ajv-formats'
import fp from 'fastify-plugin'
import { canonicalAddress } from '../src/accounts/address.ts'
import { findPasswordFaults } from '../src/passwords/policy.ts'
import type { Fault } from '../src/problems.ts'

/**
 * Bytes of a body, also where a host allows more. The largest honest one has some 14 kB, when each of its letters is
 * escaped; to read and to refuse thousands of unknown fields takes milliseconds.
 */
export const BODY_LIMIT = 16 * 1024
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
    app.addHook('onRoute', route => {
      route.bodyLimit ??= BODY_LIMIT
    })
    // JSON and nothing else, whatever the host reads: a page of another origin can send text/plain and
    // forms without a preflight (OWASP CSRF cheat sheet).
    app.removeAllContentTypeParsers()
    const json = app.getDefaultJsonParser('error', 'error')
    app.addContentTypeParser('application/json', { parseAs: 'string' }, (request, text: string, done) => {
      // Many clients name the type of a body that they do not send, above all with DELETE.
      if (text === '') done(null, undefined)
      else json(request, text, done)
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
    // What Redocly lints in npm run check is not compiled against its meta-schema at every start.
    validateSchema: false,
    strict: true,
    strictTypes: false,
    // With it on, coercion makes "1e999" an Infinity that minimum and maximum then do not look at.
    strictNumbers: !coerceTypes
  })
  addFormats.default(ajv, ['uuid', 'date-time'])
  ajv.addFormat('email', (text: string) => canonicalAddress(text) !== undefined)
  const equals: SchemaValidateFunction = (other: string, value: unknown, _, place) => {
    equals.errors = [{ keyword: 'x-equals', message: `must be the same as ${other}`, params: {} }]
    return field(place?.parentData, other) === value
  }
  ajv.addKeyword('x-examples') // of @fastify/swagger
  ajv.addKeyword({ keyword: 'x-equals', errors: true, validate: equals })
  const policy: SchemaValidateFunction = (_, body: unknown) => {
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
  ajv.addKeyword({ keyword: 'x-password-policy', type: 'object', errors: 'full', validate: policy })
  const proof: SchemaValidateFunction = (_, body: unknown) => {
    const faults = findProofFaults(name => field(body, name) !== undefined)
    proof.errors = faults.map(({ path, message }) => ({
      keyword: 'x-token-or-code',
      instancePath: path,
      message,
      params: {}
    }))
    return faults.length === 0
  }
  ajv.addKeyword({ keyword: 'x-token-or-code', type: 'object', errors: 'full', validate: proof })
  return ajv
}

/** Either a token, or an address and a code; named is what is missing, or too much. */
function findProofFaults(has: (name: string) => boolean): Fault[] {
  if (has('token')) {
    const surplus = ['email', 'code'].filter(has)
    return surplus.map(name => ({ path: `/${name}`, message: 'must not come together with token' }))
  }
  if (has('email') && has('code')) return []
  if (has('code')) return [{ path: '/email', message: 'is required with code' }]
  if (has('email')) return [{ path: '/code', message: 'is required with email' }]
  return [{ path: '/token', message: 'is required, or email and code instead' }]
}

function field(object: unknown, name: string): unknown {
  return typeof object === 'object' && object !== null ? Reflect.get(object, name) : undefined
}
