import { type AccessToken, type Moment, now, readAccessToken, timeLeft } from './access-token.ts'
import { Emitter } from './events.ts'
import { ApiError, type ErrorCode, NetworkError } from './problem.ts'
import type { News, Tabs } from './tabs.ts'
import type { Transport } from './transport.ts'
import type { Account, Credentials, SignedIn } from './types.ts'

export type Session =
  /** Not asked yet, or the server could not be reached. */
  { status: 'unknown' } | { status: 'signedOut' } | { status: 'signedIn'; account: Account }

const LONGEST_TIMER = 2 ** 31 - 1 // ms; a longer one would ring at once

/** Who is signed in, and with what. Tokens are in memory only; the store of the transport outlives the page. */
export class SessionKeeper extends Emitter {
  session: Session = { status: 'unknown' }
  readonly #transport: Transport
  readonly #tabs: Tabs
  #token: AccessToken | undefined
  #isUsed = false
  #timer: ReturnType<typeof setTimeout> | undefined
  #renewal: Promise<AccessToken | undefined> | undefined

  constructor(transport: Transport, openTabs: (onNews: (news: News) => void) => Tabs) {
    super()
    this.#transport = transport
    this.#tabs = openTabs(news => this.#hear(news))
  }

  get account(): Account | undefined {
    return this.session.status === 'signedIn' ? this.session.account : undefined
  }

  /** An access token that is good for a while yet, refreshed if need be; undefined when nobody is signed in. */
  async token(): Promise<AccessToken | undefined> {
    await this.restore()
    this.#isUsed = true
    const token = this.#token
    if (!token || timeLeft(token) > 0) return token
    // It is exchanged ahead of its end: whoever cannot reach the server, or finds it busy, may have time left.
    return await this.renew(token).catch(() => token)
  }

  /** A token other than `stale`: one refresh for all who ask meanwhile, and for all tabs. undefined: the session is over. */
  renew(stale?: AccessToken): Promise<AccessToken | undefined> {
    this.#renewal ??= this.#tabs
      .alone(heard => this.#exchange(stale, heard))
      .finally(() => {
        this.#renewal = undefined
      })
    return this.#renewal
  }

  /** Looks whether there is a session, once; again after a network failed. */
  async restore(): Promise<Session> {
    if (this.session.status === 'unknown') await this.renew()
    return this.session
  }

  async signIn(credentials: Credentials): Promise<Account> {
    return await this.#tabs.alone(async () => {
      const asked = now()
      return this.#adopt(await this.#transport.authenticate(credentials), asked, 'signedIn').account
    })
  }

  async signOut(): Promise<void> {
    await this.#tabs.alone(async () => {
      await this.#transport.revoke(this.#token?.text)
      this.#tabs.tell({ kind: 'signedOut' })
      this.#forget()
      this.emit('signedOut')
    })
  }

  close(): void {
    clearTimeout(this.#timer)
    this.#tabs.close()
  }

  async #exchange(stale: AccessToken | undefined, heard: News | undefined): Promise<AccessToken | undefined> {
    const token = this.#token
    if (token && token !== stale && timeLeft(token) > 0) return token
    if (this.session.status === 'signedOut') return undefined
    if (heard?.kind === 'failed') throw new NetworkError('The server cannot be reached.')
    const asked = now()
    try {
      return this.#adopt(await this.#transport.refresh(), asked, 'refreshed').token
    } catch (error) {
      if (error instanceof ApiError && error.status === 401 && error.code !== 'unexpected_response') {
        this.#end(error.code)
        return undefined
      }
      this.#tabs.tell({ kind: 'failed' })
      throw error
    }
  }

  #hear(news: News): void {
    if (news.kind === 'refreshed' || news.kind === 'signedIn') {
      // A suspended tab hears late: the time since the other one asked counts, too.
      const since = { steady: now().steady, wall: news.asked }
      this.#hold(news.account, readAccessToken(news.token, since), news.kind)
    } else if (this.session.status === 'signedIn' && (news.kind === 'signedOut' || news.kind === 'ended')) {
      this.#forget()
      if (news.kind === 'ended') this.emit('sessionEnded', news.reason)
      else this.emit('signedOut')
    } else if (this.session.status === 'unknown' && news.kind !== 'failed') this.#forget()
  }

  #adopt({ jwtToken, refreshToken: _, ...account }: SignedIn, asked: Moment, kind: 'signedIn' | 'refreshed') {
    const token = readAccessToken(jwtToken, asked)
    this.#hold(account, token, kind)
    this.#tabs.tell({ kind, account, token: jwtToken, asked: asked.wall })
    return { account, token }
  }

  #hold(account: Account, token: AccessToken, kind: 'signedIn' | 'refreshed'): void {
    const before = this.account
    this.#token = token
    this.#isUsed = false
    this.#schedule(token)
    if (!before || JSON.stringify(before) !== JSON.stringify(account)) this.#show({ status: 'signedIn', account })
    if (kind === 'signedIn' || before?.id !== account.id) this.emit('signedIn', account)
  }

  #end(reason: ErrorCode): void {
    const isNews = this.session.status === 'signedIn' // a visitor whose cookie died long ago is not told
    this.#forget()
    this.#tabs.tell(isNews ? { kind: 'ended', reason } : { kind: 'nobody' })
    if (isNews) this.emit('sessionEnded', reason)
  }

  #forget(): void {
    this.#token = undefined
    clearTimeout(this.#timer)
    this.#show({ status: 'signedOut' })
  }

  #show(session: Session): void {
    this.session = session
    this.emit('changed')
  }

  /** Ahead of its end a token that is in use is exchanged; one that nobody uses may end, and its session with it. */
  #schedule(token: AccessToken): void {
    clearTimeout(this.#timer)
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

/** In Node a timer must not keep a program that is done. */
function unref(timer: unknown): void {
  if (typeof timer === 'object' && timer !== null && 'unref' in timer && typeof timer.unref === 'function')
    timer.unref()
}
