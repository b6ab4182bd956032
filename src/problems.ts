import { Type } from '@sinclair/typebox'
import { ERRORS, type ErrorCode } from './errors.ts'

const ProblemSchema = Type.Object(
  {
    type: Type.String({ format: 'uri' }),
    title: Type.String(),
    status: Type.Integer(),
    detail: Type.String(),
    instance: Type.String({ format: 'uri' }),
    code: Type.Unsafe<ErrorCode>({ type: 'string', enum: Object.keys(ERRORS) }),
    message: Type.String({ description: 'Equal to detail.' }),
    requestId: Type.String(),
    errors: Type.Optional(
      Type.Array(
        Type.Object({ path: Type.String({ description: 'JSON pointer' }), message: Type.String() }, { title: 'Fault' })
      )
    )
  },
  { title: 'Problem', description: 'RFC 9457 problem details.' }
)

// What any route may answer.
const ALWAYS: ErrorCode[] = ['malformed_request', 'internal_error', 'unavailable', 'busy']
const WITH_BODY: ErrorCode[] = ['validation_failed', 'payload_too_large', 'unsupported_media_type']
const WITH_MEMBER: ErrorCode[] = [
  'authentication_required',
  'token_invalid',
  'token_expired',
  'session_expired',
  'session_revoked'
]

/** The error responses of a route for its schema, by status: each documents which codes it may carry. */
export function problems(of: 'public' | 'member', ...codes: ErrorCode[]) {
  const all = new Set([...ALWAYS, ...WITH_BODY, ...(of === 'member' ? WITH_MEMBER : []), ...codes])
  const byStatus = Map.groupBy(all, code => ERRORS[code][0])
  return Object.fromEntries(
    [...byStatus].map(([status, list]) => [
      status,
      { description: list.join(', '), content: { 'application/problem+json': { schema: ProblemSchema } } }
    ])
  )
}
