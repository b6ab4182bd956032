import { randomUUID } from 'node:crypto'
import { type Static, Type } from '@sinclair/typebox'
import { ROLES, type Role } from '../accounts/table.ts'
import { SECOND } from '../clock.ts'
import type { Config } from '../config.ts'
import { type Id, idToText } from '../ids.ts'

/** Seconds since 1970 that a Date can hold (RFC 7519 §2, NumericDate): beyond, nothing would ever expire. */
const NumericDate = Type.Integer({ minimum: 0, maximum: 8.64e12 })

/** The claims of an access token (RFC 9068); ASCII only, because clients decode it with plain atob. */
export const AccessClaims = Type.Object({
  iss: Type.String(),
  aud: Type.String(),
  client_id: Type.Literal('guildhall'),
  sub: Type.String(),
  sid: Type.String(),
  gen: Type.Integer(),
  role: Type.Union(ROLES.map(role => Type.Literal(role))),
  auth_time: NumericDate,
  iat: NumericDate,
  exp: NumericDate,
  jti: Type.String()
})
export type AccessClaims = Static<typeof AccessClaims>

/** What an access token says of a session at `now`. Signing is up to plugins/auth.ts. */
export function accessClaims(
  config: Config,
  now: Date,
  session: { accountId: Id; sessionId: Id; generation: number; role: Role; loggedInAt: Date }
): AccessClaims {
  const iat = seconds(now)
  return {
    iss: config.PUBLIC_URL,
    aud: config.PUBLIC_URL,
    client_id: 'guildhall',
    sub: idToText(session.accountId),
    sid: idToText(session.sessionId),
    gen: session.generation,
    role: session.role,
    auth_time: seconds(session.loggedInAt),
    iat,
    exp: iat + Math.floor(config.ACCESS_TOKEN_TTL / SECOND),
    jti: randomUUID()
  }
}

function seconds(time: Date): number {
  return Math.floor(time.getTime() / SECOND)
}
