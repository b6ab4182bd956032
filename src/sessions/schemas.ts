import { Type } from '@sinclair/typebox'
import { ACCOUNT_EXAMPLE, AccountView } from '../accounts/schemas.ts'
import { Body, PresentedPassword } from '../schemas.ts'

/** `__Host-`: sent over https only, to this host only, and set by no other (RFC 6265bis §4.1.3.2). */
export const REFRESH_COOKIE = '__Host-refresh'

const RefreshTokenText = (description: string) => Type.String({ minLength: 1, maxLength: 500, description })
const PRESENTED = 'The refresh token of a session with `refreshTokenDelivery` "body"; never together with the cookie.'

export const AuthenticateRequest = Body('AuthenticateRequest', {
  // No format: an address that cannot exist is 401, like any other that is nobody's.
  email: Type.String({ minLength: 1, maxLength: 254, examples: ['ada@example.com'] }),
  password: PresentedPassword,
  refreshTokenDelivery: Type.Optional(
    Type.Unsafe<'cookie' | 'body'>({
      type: 'string',
      enum: ['cookie', 'body'],
      default: 'cookie',
      description: 'Fixed for the life of the session: a token that lives in a cookie is never shown to scripts.'
    })
  )
})

export const RefreshRequest = Body('RefreshRequest', { refreshToken: Type.Optional(RefreshTokenText(PRESENTED)) })

export const RevokeRequest = Body('RevokeRequest', {
  refreshToken: Type.Optional(RefreshTokenText(PRESENTED)),
  token: Type.Optional(RefreshTokenText('A refresh token to revoke, with a bearer: your own; anybody’s as Admin.'))
})

export const SignedIn = Type.Intersect(
  [
    AccountView,
    Type.Object({
      jwtToken: Type.String({ description: 'Access token (RFC 9068). It lives until its `exp`.' }),
      refreshToken: Type.Optional(Type.String({ description: 'Only with `refreshTokenDelivery` "body".' }))
    })
  ],
  {
    title: 'SignedIn',
    examples: [{ ...ACCOUNT_EXAMPLE, jwtToken: 'eyJ0eXAiOiJhdCtqd3QiLCJhbGciOiJFUzI1NiJ9.e30.c2ln' }]
  }
)
