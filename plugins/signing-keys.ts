import fastifyJwt, { type JWT } from '@fastify/jwt'
import Fastify from 'fastify'
import fp from 'fastify-plugin'
import { AccessClaims } from '../src/sessions/access-token.ts'
import { REREAD_EVERY } from '../src/tokens/rotation.ts'
import { namesKeyFiles, readSigningKeys, type SigningKey } from '../src/tokens/signing-keys.ts'

export interface SigningKeys {
  /** All that verify; the first signs. */
  list(): readonly SigningKey[]
  /** The key that signs. */
  signer(): JWT
  /** The key of this id, as long as it is listed. */
  find(kid: string): JWT | undefined
  /** Reads the key files now. What cannot be read changes nothing: the keys that we have are as good as before. */
  reread(): Promise<void>
}

declare module 'fastify' {
  interface FastifyInstance {
    signingKeys: SigningKeys
  }
}

declare module '@fastify/jwt' {
  interface FastifyJWT {
    payload: AccessClaims
  }
}

/**
 * The keys of access tokens. Their files are read again and again, so that a rotation needs no restart: every server
 * publishes the next key long before any server signs with it (src/tokens/rotation.ts).
 */
export default fp<{ source: string; issuer: string }>(
  async (app, { source, issuer }) => {
    let keys = readSigningKeys(source)
    let jwts = await prepare(keys)

    /** What is known stays as it is, with what it has verified. */
    async function prepare(list: readonly SigningKey[], known?: ReadonlyMap<string, JWT>): Promise<Map<string, JWT>> {
      const ready = list.map(async key => [key.kid, known?.get(key.kid) ?? (await createJwt(key, issuer))] as const)
      return new Map(await Promise.all(ready))
    }

    async function reread(): Promise<void> {
      try {
        const read = readSigningKeys(source)
        const kids = (list: readonly SigningKey[]) => list.map(({ kid }) => kid)
        if (kids(read).join() === kids(keys).join()) return
        jwts = await prepare(read, jwts)
        keys = read
        app.log.info({ kids: kids(keys) }, 'signing keys: changed')
      } catch (error) {
        app.log.error({ err: error }, 'signing keys: not read again; the ones before stay')
      }
    }

    app.decorate('signingKeys', {
      list: () => keys,
      signer() {
        const jwt = keys[0] && jwts.get(keys[0].kid)
        if (!jwt) throw new Error('without a signing key there is no server: the configuration refuses it')
        return jwt
      },
      find: kid => jwts.get(kid),
      reread
    })

    if (!namesKeyFiles(source)) return
    const timer = setInterval(() => void reread(), REREAD_EVERY)
    timer.unref()
    app.addHook('onClose', async () => clearInterval(timer))
  },
  { name: 'guildhall-signing-keys', fastify: '5.x' }
)

/**
 * One signer and verifier for each key: with a static key fast-jwt caches what it has verified. @fastify/jwt belongs to
 * an instance, and one that serves takes no plugins any more: each key has an instance of its own, which never listens.
 */
async function createJwt(key: SigningKey, issuer: string): Promise<JWT> {
  const holder = Fastify()
  await holder.register(fastifyJwt, {
    secret: { private: key.privatePem, public: key.publicPem },
    sign: { algorithm: 'ES256', header: { typ: 'at+jwt', kid: key.kid, alg: 'ES256' } },
    verify: {
      algorithms: ['ES256'],
      checkTyp: 'at+jwt',
      allowedIss: issuer,
      allowedAud: issuer,
      requiredClaims: Object.keys(AccessClaims.properties),
      ignoreExpiration: true, // sessions/guard.ts compares by the one clock
      cache: true
    }
  })
  return holder.jwt
}
