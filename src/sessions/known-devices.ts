import { canonicalAddress } from '../accounts/address.ts'
import * as accounts from '../accounts/queries.ts'
import * as audit from '../audit/queries.ts'
import { after, HOUR } from '../clock.ts'
import type { Context } from '../context.ts'
import { newId } from '../ids.ts'
import { networkOf, samePlace } from '../places.ts'
import type { Scope } from '../scope.ts'
import * as queries from './place-queries.ts'

// After a link from the member's mail was used on a device: time to sign in there, while strangers attack the account.
const WELCOME = HOUR
// Newest sessions of an account that live, and that ended, and newest events: a refusal must not cost what an account's
// own holder has heaped up. Strangers cause far fewer in an hour.
const LOOKED_AT = 500
const PROOFS = ['password_reset', 'email_verified'] as const

/**
 * Whether the request comes from where the account's member has been: a session of it, live or recently ended, or a
 * mailed link that was used, from the same network (/24 of IPv4, /64 of IPv6) and agent. An address that is nobody's
 * takes the same statements.
 */
export async function isKnownDevice(ctx: Context, scope: Scope, email: string): Promise<boolean> {
  const network = networkOf(scope.ip, 'neighbourhood')
  const canonical = canonicalAddress(email)
  if (!network || !canonical) return false
  const account = await accounts.findByEmail(ctx.db, canonical)
  const accountId = account?.id ?? newId(ctx.clock)
  const since = newId(() => after(ctx.clock(), -WELCOME))
  const [hasSession, proofs] = await Promise.all([
    queries.existsFrom(ctx.db, accountId, { userAgent: scope.userAgent, network, limit: LOOKED_AT }),
    audit.findOrigins(ctx.db, accountId, { events: PROOFS, since, limit: LOOKED_AT })
  ])
  return hasSession || proofs.some(({ ip, user_agent: userAgent }) => samePlace({ ip, userAgent }, scope))
}
