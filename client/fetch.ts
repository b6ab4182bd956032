import type { AccessToken } from './access-token.ts'
import { ApiError, NetworkError } from './problem.ts'
import type { SessionKeeper } from './session.ts'

/** A `fetch` that says so when there was no answer; what the caller aborted stays an AbortError. */
export function reaching(fetch: typeof globalThis.fetch): (request: Request) => Promise<Response> {
  return async request => {
    try {
      return await fetch(request)
    } catch (cause) {
      if (request.signal.aborted) throw cause
      throw new NetworkError('The server cannot be reached.', { cause })
    }
  }
}

// Routes without a bearer: their 401 is about a password, a link or a code, and must not be answered by another try.
const PUBLIC =
  /\/(authenticate|refresh-token|revoke-token|register|verify-email|resend-verification|undo-email-change|forgot-password|validate-reset-token|reset-password|hello|health\/live|health\/ready|\.well-known\/jwks\.json)$/

/**
 * `fetch` as the member: with an access token that is good yet, and once more with a new one when the server refuses
 * it. Requests to elsewhere, and those with an Authorization of their own, pass as they are.
 */
export function fetchAs(
  keeper: SessionKeeper,
  send: (request: Request) => Promise<Response>,
  baseUrl: string
): typeof globalThis.fetch {
  return async (input, init) => {
    const request = new Request(input, init)
    if (!isPrivate(request, baseUrl)) return await send(request)
    const again = request.clone() // a body can be read once
    const owner = keeper.account?.id
    const token = await keeper.token()
    refuseOther(keeper, owner)
    const response = await send(withBearer(request, token))
    if (response.status !== 401 || !token) return response
    const next = await keeper.renew(token)
    if (!next) return response
    refuseOther(keeper, owner)
    await response.body?.cancel()
    return await send(withBearer(again, next))
  }
}

function isPrivate({ url, headers }: Request, baseUrl: string): boolean {
  return url.startsWith(`${baseUrl}/`) && !headers.has('authorization') && !PUBLIC.test(new URL(url).pathname)
}

function withBearer(request: Request, token: AccessToken | undefined): Request {
  if (token) request.headers.set('authorization', `Bearer ${token.text}`)
  return request
}

/** What one member asked for is not done as another one, who signed in meanwhile in another tab. */
function refuseOther(keeper: SessionKeeper, owner: string | undefined): void {
  const present = keeper.account?.id
  if (owner === undefined || present === undefined || present === owner) return
  const problem = { code: 'session_revoked', detail: 'Somebody else has signed in meanwhile.' }
  throw new ApiError(problem, { status: 401, headers: new Headers() })
}
