import createApi, { type Client as Api } from 'openapi-fetch'
import type { Events, Listener } from './events.ts'
import { fetchAs, reaching, whole } from './fetch.ts'
import { openPost } from './post.ts'
import type { paths } from './schema.ts'
import { type Session, SessionKeeper } from './session.ts'
import { noTabs, openTabs } from './tabs.ts'
import { bodyTransport, cookieTransport, type TokenStorage } from './transport.ts'
import type { Account, Credentials } from './types.ts'

export interface ClientOptions {
  /** Of the API, without the `/accounts`: `https://api.example.com`; in a page `/` is its own origin. */
  baseUrl: string
  /** With it the refresh token is kept by the app; without it, in a browser, by a cookie that no script can read. */
  storage?: TokenStorage
  /** Another `fetch` than the global one. */
  fetch?: typeof globalThis.fetch
}

export interface Client {
  /** Every route, typed: `await ok(client.api.GET('/accounts/{id}', { params: { path: { id } } }))`. */
  readonly api: Api<paths>
  /** `fetch` as the member, for what is no route of the OpenAPI document, and for other generated clients. */
  readonly fetch: typeof globalThis.fetch
  /**
   * For services of one's own and for sockets; undefined when nobody is signed in.
   *
   * @throws NetworkError, ApiError 429 or 5xx: there may be a session, but no token can be had now
   */
  accessToken(): Promise<string | undefined>
  /** Who is signed in; the same object until that changes. */
  readonly session: Session
  /** Calls back whenever `session` is another one. @returns how to stop */
  subscribe(listener: () => void): () => void
  on<Name extends keyof Events>(name: Name, listener: Listener<Name>): () => void
  /** At the start: looks whether a session is there. @throws NetworkError, or ApiError 429 or 5xx; the session stays `unknown` */
  restore(): Promise<Session>
  /** @throws ApiError invalid_credentials (401), email_not_verified (403), rate_limited (429), …; NetworkError */
  signIn(credentials: Credentials): Promise<Account>
  /**
   * With a storage: at once, and the server is told if it can be reached. By cookie only the server can do it.
   *
   * @throws NetworkError, ApiError 5xx: by cookie, and then the member is still signed in
   */
  signOut(): Promise<void>
  /** Lets go of the other tabs and the timer. */
  close(): void
}

/** A client of one installation for one member at a time. Make one for the life of the page or the app. */
export function createClient({ baseUrl: url, storage, fetch }: ClientOptions): Client {
  const baseUrl = new Request(url || '/').url.replace(/\/+$/, '') // spelled as those of its requests will be
  const send = reaching((input, init) => (fetch ?? globalThis.fetch)(input, init))
  // The routes of sessions are the only ones that need the cookie; an app's session must not come with one.
  const post = openPost(send, baseUrl, storage ? 'omit' : 'include')
  // Only pages share a cookie jar. A server makes a client for each of its users, and they must not hear of each other.
  const hasTabs = !storage && 'document' in globalThis
  const keeper = new SessionKeeper(storage ? bodyTransport(post, storage) : cookieTransport(post), onNews =>
    hasTabs ? openTabs(`guildhall 1 ${baseUrl}`, onNews) : noTabs()
  )
  const fetchAsMember = fetchAs(keeper, send, baseUrl)
  const lookAgain = () => {
    if (keeper.session.status === 'unknown') keeper.restore().catch(() => {})
  }
  const page: unknown = globalThis
  if (hasTabs && page instanceof EventTarget) page.addEventListener('online', lookAgain)
  return {
    api: createApi<paths>({ baseUrl, fetch: whole(fetchAsMember), credentials: 'omit' }),
    fetch: fetchAsMember,
    accessToken: async () => (await keeper.token())?.text,
    get session() {
      return keeper.session
    },
    subscribe: listener => keeper.on('changed', listener),
    on: (name, listener) => keeper.on(name, listener),
    restore: () => keeper.restore(),
    signIn: credentials => keeper.signIn(credentials),
    signOut: () => keeper.signOut(),
    close() {
      keeper.close()
      if (page instanceof EventTarget) page.removeEventListener('online', lookAgain)
    }
  }
}
