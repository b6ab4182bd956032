import type { AccessToken } from './access-token.ts'
import { ApiError, NetworkError, refusal } from './problem.ts'
import type { SessionKeeper } from './session.ts'

type Send = (request: Request) => Promise<Response>

/** A `fetch` that says so when there was no answer; what the caller aborted stays an AbortError. */
export function reaching(fetch: typeof globalThis.fetch): Send {
  return async request => {
    try {
      return await fetch(request)
    } catch (cause) {
      throw request.signal?.aborted ? cause : new NetworkError('The server cannot be reached.', { cause })
    }
  }
}

// Routes without a bearer: their 401 is about a password, a link or a code, and must not be answered by another try.
const PUBLIC = new Set([
  '/accounts/authenticate',
  '/accounts/refresh-token',
  '/accounts/revoke-token',
  '/accounts/register',
  '/accounts/verify-email',
  '/accounts/resend-verification',
  '/accounts/undo-email-change',
  '/accounts/forgot-password',
  '/accounts/validate-reset-token',
  '/accounts/reset-password',
  '/hello',
  '/health/live',
  '/health/ready',
  '/.well-known/jwks.json'
])

/**
 * `fetch` as the member: with an access token that is good yet, and once more with a new one when the server refuses
 * it. Requests to elsewhere, and those with an Authorization of their own, pass as they are.
 */
export function fetchAs(keeper: SessionKeeper, send: Send, baseUrl: string): typeof globalThis.fetch {
  return async (input, init) => {
    const request = new Request(input, init)
    if (!isPrivate(request, baseUrl)) return await send(request)
    const again = request.clone() // a body can be read once
    const owner = keeper.account?.id
    const token = await unlessAborted(request, keeper.token())
    refuseOther(keeper, owner)
    const response = await send(withBearer(request, token))
    if (response.status !== 401 || !token) return response
    const next = await unlessAborted(again, keeper.renew(token))
    if (!next) return response
    refuseOther(keeper, owner)
    void response.body?.cancel()
    return await send(withBearer(again, next))
  }
}

/** The whole answer of a route, so that one which breaks off, or is a page of somebody else's, is an error of ours. */
export function whole(fetch: Send): Send {
  return async request => {
    const response = await fetch(request)
    const text = await response.text().catch((cause: unknown) => {
      throw request.signal?.aborted ? cause : new NetworkError('The answer was cut off.', { cause })
    })
    if (response.ok && text !== '' && !/\bjson\b/.test(response.headers.get('content-type') ?? ''))
      throw new ApiError(undefined, response)
    return new Response(text === '' ? null : text, response)
  }
}

// Without `URL`, which not every React Native has whole.
function isPrivate({ url, headers }: Request, baseUrl: string): boolean {
  if (!url.startsWith(`${baseUrl}/`) || headers.has('authorization')) return false
  return !PUBLIC.has(url.slice(baseUrl.length).replace(/\/?([?#].*)?$/, ''))
}

function withBearer(request: Request, token: AccessToken | undefined): Request {
  if (token) request.headers.set('authorization', `Bearer ${token.text}`)
  return request
}

/** Whoever gave a request up does not wait for a token that others need. */
async function unlessAborted<T>({ signal }: Request, work: Promise<T>): Promise<T> {
  let stop = () => {}
  const aborted = new Promise<never>((_, reject) => {
    stop = () => reject(signal.reason)
    if (signal?.aborted) stop()
    else signal?.addEventListener('abort', stop)
  })
  try {
    return await Promise.race([work, aborted])
  } finally {
    signal?.removeEventListener('abort', stop)
  }
}

/** What one member asked for is not done as another one, who signed in meanwhile in another tab. */
function refuseOther(keeper: SessionKeeper, owner: string | undefined): void {
  const present = keeper.account?.id
  if (owner === undefined || present === undefined || present === owner) return
  throw refusal(401, 'session_revoked', 'Somebody else has signed in meanwhile.')
}
