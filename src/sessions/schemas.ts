import { Type } from '@sinclair/typebox'
import { AccountView } from '../accounts/schemas.ts'
import { Body, Email, PresentedPassword } from '../schemas.ts'

const RefreshTokenText = (description: string) => Type.String({ minLength: 1, maxLength: 500, description })
const PRESENTED = 'The refresh token of a session with refreshTokenDelivery "body".'

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

export const RefreshToken = Body('RefreshToken', { refreshToken: Type.Optional(RefreshTokenText(PRESENTED)) })

export const RevokeToken = Body('RevokeToken', {
  refreshToken: Type.Optional(RefreshTokenText(PRESENTED)),
  token: Type.Optional(RefreshTokenText('A refresh token to revoke, with a bearer: your own; any as Admin.'))
})

export const SignedIn = Type.Object(
  {
    ...AccountView.properties,
    jwtToken: Type.String({ description: 'Access token (RFC 9068).' }),
    refreshToken: Type.Optional(Type.String({ description: 'Only with refreshTokenDelivery "body".' }))
  },
  { title: 'SignedIn' }
)
