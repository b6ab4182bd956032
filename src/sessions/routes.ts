import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from '@sinclair/typebox'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { presentAccount } from '../accounts/schemas.ts'
import { Problem } from '../errors.ts'
import { ok, readNothingAsEmpty, told } from '../schemas.ts'
import type { Grant } from './grant.ts'
import { logIn } from './login.ts'
import { logOut, revokeToken } from './logout.ts'
import { refresh } from './refresh.ts'
import * as schemas from './schemas.ts'
import type { Transport } from './table.ts'

const SIGNED_OUT = { message: 'You are signed out.' }

const SetCookie = Type.String({
  description: `\`${schemas.REFRESH_COOKIE}\`: HttpOnly, Secure, Path=/; only where the session delivers by cookie.`
})

const Cleared = Type.String({ description: 'Clears the refresh cookie.' })

/** Signing in, refreshing and signing out. */
export const sessionRoutes: FastifyPluginAsyncTypebox = async app => {
  const cookie = { path: '/', httpOnly: true, secure: true, sameSite: app.context.config.COOKIE_SAMESITE }

  app.post(
    '/authenticate',
    {
      config: {
        public: true,
        blursTiming: true,
        limits: ['logins', 'failures', 'account-minute', 'account-quarter', 'account-day', 'hashes'],
        errors: ['invalid_credentials', 'email_not_verified', 'busy']
      },
      schema: {
        operationId: 'authenticate',
        tags: ['Sessions'],
        summary: 'Sign in',
        description:
          'Begins a session. With `refreshTokenDelivery` "cookie" the refresh token is set as a cookie, for browsers; ' +
          'with "body" the answer holds it, for apps, which keep it where only they can read. The access token lives ' +
          'until its `exp`; refresh shortly before.',
        body: schemas.AuthenticateRequest,
        response: { 200: ok(schemas.SignedIn, 'The account and its tokens.', { 'Set-Cookie': SetCookie }) }
      }
    },
    async (request, reply) => {
      const { email, password, refreshTokenDelivery: transport = 'cookie' } = request.body
      // Of a browser the cookie that comes along is overwritten by this answer.
      const replaces = transport === 'cookie' ? refreshCookieOf(request) : undefined
      const credentials = { email, password, transport, replaces }
      return answer(reply, await logIn(app.context, request.membership, credentials))
    }
  )

  app.post(
    '/refresh-token',
    {
      config: {
        public: true,
        accepts: ['refreshCookie'],
        errors: ['ambiguous_token', 'authentication_required', 'token_invalid', 'session_expired', 'session_revoked']
      },
      preValidation: readNothingAsEmpty,
      schema: {
        operationId: 'refreshToken',
        tags: ['Sessions'],
        summary: 'Exchange a refresh token for an access token and the next refresh token',
        description:
          'By cookie, or by `refreshToken` in the body. Store the returned refresh token before the next call, and ' +
          'refresh one request at a time: the use of a token that was replaced may count as theft and end the session. ' +
          'Within seconds of its issue (10 unless configured) a token settles: the answer is a new access token and ' +
          'the same refresh token, or no new cookie. On `session_revoked` and `session_expired` sign in again; on 503 ' +
          'keep the token and try again after `Retry-After`.',
        body: schemas.RefreshRequest,
        response: { 200: ok(schemas.SignedIn, 'The account and its tokens.', { 'Set-Cookie': SetCookie }) }
      }
    },
    async (request, reply) => {
      const presented = presentedToken(request, request.body.refreshToken)
      if (!presented) throw new Problem('authentication_required')
      return answer(reply, await refresh(app.context, request.membership, presented.text, presented.transport))
    }
  )

  app.post(
    '/revoke-token',
    {
      config: {
        public: true,
        accepts: ['refreshCookie', 'bearer'],
        errors: [
          'ambiguous_token',
          'authentication_required',
          'token_invalid',
          'token_expired',
          'session_revoked',
          'session_expired',
          'forbidden'
        ]
      },
      preValidation: readNothingAsEmpty,
      schema: {
        operationId: 'revokeToken',
        tags: ['Sessions'],
        summary: 'Sign out, or revoke another refresh token',
        description:
          'Signs out by what comes along: the cookie, `refreshToken` in the body, or the bearer alone, even an expired ' +
          'one; whatever became of the session, the answer is 200. With `token` and a bearer it ends the session of ' +
          'that refresh token: your own; anybody’s as Admin.',
        body: schemas.RevokeRequest,
        response: { 200: told('The session has ended.', SIGNED_OUT, { 'Set-Cookie': Cleared }) }
      }
    },
    async (request, reply) => {
      const { token, refreshToken } = request.body
      if (token !== undefined) {
        if (refreshToken !== undefined) throw new Problem('ambiguous_token')
        await app.authenticate(request)
        const { clearCookie } = await revokeToken(app.context, request.membership, token, refreshCookieOf(request))
        if (clearCookie) reply.clearCookie(schemas.REFRESH_COOKIE, cookie)
        return { message: 'The token was revoked.' }
      }
      const presented = presentedToken(request, refreshToken)
      const bearer = app.readBearer(request)
      if (!presented && !bearer?.isAuthentic) throw new Problem('authentication_required')
      const { clearCookie } = await logOut(app.context, request.membership, presented, bearer)
      if (clearCookie && refreshCookieOf(request) !== undefined) reply.clearCookie(schemas.REFRESH_COOKIE, cookie)
      return SIGNED_OUT
    }
  )

  /** An account with its tokens: the refresh token in the cookie or in the body, never in both. */
  function answer(reply: FastifyReply, { account, claims, refresh }: Grant) {
    if (refresh?.transport === 'cookie')
      reply.setCookie(schemas.REFRESH_COOKIE, refresh.token, { ...cookie, expires: refresh.expires })
    return {
      ...presentAccount(account),
      jwtToken: app.signAccessToken(claims),
      ...(refresh?.transport === 'body' ? { refreshToken: refresh.token } : {})
    }
  }
}

/** A host whose cookie parser has no hook leaves the parsing to whoever needs it. */
function refreshCookieOf(request: FastifyRequest): string | undefined {
  const cookies = request.cookies ?? request.server.parseCookie(request.headers.cookie ?? '')
  return cookies[schemas.REFRESH_COOKIE]
}

/** @throws Problem ambiguous_token (400) */
function presentedToken(
  request: FastifyRequest,
  inBody: string | undefined
): { text: string; transport: Transport } | undefined {
  const inCookie = refreshCookieOf(request)
  if (inCookie && inBody !== undefined) throw new Problem('ambiguous_token')
  if (inBody !== undefined) return { text: inBody, transport: 'body' }
  return inCookie ? { text: inCookie, transport: 'cookie' } : undefined
}
