import { ApiError, NetworkError } from './problem.ts'
import type { SignedIn } from './types.ts'

const TIMEOUT_MS = 20_000 // other requests wait for these: a server that hangs is like none

/** Asks for a session, or for its end. @throws ApiError, NetworkError */
export type Post = (path: string, body: object, accessToken?: string) => Promise<SignedIn>

export function openPost(
  send: (request: Request) => Promise<Response>,
  baseUrl: string,
  credentials: 'omit' | 'include'
): Post {
  return async (path, body, accessToken) => {
    const timeout = new AbortController()
    const timer = setTimeout(() => timeout.abort(), TIMEOUT_MS)
    const request = new Request(`${baseUrl}/accounts/${path}`, {
      method: 'POST',
      credentials,
      headers: {
        'content-type': 'application/json',
        ...(accessToken === undefined ? {} : { authorization: `Bearer ${accessToken}` })
      },
      body: JSON.stringify(body),
      signal: timeout.signal
    })
    try {
      const response = await send(request)
      const answer = parse(await response.text())
      if (!response.ok || !answer.isJson) throw new ApiError(answer.value, response)
      return answer.value
    } catch (cause) {
      // Whatever kept the answer, or the end of it, from us.
      throw cause instanceof ApiError ? cause : new NetworkError('The server cannot be reached.', { cause })
    } finally {
      clearTimeout(timer)
    }
  }
}

function parse(text: string): { isJson: true; value: SignedIn } | { isJson: false; value: undefined } {
  try {
    return { isJson: true, value: JSON.parse(text) }
  } catch {
    return { isJson: false, value: undefined }
  }
}
