import { type Static, Type } from '@sinclair/typebox'
import { ACCOUNT_EXAMPLE, AccountId, AccountView } from '../accounts/schemas.ts'
import { EXAMPLE_PERSON, EXAMPLE_SESSION_ID, EXAMPLE_TIME, EXAMPLE_USER_AGENT } from '../examples.ts'
import { type Id, idToText } from '../ids.ts'
import { Body, PresentedPassword, Time, Uuid } from '../schemas.ts'
import type { Session } from './table.ts'

/** `__Host-`: sent over https only, to this host only, and set by no other (RFC 6265bis §4.1.3.2). */
export const REFRESH_COOKIE = '__Host-refresh'

const REFRESH_TOKEN = 'AQIDBAUGBwgJCgsMDQ4PEBESExQVFhcYGRobHB0eHyA' // shorter than real ones
const RefreshTokenText = (description: string) =>
  Type.String({ minLength: 1, maxLength: 500, description, examples: [REFRESH_TOKEN] })
const PRESENTED = 'The refresh token of a session with `refreshTokenDelivery` "body"; never together with the cookie.'

export const AuthenticateRequest = Body('AuthenticateRequest', {
  // No format: an address that cannot exist is 401, like any other that is nobody's.
  email: Type.String({ minLength: 1, maxLength: 254, examples: [EXAMPLE_PERSON.email] }),
  password: PresentedPassword,
  refreshTokenDelivery: Type.Optional(
    Type.Unsafe<'cookie' | 'body'>({
      title: 'RefreshTokenDelivery',
      type: 'string',
      enum: ['cookie', 'body'],
      default: 'cookie',
      description: 'Fixed for the life of the session: a token that lives in a cookie is never shown to scripts.'
    })
  )
})

const PRESENTED_EXAMPLE = { examples: [{ refreshToken: REFRESH_TOKEN }] }
export const RefreshRequest = Body(
  'RefreshRequest',
  { refreshToken: Type.Optional(RefreshTokenText(PRESENTED)) },
  PRESENTED_EXAMPLE
)

export const RevokeRequest = Body(
  'RevokeRequest',
  {
    refreshToken: Type.Optional(RefreshTokenText(PRESENTED)),
    token: Type.Optional(RefreshTokenText('A refresh token to revoke, with a bearer: your own; anybody’s as Admin.'))
  },
  PRESENTED_EXAMPLE
)

// One object rather than allOf, of which generators make wrappers.
export const SignedIn = Type.Object(
  {
    ...AccountView.properties,
    jwtToken: Type.String({ description: 'Access token (RFC 9068). It lives until its `exp`.' }),
    refreshToken: Type.Optional(Type.String({ description: 'Only with `refreshTokenDelivery` "body".' }))
  },
  {
    title: 'SignedIn',
    examples: [{ ...ACCOUNT_EXAMPLE, jwtToken: 'eyJ0eXAiOiJhdCtqd3QiLCJhbGciOiJFUzI1NiJ9.e30.c2ln' }]
  }
)

export const SessionView = Type.Object(
  {
    id: Uuid,
    created: Time,
    lastUsed: Type.String({
      format: 'date-time',
      description: 'UTC. When it last signed in, refreshed or changed something; reading does not count.'
    }),
    expires: Type.String({ format: 'date-time', description: 'UTC. When it ends if it is not used until then.' }),
    ip: Type.String({ description: 'Where it signed in or refreshed last.' }),
    userAgent: Type.String({ description: 'The device, as it describes itself.' }),
    current: Type.Boolean({ description: 'Whether it is the session that asks.' })
  },
  {
    title: 'Session',
    examples: [
      {
        id: EXAMPLE_SESSION_ID,
        created: EXAMPLE_TIME,
        lastUsed: '2025-11-24T19:30:12.000Z',
        expires: '2025-12-01T19:30:12.000Z',
        ip: '203.0.113.7',
        userAgent: EXAMPLE_USER_AGENT,
        current: true
      }
    ]
  }
)
export type SessionView = Static<typeof SessionView>

// No format: what is malformed is a session that does not exist (404).
export const SessionId = Type.Object({
  ...AccountId.properties,
  sessionId: Type.String({ maxLength: 100, description: 'UUID of the session.', examples: [EXAMPLE_SESSION_ID] })
})

export const EndSessionsQuery = Type.Object(
  {
    except: Type.Optional(
      Type.Unsafe<'current'>({
        type: 'string',
        enum: ['current'],
        description: 'The session that asks goes on. Without it, all end.'
      })
    )
  },
  { additionalProperties: false }
)

/** A live session as its member sees it; `current` is the session that asks. */
export function presentSession(session: Session, current: Id | undefined): SessionView {
  const { id, created_at, last_used_at, idle_expires_at, expires_at, ip, user_agent } = session
  return {
    id: idToText(id),
    created: created_at.toISOString(),
    lastUsed: last_used_at.toISOString(),
    expires: new Date(Math.min(idle_expires_at.getTime(), expires_at.getTime())).toISOString(),
    ip,
    userAgent: user_agent,
    current: current?.equals(id) ?? false
  }
}
