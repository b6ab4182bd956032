import { type AccessToken, lifeLeft, type Moment, now, readAccessToken, timeLeft, timeSince } from './access-token.ts'
import { Emitter } from './events.ts'
import { ApiError, type ErrorCode, isRefusal, NetworkError, refusal } from './problem.ts'
import type { News, Tabs } from './tabs.ts'
import type { Transport } from './transport.ts'
import type { Account, Credentials, SignedIn } from './types.ts'

export type Session =
  /** Not asked yet, or the server could not be reached. */
  { status: 'unknown' } | { status: 'signedOut' } | { status: 'signedIn'; account: Account }

type Renewal = Promise<AccessToken | undefined>

const LONGEST_TIMER = 2 ** 31 - 1 // ms; a longer one would ring at once

/** Who is signed in, and with what. Tokens are in memory only; the store of the transport outlives the page. */
export class SessionKeeper extends Emitter {
  session: Session = { status: 'unknown' }
  readonly #transport: Transport
  readonly #tabs: Tabs
  #token: AccessToken | undefined
  #isUsed = false
  #isClosed = false
  #timer: ReturnType<typeof setTimeout> | undefined
  #renewal: Renewal | undefined
  #leaving: Promise<void> | undefined
  /** Of the refresh that is under way. */
  #abort = new AbortController()
  /** When somebody last signed in or out, here or in another tab: a refresh that was asked for before is void. */
  #decided = 0
  #epoch = 0
  /** What the server asked us to wait for. */
  #refused: { error: ApiError; at: Moment; ms: number } | undefined

  constructor(transport: Transport, openTabs: (onNews: (news: News) => void) => Tabs) {
    super()
    this.#transport = transport
    this.#tabs = openTabs(news => this.#hear(news))
  }

  get account(): Account | undefined {
    return this.session.status === 'signedIn' ? this.session.account : undefined
  }

  /** An access token that the server takes; undefined when nobody is signed in. @throws NetworkError, ApiError 429 or 5xx */
  async token(): Renewal {
    if (this.session.status === 'unknown') await this.renew()
    this.#isUsed = true
    const token = this.#token
    if (!token || timeLeft(token) > 0) return token
    const renewal = this.renew(token)
    if (lifeLeft(token) <= 0) return await renewal
    renewal.catch(() => {}) // nobody waits for it while the old one is good
    return token
  }

