import { type Post, readSignedIn } from './post.ts'
import { isRefusal, NetworkError, refusal } from './problem.ts'
import type { Credentials, SignedIn } from './types.ts'

/**
 * Where an app keeps its refresh token: Keychain, Keystore, an encrypted file. A promise that resolves means that it is
 * kept, also when the app dies the next moment.
 */
export interface TokenStorage {
  get(): Promise<string | null | undefined> | string | null | undefined
  set(token: string): Promise<void> | void
  remove(): Promise<void> | void
}

/** How a refresh token travels, fixed at sign-in: as a cookie that no script sees, or in bodies, kept by the app. */
export interface Transport {
  authenticate(credentials: Credentials): Promise<SignedIn>
  /** @throws ApiError 401 only when there is nothing better in the store than what was refused */
  refresh(signal: AbortSignal): Promise<SignedIn>
  /** @throws NetworkError, ApiError where only the server can end the session */
  revoke(accessToken: string | undefined): Promise<void>
}

const SECOND_LOOK_MS = 300 // for another tab's answer to reach the cookie jar
const RETRY_MS = 500 // before a request that was cut off is sent again, which a refresh may be
const FAREWELL_MS = 3000 // for the server to hear of a sign-out, which is done already where the app keeps the token
const REFUSALS = 3 // tokens of one store that are tried in a row, while something else goes on replacing them

/** For browsers. The cookie jar is the store: it holds the new cookie before any script sees the answer. */
export function cookieTransport(post: Post): Transport {
  return {
    authenticate: async credentials => readSignedIn(await post('authenticate', credentials)),
    async refresh(signal) {
      const refresh = () => persist(signal, () => post('refresh-token', {}, { signal }))
      try {
        return await refresh()
      } catch (error) {
        // authentication_required: no cookie went along, so there is none to look for.
        if (!isRefusal(error) || error.code === 'authentication_required') throw error
        await pause(SECOND_LOOK_MS)
        return await refresh()
      }
    },
    async revoke(accessToken) {
      await post('revoke-token', {}, { accessToken })
    }
  }
}

/** For apps: what was given is stored before it is used, so that nothing is lost when the app dies in between. */
export function bodyTransport(post: Post, storage: TokenStorage): Transport {
  const keep = async (answer: SignedIn) => {
    if (answer.refreshToken !== undefined) await storage.set(answer.refreshToken)
    return answer
  }
  /** The server is told if it can be reached; whether or not, what nobody keeps is of no use to anybody. */
  const end = async (refreshToken: string, accessToken?: string) => {
    await post('revoke-token', { refreshToken }, { accessToken }).catch(() => {})
  }
  return {
    async authenticate(credentials) {
      const previous = await storage.get()
      const wanted = { ...credentials, refreshTokenDelivery: 'body' }
      const answer = await keep(readSignedIn(await post('authenticate', wanted)))
      if (previous) void end(previous)
      return answer
    },
    async refresh(signal) {
      for (let refusals = 1; ; refusals++) {
        const refreshToken = await storage.get()
        if (!refreshToken) throw refusal(401, 'authentication_required', 'Please sign in.')
        try {
          return await keep(await persist(signal, () => post('refresh-token', { refreshToken }, { signal })))
        } catch (error) {
          if (!isRefusal(error)) throw error
          // Another process of the app may have exchanged it meanwhile: then its successor is in the store.
          const successor = await storage.get()
          if (successor && successor !== refreshToken && refusals < REFUSALS) continue
          if (successor === refreshToken) await storage.remove()
          throw error
        }
      }
    },
    async revoke(accessToken) {
      const refreshToken = await storage.get()
      await storage.remove()
      if (refreshToken) await Promise.race([end(refreshToken, accessToken), pause(FAREWELL_MS)])
    }
  }
}

/** Sends again what was cut off: whether the server had acted or not, a refresh may be repeated. */
async function persist(signal: AbortSignal, send: () => ReturnType<Post>): Promise<SignedIn> {
  try {
    return readSignedIn(await send())
  } catch (error) {
    if (!(error instanceof NetworkError) || signal.aborted) throw error
    await pause(RETRY_MS)
    return readSignedIn(await send())
  }
}

async function pause(ms: number): Promise<void> {
  await new Promise(resolve => setTimeout(resolve, ms))
}
