import { TypeCompiler } from '@sinclair/typebox/compiler'
import type { FastifyRequest } from 'fastify'
import fp from 'fastify-plugin'
import type { Role } from '../src/accounts/table.ts'
import { SECOND } from '../src/clock.ts'
import type { Context } from '../src/context.ts'
import { Problem } from '../src/errors.ts'
import type { Scope } from '../src/scope.ts'
import { AccessClaims } from '../src/sessions/access-token.ts'
import { authenticate, memberOf } from '../src/sessions/guard.ts'
import type { Bearer } from '../src/sessions/logout.ts'
import { readScope } from './scope.ts'

declare module 'fastify' {
  interface FastifyInstance {
    authenticate: (request: FastifyRequest) => Promise<void>
    requireRole: (role: Role) => (request: FastifyRequest) => Promise<void>
    signAccessToken: (claims: AccessClaims) => string
    /** What came as access token, expired or not, authentic or not; undefined when nothing like one did. */
    readBearer: (request: FastifyRequest) => Bearer | undefined
  }
  interface FastifyRequest {
    /** Who is asking; our one decoration of requests, published to the host by src/index.ts. */
    membership: Scope
  }
  interface FastifyContextConfig {
    /** Open to anyone. Every other route needs a member. */
    public?: true
    /** Needs a member with this role. */
    role?: Role
    /** What a public route looks at when it comes along; plugins/openapi.ts says so. */
    accepts?: readonly ('refreshCookie' | 'bearer')[]
  }
}

// fast-jwt lets an array as `aud` and strings as times pass: the shape of our own claims is checked here.
const claims = TypeCompiler.Compile(AccessClaims)

/**
 * Signs and verifies access tokens (RFC 9068, ES256, pinned) and guards routes: every route of this
 * instance is closed unless its own config says `public: true`. Guards throw; they never send.
 */
export default fp<{ ctx: Context }>(
  async (app, { ctx }) => {
    app.decorate('signAccessToken', (content: AccessClaims) => app.signingKeys.signer().sign(content))
    app.decorate('readBearer', readBearer)
    app.decorate('authenticate', async (request: FastifyRequest) => {
      const content = readAccessToken(request)
      if (!content) throw new Problem(request.headers.authorization ? 'token_invalid' : 'authentication_required')
      const live = await authenticate(ctx, content)
      request.membership = {
        ...(request.membership ?? readScope(request, ctx.languages)), // a host's route has not been through our hook
        member: memberOf(live)
      }
    })
    app.decorate('requireRole', (role: Role) => async (request: FastifyRequest) => {
      if (request.membership?.member?.role !== role) throw new Problem('forbidden')
    })

    app.addHook('onRequest', async request => {
      request.membership = readScope(request, ctx.languages)
      const { config } = request.routeOptions
      if (config.public || request.is404) return
      await app.authenticate(request)
      if (config.role) await app.requireRole(config.role)(request)
    })

    function readAccessToken(request: FastifyRequest): AccessClaims | undefined {
      const token = bearerOf(request)
      // The kid, unverified, only chooses among our own keys.
      const jwt = token && app.signingKeys.find(unverified(token, 'header', 'kid') ?? '')
      if (!jwt) return undefined
      try {
        const content: unknown = jwt.verify(token)
        return claims.Check(content) ? content : undefined
      } catch {
        return undefined // whatever is wrong with it: 401, and never a 500
      }
    }

    function readBearer(request: FastifyRequest): Bearer | undefined {
      const content = readAccessToken(request)
      if (content) return { sid: content.sid, isAuthentic: true, expiresAt: new Date(content.exp * SECOND) }
      const sid = unverified(bearerOf(request) ?? '', 'payload', 'sid')
      return sid === undefined ? undefined : { sid, isAuthentic: false }
    }
  },
  { name: 'guildhall-auth', fastify: '5.x', dependencies: ['guildhall-signing-keys'] }
)

function bearerOf(request: FastifyRequest): string | undefined {
  return /^Bearer ([\w-]+\.[\w-]+\.[\w-]+)$/i.exec(request.headers.authorization ?? '')?.[1]
}

/** A field of a token's header or payload as it is written there: not verified. */
function unverified(token: string, part: 'header' | 'payload', name: string): string | undefined {
  try {
    const text = token.split('.')[part === 'header' ? 0 : 1] ?? ''
    const content: unknown = JSON.parse(Buffer.from(text, 'base64url').toString())
    const value: unknown = typeof content === 'object' && content !== null ? Reflect.get(content, name) : undefined
    return typeof value === 'string' ? value : undefined
  } catch {
    return undefined
  }
}