  /** A token other than `stale`: one refresh for all who ask meanwhile, and for all tabs. undefined: the session is over. */
  renew(stale?: AccessToken): Renewal {
    this.#renewal ??= this.#tabs
      .alone(heard => this.#exchange(stale, heard))
      .finally(() => {
        this.#renewal = undefined
      })
    return this.#renewal
  }

  async restore(): Promise<Session> {
    if (this.session.status !== 'signedIn') await this.renew()
    return this.session
  }

  async signIn(credentials: Credentials): Promise<Account> {
    this.#abort.abort() // its answer would be of the session that ends now
    return await this.#tabs.alone(async () => {
      const asked = now()
      try {
        const answer = await this.#transport.authenticate(credentials)
        this.#decide()
        return this.#adopt(answer, asked, 'signedIn').account
      } catch (error) {
        // The server may have signed in, and the cookie have come: the next one to ask looks.
        if (error instanceof NetworkError && this.session.status === 'signedOut') this.#show({ status: 'unknown' })
        throw error
      }
    })
  }

  signOut(): Promise<void> {
    this.#leaving ??= this.#leave().finally(() => {
      this.#leaving = undefined
    })
    return this.#leaving
  }

  close(): void {
    this.#isClosed = true
    clearTimeout(this.#timer)
    this.#tabs.close()
  }

  async #leave(): Promise<void> {
    this.#abort.abort()
    await this.#tabs.alone(async () => {
      await this.#transport.revoke(this.#token?.text)
      this.#decide()
      this.#tabs.tell({ kind: 'signedOut' })
      if (this.#forget()) this.emit('signedOut')
    })
  }

  async #exchange(stale: AccessToken | undefined, heard: News | undefined): Renewal {
    const token = this.#token
    if (token && token !== stale && timeLeft(token) > 0) return token
    if (this.session.status === 'signedOut' && (stale || heard)) return undefined
    if (heard?.kind === 'failed') throw errorOf(heard)
    if (this.#refused && timeSince(this.#refused.at) < this.#refused.ms) throw this.#refused.error
    const [asked, epoch] = [now(), this.#epoch]
    this.#abort = new AbortController()
    const { signal } = this.#abort
    const outcome = await this.#transport.refresh(signal).catch((error: unknown) => ({ error }))
    if (epoch !== this.#epoch) return this.#token // somebody has signed in or out meanwhile
    if (!('error' in outcome)) return this.#adopt(outcome, asked, 'refreshed').token
    const { error } = outcome
    if (isRefusal(error)) return this.#end(error.code)
    if (!signal.aborted) this.#fail(error)
    throw error
  }

  #fail(error: unknown): void {
    if (error instanceof ApiError && error.retryAfter) this.#refused = { error, at: now(), ms: error.retryAfter * 1000 }
    this.#tabs.tell({ kind: 'failed', ...(error instanceof ApiError ? partsOf(error) : {}) })
  }

  #hear(news: News): void {
    if (news.kind === 'refreshed' && news.asked < this.#decided) return
    if (news.kind === 'refreshed' || news.kind === 'signedIn') {
      if (news.kind === 'signedIn') this.#decide()
      // A suspended tab hears late: the time since the other one asked counts, too.
      const since = { steady: now().steady, wall: news.asked }
      this.#hold(news.account, readAccessToken(news.token, since), news.kind)
    } else if (news.kind === 'nobody') {
      if (this.session.status === 'unknown') this.#forget()
    } else if (news.kind !== 'failed') {
      const isNews = this.session.status === 'signedIn'
      this.#decide()
      this.#forget()
      if (isNews && news.kind === 'ended') this.emit('sessionEnded', news.reason)
      if (isNews && news.kind === 'signedOut') this.emit('signedOut')
    }
  }

  /** Whoever is signed in from now on, a refresh of before has nothing to say, and no cookie to bring. */
  #decide(): void {
    this.#abort.abort()
    this.#epoch++
    this.#decided = Date.now()
    this.#refused = undefined
  }

  #adopt({ jwtToken, refreshToken: _, ...account }: SignedIn, asked: Moment, kind: 'signedIn' | 'refreshed') {
    const token = readAccessToken(jwtToken, asked)
    this.#tabs.tell({ kind, account, token: jwtToken, asked: asked.wall })
    this.#hold(account, token, kind)
    return { account, token }
  }

  #hold(account: Account, token: AccessToken, kind: 'signedIn' | 'refreshed'): void {
    const before = this.account
    this.#token = token
    this.#isUsed = false
    this.#refused = undefined
    this.#schedule(token)
    if (!before || JSON.stringify(before) !== JSON.stringify(account)) this.#show({ status: 'signedIn', account })
    if (kind === 'signedIn' || before?.id !== account.id) this.emit('signedIn', account)
  }

  #end(reason: ErrorCode): undefined {
    const isNews = this.session.status === 'signedIn' // a visitor whose cookie died long ago is not told
    this.#decide()
    this.#tabs.tell(isNews ? { kind: 'ended', reason } : { kind: 'nobody' })
    this.#forget()
    if (isNews) this.emit('sessionEnded', reason)
  }

  /** @returns false when there was nothing to forget */
  #forget(): boolean {
    this.#token = undefined
    clearTimeout(this.#timer)
    if (this.session.status === 'signedOut') return false
    this.#show({ status: 'signedOut' })
    return true
  }

  #show(session: Session): void {
    this.session = session
    this.emit('changed')
  }

  /** Ahead of its end a token that is in use is exchanged; one that nobody uses may end, and its session with it. */
  #schedule(token: AccessToken): void {
    clearTimeout(this.#timer)
    if (this.#isClosed) return
    this.#timer = setTimeout(
      () => {
        if (timeLeft(token) > 0) this.#schedule(token)
        else if (this.#isUsed) this.renew(token).catch(() => {}) // the next request tries again
      },
      Math.max(0, Math.min(timeLeft(token), LONGEST_TIMER))
    )
    unref(this.#timer)
  }
}

/** What other tabs are told of a failure: errors themselves do not travel. */
function partsOf({ status, code, message, retryAfter }: ApiError): Omit<News & { kind: 'failed' }, 'kind'> {
  return code === 'unexpected_response' ? {} : { problem: { status, code, message, retryAfter } }
}

function errorOf({ problem }: News & { kind: 'failed' }): Error {
  if (!problem) return new NetworkError('The server cannot be reached.')
  return refusal(problem.status, problem.code, problem.message, problem.retryAfter)
}

/** In Node a timer must not keep a program that is done. */
function unref(timer: unknown): void {
  if (typeof timer === 'object' && timer !== null && 'unref' in timer && typeof timer.unref === 'function')
    timer.unref()
}
