import createApi, { type Client as Api } from 'openapi-fetch'
import type { Events, Listener } from './events.ts'
import { fetchAs, reaching } from './fetch.ts'
import { openPost } from './post.ts'
import type { paths } from './schema.ts'
import { type Session, SessionKeeper } from './session.ts'
import { noTabs, openTabs } from './tabs.ts'
import { bodyTransport, cookieTransport, type TokenStorage } from './transport.ts'
import type { Account, Credentials } from './types.ts'

export interface ClientOptions {
  /** Of the API, without the `/accounts`: `https://api.example.com`. */
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
  /** For services of one's own and for sockets: an access token that is good for a while; undefined when signed out. */
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
  /** @throws NetworkError, ApiError 5xx: the member is still signed in, since only the server can end a session */
  signOut(): Promise<void>
  /** Lets go of the other tabs and the timer. */
  close(): void
}

/** A client of one installation for one member at a time. Make one for the life of the page or the app. */
export function createClient({ baseUrl: url, storage, fetch = globalThis.fetch }: ClientOptions): Client {
  const baseUrl = url.replace(/\/+$/, '')
  const send = reaching((input, init) => fetch(input, init)) // browsers insist on window.fetch being called without `this`
  // The routes of sessions are the only ones that need the cookie; an app's session must not come with one.
  const post = openPost(send, baseUrl, storage ? 'omit' : 'include')
  const keeper = new SessionKeeper(storage ? bodyTransport(post, storage) : cookieTransport(post), onNews =>
    storage ? noTabs() : openTabs(`guildhall 1 ${baseUrl}`, onNews)
  )
  const fetchAsMember = fetchAs(keeper, send, baseUrl)
  return {
    api: createApi<paths>({ baseUrl, fetch: fetchAsMember, credentials: 'omit' }),
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
    close: () => keeper.close()
  }
}
