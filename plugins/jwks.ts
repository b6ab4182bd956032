import { Type } from '@sinclair/typebox'
import fp from 'fastify-plugin'
import { SECOND } from '../src/clock.ts'
import { ok } from '../src/schemas.ts'
import { JWKS_MAX_AGE } from '../src/tokens/rotation.ts'

// Of RFC 7517, appendix A.1, with its thumbprint.
const EXAMPLE_JWK = {
  kty: 'EC',
  crv: 'P-256',
  x: 'MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4',
  y: '4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM',
  kid: 'cn-I_WNMClehiVp51i_0VpOENW1upEerA8sEam5hn-s',
  alg: 'ES256',
  use: 'sig'
}

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
  { title: 'Jwk', examples: [EXAMPLE_JWK] }
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
