import type { Account } from '../accounts/table.ts'
import { after } from '../clock.ts'
import type { Context } from '../context.ts'
import { type AccessClaims, accessClaims } from './access-token.ts'
import type { LiveSession } from './queries.ts'
import type { Transport } from './table.ts'

/** What a login or a refresh gives: the claims to sign, and the refresh token where there is a new one. */
export interface Grant {
  account: Account
  claims: AccessClaims
  refresh: { token: string; transport: Transport; expires: Date } | undefined
}

/** Grants access to a session as it is now; `token` is undefined where the client keeps the one it has. */
export function grant(ctx: Context, { account, session }: LiveSession, token: string | undefined): Grant {
  const now = ctx.clock()
  const place = {
    accountId: account.id,
    sessionId: session.id,
    generation: session.generation,
    role: account.role,
    loggedInAt: session.created_at
  }
  const expires = idleExpiry(ctx, now, session.expires_at)
  return {
    account,
    claims: accessClaims(ctx.config, now, place),
    refresh: token === undefined ? undefined : { token, transport: session.transport, expires }
  }
}

/** Idle sessions end after SESSION_IDLE_TTL, but none lives beyond its absolute end. */
export function idleExpiry(ctx: Context, now: Date, absolute: Date): Date {
  return new Date(Math.min(after(now, ctx.config.SESSION_IDLE_TTL).getTime(), absolute.getTime()))
}
