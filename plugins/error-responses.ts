import type {} from '@fastify/swagger' // `hide` in route schemas
import fastJson, { type Schema } from 'fast-json-stringify'
import type { RouteOptions } from 'fastify'
import fp from 'fastify-plugin'
import type { ErrorCode } from '../src/errors.ts'
import { errorResponses, PROBLEM_TYPE } from '../src/problems.ts'
import { changesState } from './origin.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Codes that this route answers beside those that follow from what it takes and whom it lets in. */
    errors?: readonly ErrorCode[]
  }
}

const ALWAYS: ErrorCode[] = ['malformed_request', 'internal_error', 'unavailable']
const LIMITED: ErrorCode[] = ['rate_limited'] // plugins/rate-limit.ts: every route of its instance
const WITH_BODY: ErrorCode[] = ['payload_too_large', 'unsupported_media_type']
const WITH_MEMBER: ErrorCode[] = [
  'authentication_required',
  'token_invalid',
  'token_expired',
  'session_expired',
  'session_revoked'
]

/**
 * Puts the error responses into the schema of every documented route, so that routes list only codes of their own;
 * `limited` where rate limits stand before them. Into the schema, because a host application may describe our routes in
 * a document of its own.
 */
export default fp<{ limited?: boolean }>(
  async (app, { limited = false }) => {
    // plugins/errors.ts writes errors with JSON.stringify: without this, Fastify compiles a serializer for each of
    // some 170 error responses, a third of what a start costs.
    app.setSerializerCompiler<Schema>(({ schema, contentType }) =>
      contentType === PROBLEM_TYPE ? JSON.stringify : fastJson(schema)
    )
    app.addHook('onRoute', route => {
      if (!route.schema || route.schema.hide) return
      route.schema.response = Object.assign(
        {},
        route.schema.response,
        errorResponses([...codesOf(route), ...(limited ? LIMITED : [])])
      )
    })
  },
  { name: 'guildhall-error-responses', fastify: '5.x' }
)

function codesOf({ method, schema = {}, config = {} }: RouteOptions): ErrorCode[] {
  const takesInput = schema.body ?? schema.querystring ?? schema.params
  return [
    ...ALWAYS,
    ...(takesInput ? (['validation_failed'] as const) : []),
    // A DELETE may come with a body that nobody looks at: it is read all the same.
    ...(schema.body || method === 'DELETE' ? WITH_BODY : []),
    ...([method].flat().some(changesState) ? (['origin_not_allowed'] as const) : []),
    ...(config.public ? [] : WITH_MEMBER),
    ...(config.role ? (['forbidden'] as const) : []),
    ...(config.errors ?? [])
  ]
}
