import { randomUUID } from 'node:crypto'
import { SECOND } from '../clock.ts'
import type { Config } from '../config.ts'
import { type Id, idToText } from '../ids.ts'

/** The claims of an access token (RFC 9068); ASCII only, because clients decode it with plain atob. */
export interface AccessClaims {
  iss: string
  aud: string
  client_id: 'guildhall'
  sub: string
  sid: string
  gen: number
  role: string
  auth_time: number
  iat: number
  exp: number
  jti: string
}

/** What an access token says of a session at `now`. Signing is up to plugins/auth.ts. */
export function accessClaims(
  config: Config,
  now: Date,
  session: { accountId: Id; sessionId: Id; generation: number; role: string; loggedInAt: Date }
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
