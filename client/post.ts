import { payloadOf } from './access-token.ts'
import { ApiError, NetworkError } from './problem.ts'
import type { SignedIn } from './types.ts'

const TIMEOUT_MS = 20_000 // other requests wait for these: a server that hangs is like none

interface Options {
  accessToken?: string | undefined
  signal?: AbortSignal | undefined
}

/** What the routes of sessions answer, and the headers of that. @throws ApiError, NetworkError */
export type Post = (path: string, body: object, options?: Options) => Promise<{ body: unknown; response: Response }>

export function openPost(
  send: (request: Request) => Promise<Response>,
  baseUrl: string,
  credentials: 'omit' | 'include'
): Post {
  return async (path, body, { accessToken, signal } = {}) => {
    const abort = new AbortController()
    const stop = () => abort.abort()
    const timer = setTimeout(stop, TIMEOUT_MS)
    signal?.addEventListener('abort', stop)
    const request = new Request(`${baseUrl}/accounts/${path}`, {
      method: 'POST',
      credentials,
      redirect: 'error', // nobody else gets a password or a refresh token
      headers: {
        'content-type': 'application/json',
        ...(accessToken === undefined ? {} : { authorization: `Bearer ${accessToken}` })
      },
      body: JSON.stringify(body),
      signal: abort.signal
    })
    try {
      if (signal?.aborted) stop()
      const response = await send(request)
      const answer = parse(await response.text())
      if (!response.ok) throw new ApiError(answer, response)
      return { body: answer, response }
    } catch (cause) {
      // Whatever kept the answer, or the end of it, from us.
      throw cause instanceof ApiError ? cause : new NetworkError('The server cannot be reached.', { cause })
    } finally {
      clearTimeout(timer)
      signal?.removeEventListener('abort', stop)
    }
  }
}

/** The account and the tokens in an answer. @throws ApiError unexpected_response: whatever it is, it is not the API's */
export function readSignedIn({ body, response }: Awaited<ReturnType<Post>>): SignedIn {
  if (!isSignedIn(body)) throw new ApiError(undefined, response)
  return body
}

function isSignedIn(body: unknown): body is SignedIn {
  return (
    typeof body === 'object' &&
    body !== null &&
    'id' in body &&
    typeof body.id === 'string' &&
    'jwtToken' in body &&
    typeof body.jwtToken === 'string' &&
    payloadOf(body.jwtToken) !== undefined
  )
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
