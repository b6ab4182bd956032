import { Type } from '@sinclair/typebox'
import { AccountView, Body, Email, PresentedPassword } from '../accounts/schemas.ts'

const RefreshTokenText = Type.String({ minLength: 1, maxLength: 500 })

export const Authenticate = Body('Authenticate', {
  email: Type.String({ ...Email, format: undefined, minLength: 1 }),
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

export const RefreshToken = Body('RefreshToken', { refreshToken: Type.Optional(RefreshTokenText) })

export const RevokeToken = Body('RevokeToken', {
  refreshToken: Type.Optional(RefreshTokenText),
  token: Type.Optional({
    ...RefreshTokenText,
    description: 'A refresh token to revoke, with a bearer: your own; any as Admin.'
  })
})

export const SignedIn = Type.Object(
  {
    ...AccountView.properties,
    jwtToken: Type.String({ description: 'Access token (RFC 9068).' }),
    refreshToken: Type.Optional(Type.String({ description: 'Only with refreshTokenDelivery "body".' }))
  },
  { title: 'SignedIn' }
)
