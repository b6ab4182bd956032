import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { presentAccount } from '../accounts/schemas.ts'
import { Problem } from '../errors.ts'
import { problems } from '../problems.ts'
import { Message } from '../schemas.ts'
import { logOut, revokeToken } from './logout.ts'
import { refresh } from './refresh.ts'
import * as schemas from './schemas.ts'
import { type Grant, logIn } from './sessions.ts'
import type { Transport } from './table.ts'

const COOKIE = '__Host-refresh'

/** Signing in, refreshing and signing out. */
export const sessionRoutes: FastifyPluginAsyncTypebox = async app => {
  const cookie = { path: '/', httpOnly: true, secure: true, sameSite: app.context.config.COOKIE_SAMESITE }

  app.post(
    '/authenticate',
    {
      config: { public: true },
      schema: {
        operationId: 'authenticate',
        tags: ['Sessions'],
        summary: 'Sign in',
        body: schemas.Authenticate,
        response: { 200: schemas.SignedIn, ...problems('public', 'invalid_credentials', 'email_not_verified') }
      }
    },
    async (request, reply) => {
      const { email, password, refreshTokenDelivery: transport = 'cookie' } = request.body
      return answer(reply, await logIn(app.context, request.membership, { email, password, transport }))
    }
  )

  app.post(
    '/refresh-token',
    {
      config: { public: true },
      schema: {
        operationId: 'refreshToken',
        tags: ['Sessions'],
        summary: 'Exchange a refresh token for an access token',
        body: schemas.RefreshToken,
        response: {
          200: schemas.SignedIn,
          ...problems(
            'public',
            'ambiguous_token',
            'authentication_required',
            'token_invalid',
            'session_expired',
            'session_revoked'
          )
        }
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
      config: { public: true },
      schema: {
        operationId: 'revokeToken',
        tags: ['Sessions'],
        summary: 'Sign out, by refresh token or bearer; or end the session of a token',
        body: schemas.RevokeToken,
        response: {
          200: Message,
          ...problems(
            'public',
            'ambiguous_token',
            'authentication_required',
            'token_invalid',
            'token_expired',
            'session_revoked',
            'session_expired',
            'forbidden'
          )
        }
      }
    },
    async (request, reply) => {
      const { token, refreshToken } = request.body
      if (token !== undefined) {
        await app.authenticate(request)
        await revokeToken(app.context, request.membership, token)
        return { message: 'The token was revoked.' }
      }
      const presented = presentedToken(request, refreshToken)
      const bearer = app.readAccessToken(request)
      if (!presented && !bearer) throw new Problem('authentication_required')
      const { clearCookie } = await logOut(app.context, request.membership, presented, bearer)
      if (clearCookie && request.cookies[COOKIE] !== undefined) reply.clearCookie(COOKIE, cookie)
      return { message: 'You are signed out.' }
    }
  )

  /** An account with its tokens: the refresh token in the cookie or in the body, never in both. */
  function answer(reply: FastifyReply, { account, claims, refresh }: Grant) {
    if (refresh?.transport === 'cookie') reply.setCookie(COOKIE, refresh.token, { ...cookie, expires: refresh.expires })
    return {
      ...presentAccount(account),
      jwtToken: app.signAccessToken(claims),
      ...(refresh?.transport === 'body' ? { refreshToken: refresh.token } : {})
    }
  }
}

/** @throws Problem ambiguous_token (400) */
function presentedToken(
  request: FastifyRequest,
  inBody: string | undefined
): { text: string; transport: Transport } | undefined {
  const inCookie = request.cookies[COOKIE]
  if (inCookie && inBody !== undefined) throw new Problem('ambiguous_token')
  if (inBody !== undefined) return { text: inBody, transport: 'body' }
  return inCookie ? { text: inCookie, transport: 'cookie' } : undefined
}
