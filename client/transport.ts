import type { Post } from './post.ts'
import { ApiError, NetworkError } from './problem.ts'
import type { Credentials, SignedIn } from './types.ts'

/**
 * Where an app keeps its refresh token: Keychain, Keystore, an encrypted file. A promise that resolves means that it is
 * kept, also when the app dies the next moment.
 */
export interface TokenStorage {
  get(): Promise<string | null> | string | null
  set(token: string): Promise<void> | void
  remove(): Promise<void> | void
}

/** How a refresh token travels, fixed at sign-in: as a cookie that no script sees, or in bodies, kept by the app. */
export interface Transport {
  authenticate(credentials: Credentials): Promise<SignedIn>
  /** @throws ApiError 401 only when there is nothing better in the store than what was refused */
  refresh(): Promise<SignedIn>
  revoke(accessToken: string | undefined): Promise<void>
}

const SECOND_LOOK_MS = 300 // for another tab's answer to reach the cookie jar
const RETRY_MS = 500 // before a request that was cut off is sent again, which a refresh may be
const REFUSALS = 3 // tokens of one store that are tried in a row, while something else goes on replacing them

/** For browsers. The cookie jar is the store: it holds the new cookie before any script sees the answer. */
export function cookieTransport(post: Post): Transport {
  const refresh = () => persist(() => post('refresh-token', {}))
  return {
    authenticate: async credentials => await post('authenticate', credentials),
    async refresh() {
      try {
        return await refresh()
      } catch (error) {
        // authentication_required: no cookie went along, so there is none to look for.
        if (!isRefusal(error) || error.code === 'authentication_required') throw error
        await pause(SECOND_LOOK_MS)
        return await refresh()
      }
    },
    revoke: async accessToken => {
      await post('revoke-token', {}, accessToken)
    }
  }
}

/** For apps: what was given is stored before it is used, so that nothing is lost when the app dies in between. */
export function bodyTransport(post: Post, storage: TokenStorage): Transport {
  const keep = async (answer: SignedIn) => {
    if (answer.refreshToken !== undefined) await storage.set(answer.refreshToken)
    return answer
  }
  return {
    authenticate: async credentials =>
      await keep(await post('authenticate', { ...credentials, refreshTokenDelivery: 'body' })),
    async refresh() {
      for (let refusals = 1; ; refusals++) {
        const refreshToken = await storage.get()
        if (refreshToken === null) throw new ApiError(NOTHING_KEPT, NOTHING_KEPT)
        try {
          return await keep(await persist(() => post('refresh-token', { refreshToken })))
        } catch (error) {
          if (!isRefusal(error)) throw error
          // Another process of the app may have exchanged it meanwhile: then its successor is in the store.
          const successor = await storage.get()
          if (successor !== null && successor !== refreshToken && refusals < REFUSALS) continue
          if (successor === refreshToken) await storage.remove()
          throw error
        }
      }
    },
    async revoke(accessToken) {
      const refreshToken = await storage.get()
      if (refreshToken !== null) await post('revoke-token', { refreshToken }, accessToken)
      await storage.remove()
    }
  }
}

const NOTHING_KEPT = { code: 'authentication_required', detail: 'Please sign in.', status: 401, headers: new Headers() }

/** Sends again what was cut off: whether the server had acted or not, a refresh may be repeated. */
async function persist(send: () => Promise<SignedIn>): Promise<SignedIn> {
  try {
    return await send()
  } catch (error) {
    if (!(error instanceof NetworkError)) throw error
    await pause(RETRY_MS)
    return await send()
  }
}

function isRefusal(error: unknown): error is ApiError {
  return error instanceof ApiError && error.status === 401
}

async function pause(ms: number): Promise<void> {
  await new Promise(resolve => setTimeout(resolve, ms))
}
