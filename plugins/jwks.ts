import { Type } from '@sinclair/typebox'
import fp from 'fastify-plugin'
import { ok } from '../src/schemas.ts'
import type { SigningKey } from '../src/tokens/signing-keys.ts'

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
export default fp<{ keys: readonly SigningKey[] }>(
  async (app, { keys }) => {
    const body = { keys: keys.map(key => key.jwk) }
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
        reply.header('Cache-Control', 'public, max-age=300')
        return body
      }
    )
  },
  { name: 'guildhall-jwks', fastify: '5.x' }
)
