import { randomUUID } from 'node:crypto'
import type { Socket } from 'node:net'
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import fp from 'fastify-plugin'
import { type ErrorCode, Problem } from '../src/errors.ts'
import { isOutage } from '../src/mysql/faults.ts'
import { detailsOf, PROBLEM_TYPE } from '../src/problems.ts'
import { faultsOf } from '../src/validation-faults.ts'

const CONTENT_TYPE = `${PROBLEM_TYPE}; charset=utf-8`

/**
 * Every error of this instance and its children becomes problem details; with `notFound`, which only
 * the owner of a server may set, every missing route, too.
 */
export default fp<{ notFound?: boolean }>(
  async (app, { notFound = false }) => {
    app.setErrorHandler(async (error: FastifyError, request, reply) => answerError(error, request, reply))
    if (!notFound) return
    app.setNotFoundHandler(async (request, reply) => sendProblem(new Problem('not_found'), request, reply))
  },
  { name: 'guildhall-errors', fastify: '5.x' }
)

/** For Fastify's own errors before routing, too (option `frameworkErrors`): a path that is no URL, or too long. */
export function answerError(error: FastifyError, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const problem = toProblem(error)
  if (problem.statusCode >= 500)
    request.log.error({ err: problem.cause ?? error, code: problem.code }, 'request failed')
  return sendProblem(problem, request, reply)
}

/**
 * For what is not HTTP at all (option `clientErrorHandler`): the answer is written by hand, and the connection closed.
 *
 * @param headers those of every other answer
 */
export function refuseConnection(socket: Socket, headers: Readonly<Record<string, string>>): void {
  if (!socket.writable) return void socket.destroy()
  const body = JSON.stringify(detailsOf('malformed_request', randomUUID()))
  const head = [
    'HTTP/1.1 400 Bad Request',
    `Content-Type: ${CONTENT_TYPE}`,
    `Content-Length: ${Buffer.byteLength(body)}`,
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`)
  ]
  socket.end([...head, 'Connection: close', '', body].join('\r\n'))
}

// What Fastify refuses, and what a host's hooks do on our routes: a limiter, a guard, a plugin that sheds load.
const REFUSALS = new Map<number, ErrorCode>([
  [401, 'authentication_required'],
  [403, 'forbidden'],
  [404, 'not_found'],
  [412, 'precondition_failed'],
  [413, 'payload_too_large'],
  [415, 'unsupported_media_type'],
  [429, 'rate_limited']
])

/** Sorts whatever was thrown into the closed list of codes. */
function toProblem(error: FastifyError): Problem {
  if (error instanceof Problem) return error
  if (error.validation) return new Problem('validation_failed', { faults: faultsOf(error.validation) })
  // Before outages: a client that hangs up in the middle of its body has the code of a lost connection, too.
  const { statusCode = 500 } = error
  if (statusCode >= 400 && statusCode < 500) return new Problem(REFUSALS.get(statusCode) ?? 'malformed_request')
  if (isOutage(error)) return new Problem('unavailable', { cause: error, retryAfter: 2 })
  if (statusCode === 503) return new Problem('unavailable', { cause: error })
  return new Problem('internal_error', { cause: error })
}

function sendProblem(problem: Problem, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  if (problem.retryAfter !== undefined && !reply.hasHeader('Retry-After'))
    reply.header('Retry-After', problem.retryAfter)
  if (problem.statusCode === 401) reply.header('WWW-Authenticate', 'Bearer')
  return reply
    .code(problem.statusCode)
    .type(CONTENT_TYPE)
    .serializer(JSON.stringify)
    .send(detailsOf(problem.code, request.id, problem.faults))
}
