import type { FastifySchemaValidationError } from 'fastify'
import { IF_MATCH } from './preconditions.ts'
import type { Fault } from './problems.ts'
import { CODE, FREE_TEXT, IN_UTC } from './schemas.ts'

const MOST = 100 // faults in an answer: a body of nonsense has thousands, and no form has so many fields

/** The faults of a refused request: JSON pointers, and words that repeat no value of the input. */
export function faultsOf(errors: readonly FastifySchemaValidationError[]): Fault[] {
  // A set, because a hostile body has thousands of faults, and each is looked for among all.
  const all = new Set(errors.map(({ keyword, instancePath }) => `${keyword} ${instancePath}`))
  const faults = new Map<string, Fault>()
  for (const error of errors) {
    if (faults.size >= MOST) break
    if (isImplied(error, all)) continue
    for (const fault of faultOf(error)) faults.set(`${fault.path} ${fault.message}`, fault)
  }
  return [...faults.values()]
}

/** What another fault of the same field says better: an empty text is no address, `7` is not "User". */
const IMPLIED: Record<string, string[]> = { minLength: ['pattern', 'format'], type: ['const', 'enum'] }

function isImplied({ keyword, instancePath }: FastifySchemaValidationError, all: ReadonlySet<string>): boolean {
  return IMPLIED[keyword]?.some(better => all.has(`${better} ${instancePath}`)) ?? false
}

const TYPES: Record<string, string> = {
  string: 'must be text',
  integer: 'must be a whole number',
  number: 'must be a number',
  boolean: 'must be true or false',
  object: 'must be an object',
  array: 'must be a list'
}
const WRONG_FORMAT = 'has the wrong format'
const FORMATS: Record<string, string> = {
  email: 'must be an e-mail address',
  uuid: 'must be a UUID',
  'date-time': 'must be a date and time'
}

const PATTERNS: Record<string, string> = {
  [FREE_TEXT]: 'must not be blank or contain control characters',
  [IN_UTC]: 'must be in UTC, with Z at its end',
  [IF_MATCH]: 'must be * or entity tags in double quotes',
  [CODE]: 'must be the eight digits from the mail'
}

function faultOf({ keyword, instancePath: path, params, message }: FastifySchemaValidationError): Fault[] {
  const at = (name: unknown) => `${path}/${String(name).replaceAll('~', '~0').replaceAll('/', '~1')}`
  switch (keyword) {
    case 'required':
    case 'dependentRequired':
      return [{ path: at(params.missingProperty), message: 'is required' }]
    case 'additionalProperties':
      return [{ path: at(params.additionalProperty), message: 'is not a recognised field' }]
    case 'x-equals':
    case 'x-password-policy':
    case 'x-token-or-code':
      return [{ path, message: message ?? 'is not valid' }]
    case 'format':
      return [{ path, message: FORMATS[String(params.format)] ?? WRONG_FORMAT }]
    case 'pattern':
      return [{ path, message: PATTERNS[String(params.pattern)] ?? WRONG_FORMAT }]
    case 'enum':
      return [{ path, message: `must be ${wordsOf(params.allowedValues)}` }]
    case 'const':
      return [{ path, message: params.allowedValue === true ? 'must be accepted' : 'is not valid' }]
    case 'type':
      return [{ path, message: TYPES[String(params.type)] ?? 'has the wrong type' }]
    case 'minLength':
      return [
        { path, message: params.limit === 1 ? 'must not be empty' : `must be at least ${params.limit} characters long` }
      ]
    case 'maxLength':
      return [{ path, message: `must be at most ${params.limit} characters long` }]
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
