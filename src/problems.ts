import { type Static, Type } from '@sinclair/typebox'
import { ERRORS, type ErrorCode } from './errors.ts'

/** One fault in the input: a place, and what is expected there. */
export const Fault = Type.Object(
  {
    path: Type.String({ description: 'A JSON pointer into the body, or `/` and the name of a parameter.' }),
    message: Type.String({ description: 'What is expected there, to be read behind the name of the field.' })
  },
  { title: 'Fault' }
)
export type Fault = Static<typeof Fault>

const Code = Type.Unsafe<ErrorCode>({
  title: 'ErrorCode',
  type: 'string',
  enum: Object.keys(ERRORS),
  description: 'Of a code that it does not know, a client goes by the status.'
})

/** RFC 9457 problem details, with what existing clients and support need beside them. */
export const ProblemDetails = Type.Object(
  {
    type: Type.String({ format: 'uri', description: 'The code, as a URI.' }),
    title: Type.String({ description: 'The code, in words.' }),
    status: Type.Integer({ description: 'The HTTP status.' }),
    detail: Type.String({ description: 'A sentence for people; it never repeats input.' }),
    instance: Type.String({ format: 'uri', description: 'This occurrence: the requestId, as a URI.' }),
    code: Code,
    message: Type.String({ description: 'Equal to detail.' }),
    requestId: Type.String({ description: 'What the log calls this request.' }),
    errors: Type.Optional(
      Type.Array(Fault, { description: 'With `validation_failed`: every fault, not the first only.' })
    )
  },
  {
    title: 'Problem',
    description: 'RFC 9457 problem details. Programs decide by `code`.'
  }
)
export type ProblemDetails = Static<typeof ProblemDetails>

/** What an error answers. */
export function detailsOf(code: ErrorCode, requestId: string, faults?: readonly Fault[]): ProblemDetails {
  const [status, message] = ERRORS[code]
  const words = code.replaceAll('_', ' ')
  return {
    type: `urn:guildhall:problem:${code}`,
    title: words.charAt(0).toUpperCase() + words.slice(1),
    status,
    detail: message,
    // Not the URL: it could repeat input, or hold a token.
    instance: `urn:guildhall:request:${requestId}`,
    code,
    message,
    requestId,
    ...(faults ? { errors: [...faults] } : {})
  }
}

/** What problem details are sent as. */
export const PROBLEM_TYPE = 'application/problem+json'

const HEADERS = new Map([
  [401, { 'WWW-Authenticate': Type.String({ description: '`Bearer`' }) }],
  [
    429,
    {
      'Retry-After': Type.Integer({ description: 'Seconds until another try makes sense.' }),
      RateLimit: Type.String({ description: '`"name";r=0;t=…`: the limit that refused, and seconds until it ends.' }),
      'RateLimit-Policy': Type.String({
        description: '`"name";q=…;w=…, …`: requests and seconds of every limit of this route.'
      })
    }
  ],
  [503, { 'Retry-After': Type.Integer({ description: 'Seconds until another try makes sense.' }) }]
])

const EXAMPLE_REQUEST = '0f8e2a4c-6b1d-4c3a-9e57-2d1f0b9a8c76'
const EXAMPLE_FAULTS = [{ path: '/email', message: 'must be an e-mail address' }]

function exampleProblem(code: ErrorCode) {
  return { value: detailsOf(code, EXAMPLE_REQUEST, code === 'validation_failed' ? EXAMPLE_FAULTS : undefined) }
}

/** Error responses for the schema of a route, by status: each says which codes it may carry, what they mean and how they look. */
export function errorResponses(codes: Iterable<ErrorCode>) {
  const byStatus = Map.groupBy(new Set(codes), code => ERRORS[code][0])
  return Object.fromEntries(
    [...byStatus].map(([status, list]) => {
      const headers = HEADERS.get(status)
      const response = {
        description: list.map(code => `- \`${code}\`: ${ERRORS[code][1]}`).join('\n'),
        content: {
          [PROBLEM_TYPE]: {
            schema: ProblemDetails,
            examples: Object.fromEntries(list.map(code => [code, exampleProblem(code)]))
          }
        }
      }
      return [status, headers ? { ...response, headers } : response]
    })
  )
}
