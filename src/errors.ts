import type { Fault } from './problems.ts'

/**
 * Every error the API answers: code → status and the sentence a person may read. The list is
 * closed; plugins/errors.ts turns it into RFC 9457 problem details and OpenAPI documents it.
 * Sentences never repeat input: existing clients show them as HTML.
 */
export const ERRORS = {
  validation_failed: [400, 'Some fields are not valid; see `errors`.'],
  malformed_request: [400, 'The request could not be read.'],
  ambiguous_token: [400, 'Send one refresh token: in the cookie or in the body, not both.'],
  authentication_required: [401, 'Please sign in.'],
  invalid_credentials: [401, 'E-mail or password is incorrect.'],
  token_invalid: [401, 'This token is not valid.'],
  token_expired: [401, 'This token has expired.'],
  session_expired: [401, 'The session has expired; please sign in again.'],
  session_revoked: [401, 'The session has ended; please sign in again.'],
  email_not_verified: [
    403,
    'The e-mail address is not verified with this password; follow the link in the mail we sent.'
  ],
  forbidden: [403, 'You are not allowed to do this.'],
  origin_not_allowed: [403, 'Requests from this web page are not allowed.'],
  not_found: [404, 'Not found.'],
  account_not_found: [404, 'This account does not exist.'],
  session_not_found: [404, 'This session does not exist, or has ended.'],
  not_suspended: [404, 'This account is not suspended.'],
  mail_not_found: [404, 'This mail does not exist.'],
  email_taken: [409, 'This e-mail address is already in use.'],
  last_admin: [409, 'This is the last Admin; appoint another one first.'],
  reauthentication_required: [409, 'Please enter your current password, or sign in again.'],
  precondition_failed: [412, 'Somebody else has changed this meanwhile; read it again.'],
  payload_too_large: [413, 'The request is too large.'],
  unsupported_media_type: [415, 'Send application/json.'],
  rate_limited: [429, 'Too many requests; please try again later.'],
  internal_error: [500, 'Something went wrong on our side.'],
  busy: [503, 'The service is busy; please try again in a moment.'],
  unavailable: [503, 'The service is temporarily unavailable; please try again.']
} as const satisfies Record<string, readonly [status: number, message: string]>

export type ErrorCode = keyof typeof ERRORS

export type { Fault }

export interface ProblemOptions {
  faults?: readonly Fault[]
  /** Seconds until another try makes sense; 429s and 503s always carry one. */
  retryAfter?: number
  cause?: unknown
}

/** An expected failure: thrown anywhere, answered by plugins/errors.ts. */
export class Problem extends Error {
  readonly code: ErrorCode
  readonly statusCode: number
  readonly faults: readonly Fault[] | undefined
  readonly retryAfter: number | undefined

  constructor(code: ErrorCode, options: ProblemOptions = {}) {
    const [status, message] = ERRORS[code]
    super(message, { cause: options.cause })
    this.name = 'Problem'
    this.code = code
    this.statusCode = status
    this.faults = options.faults
    this.retryAfter = options.retryAfter ?? (status === 503 || status === 429 ? 1 : undefined)
  }
}

/** Refuses fields, in the shape of the validator's faults. */
export function invalid(...faults: Fault[]): Problem {
  return new Problem('validation_failed', { faults })
}
