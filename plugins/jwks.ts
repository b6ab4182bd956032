import { Type } from '@sinclair/typebox'
import fp from 'fastify-plugin'
import { SECOND } from '../src/clock.ts'
import { ok } from '../src/schemas.ts'
import { JWKS_MAX_AGE } from '../src/tokens/rotation.ts'

const Jwk = Type.Object(
  {
    kty: Type.String(),
    crv: Type.String(),
    x: Type.String(),
    y: Type.String(),
    kid: Type.String(),
    alg: Type.String(),
    use: Type.String()
  },
  { title: 'Jwk' }
)
const Jwks = Type.Object({ keys: Type.Array(Jwk) }, { title: 'Jwks' })

/** The public keys of access tokens, for services that verify offline (RFC 7517). */
export default fp(
  async app => {
    app.get(
      '/.well-known/jwks.json',
      {
        config: { public: true },
        schema: {
          operationId: 'getJwks',
          tags: ['Keys'],
          summary: 'Public keys of access tokens',
          description: 'RFC 7517; `kid` is the thumbprint of RFC 7638. The answer may be kept for five minutes.',
          response: { 200: ok(Jwks, 'The keys.') }
        }
      },
      async (_, reply) => {
        reply.header('Cache-Control', `public, max-age=${JWKS_MAX_AGE / SECOND}`)
        return { keys: app.signingKeys.list().map(({ jwk }) => jwk) }
      }
    )
  },
  { name: 'guildhall-jwks', fastify: '5.x', dependencies: ['guildhall-signing-keys'] }
)
