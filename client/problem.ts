import type { components } from './schema.ts'

export type ErrorCode = components['schemas']['ErrorCode']
export type Fault = components['schemas']['Fault']

const TYPES = 'urn:guildhall:problem:' // what the `type` of our problems begins with

/**
 * The server's refusal (RFC 9457): decide by `code`, show `message`, put `faults` beside their fields.
 * `unexpected_response` is an answer that is not the API's, such as a proxy's page.
 */
export class ApiError extends Error {
  override readonly name = 'ApiError'
  readonly code: ErrorCode | 'unexpected_response'
  readonly status: number
  /** With `validation_failed`: every fault, by JSON pointer. */
  readonly faults: readonly Fault[]
  /** What the server's log calls the request. */
  readonly requestId: string | undefined
  /** Seconds until another try makes sense; with 429 and 503. */
  readonly retryAfter: number | undefined

  constructor(problem: unknown, { status, headers }: Pick<Response, 'status' | 'headers'>) {
    const { code, detail, errors, requestId } = isProblem(problem) ? problem : UNEXPECTED
    super(detail)
    this.code = code
    this.status = status
    this.faults = errors ?? []
    this.requestId = requestId
    const seconds = Number.parseInt(headers.get('retry-after') ?? '', 10)
    this.retryAfter = Number.isNaN(seconds) ? undefined : seconds
  }
}

/** No answer came: no network, no server, or one that was cut off. What was asked for may have happened. */
export class NetworkError extends Error {
  override readonly name = 'NetworkError'
}

interface Answer<Data> {
  data?: Data
  error?: unknown
  response: Response
}

/** What a call of `client.api` came to when it succeeded, beside its response for headers. Throws an `ApiError` otherwise. */
export async function ok<Data>(call: Promise<Answer<Data>>): Promise<{ data: Data; response: Response }> {
  const { data, error, response } = await call
  if (!response.ok || data === undefined) throw new ApiError(error, response)
  return { data, response }
}

/** The cursor of the next page, out of `Link: …; rel="next"` (RFC 8288); undefined on the last one. */
export function nextCursor({ headers }: Response): string | undefined {
  const target = /<([^>]*)>\s*;\s*rel="?next"?/.exec(headers.get('link') ?? '')?.[1]
  const cursor = /[?&]cursor=([^&#]*)/.exec(target ?? '')?.[1]
  return cursor === undefined ? undefined : decodeURIComponent(cursor)
}

/** Whether it is the API that refuses what proved who asks. A proxy's 401 says nothing about a session. */
export function isRefusal(error: unknown): error is ApiError & { code: ErrorCode } {
  return error instanceof ApiError && error.status === 401 && error.code !== 'unexpected_response'
}

type Problem = Pick<components['schemas']['Problem'], 'detail' | 'errors'> &
  Pick<ApiError, 'code'> & { requestId?: string }

const UNEXPECTED: Problem = { code: 'unexpected_response', detail: 'The server gave no answer that can be understood.' }

/** A code that this version does not know yet passes, too: it is shown by its sentence. */
function isProblem(value: unknown): value is Problem {
  return (
    typeof value === 'object' &&
    value !== null &&
    'code' in value &&
    'type' in value &&
    'detail' in value &&
    value.type === `${TYPES}${value.code}` &&
    typeof value.detail === 'string'
  )
}

/** A refusal of our own making, in the shape of the server's. */
export function refusal(status: number, code: ErrorCode, detail: string, retryAfter?: number): ApiError {
  const headers = new Headers(retryAfter === undefined ? {} : { 'retry-after': `${retryAfter}` })
  return new ApiError({ type: `${TYPES}${code}`, code, detail }, { status, headers })
}
