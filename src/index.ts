import type { FastifyInstance, FastifyPluginAsync, FastifyRequest } from 'fastify'
import fp from 'fastify-plugin'
import type { Role } from './accounts/table.ts'
import { app } from './app.ts'
import type { AccountEvent } from './audit/audit.ts'
import { type Clock, systemClock } from './clock.ts'
import { ConfigError, type ConfigName, readConfig, requireServices } from './config.ts'
import { idToText } from './ids.ts'
import { waiting } from './outbox/outbox.ts'
import type { RenderOptions } from './outbox/render.ts'
import { findCostFault, type HashCost } from './passwords/hasher.ts'

export type { AccountEvent } from './audit/audit.ts'
export type { AuditEvent } from './audit/table.ts'
export { ERRORS, type ErrorCode } from './errors.ts'
export type { MailTexts } from './outbox/render.ts'
export type { HashCost } from './passwords/hasher.ts'

export interface MembershipOptions {
  /** The names of .env.example; as a plugin DATABASE_URL, SMTP_URL, JWT_PRIVATE_KEYS and SECRET are needed. */
  config: Readonly<Partial<Record<ConfigName, string>>>
  /** Where the routes stand; `/accounts` unless said. */
  prefix?: string
  /** Told of every account event after its commit. */
  onEvent?: (event: AccountEvent) => void | Promise<void>
  /** Your own wording of mails, by language and template. */
  texts?: RenderOptions['texts']
  /**
   * What a password hash costs (argon2id): OWASP's parameters unless said. More for strong machines, less for the
   * tests of a host; less than 19 MiB or two passes is refused in production.
   */
  hashCost?: HashCost
  /** The clock that everything compares by; tests move it. */
  clock?: Clock
}

/** For the host's own routes, as `app.membership`. */
export interface Membership {
  /** An onRequest hook: only members pass (401). */
  authenticate: (request: FastifyRequest) => Promise<void>
  /** A hook for after authenticate: only members with this role pass (403). */
  requireRole: (role: Role) => (request: FastifyRequest) => Promise<void>
  /** Who passed authenticate. */
  memberOf: (request: FastifyRequest) => { accountId: string; sessionId: string; role: Role } | undefined
  /** Rejects while the database is away: for a readiness check. */
  probe: () => Promise<void>
  /** For metrics: hashes under way or waiting, and mail that waits. */
  gauges: { hashLoad: () => number; mailWaiting: () => Promise<number> }
}

declare module 'fastify' {
  interface FastifyInstance {
    membership: Membership
  }
}

/**
 * The membership API as a Fastify plugin. Database, mailer, error handler and validator stay inside;
 * CORS, security headers, docs, health and metrics are left to the host application.
 *
 * @throws ConfigError naming every fault of the configuration
 */
export const membership: FastifyPluginAsync<MembershipOptions> = fp(
  async (host: FastifyInstance, options: MembershipOptions) => {
    const config = readConfig(options.config)
    const {
      DATABASE_URL: databaseUrl,
      SMTP_URL: smtpUrl,
      JWT_PRIVATE_KEYS: signingKeys,
      SECRET: secret
    } = requireServices(config)
    const costFault = options.hashCost && findCostFault(options.hashCost, config.production)
    if (costFault) throw new ConfigError([{ name: 'hashCost', wrong: 'out of range', expected: costFault }])
    host.decorateRequest('membership') // our one decoration of requests: nothing of a host's has this name
    await host.register(async inner => {
      await app(inner, {
        config,
        databaseUrl,
        smtpUrl,
        secret,
        signingKeys,
        prefix: options.prefix ?? '/accounts',
        clock: options.clock ?? systemClock,
        hashCost: options.hashCost,
        onEvent: options.onEvent,
        texts: options.texts
      })
      const { authenticate, requireRole, probe, context } = inner
      const gauges = { hashLoad: context.hasher.load, mailWaiting: () => waiting(context) }
      host.decorate('membership', { authenticate, requireRole, memberOf, probe, gauges })
    })
  },
  { name: 'guildhall', fastify: '5.x' }
)

function memberOf({ membership: scope }: FastifyRequest): ReturnType<Membership['memberOf']> {
  const member = scope?.member
  return member && { accountId: idToText(member.accountId), sessionId: idToText(member.sessionId), role: member.role }
}
