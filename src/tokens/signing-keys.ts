import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto'
import { readFileSync } from 'node:fs'

export interface SigningKey {
  /** RFC 7638 thumbprint. */
  kid: string
  privatePem: string
  publicPem: string
  jwk: { kty: 'EC'; crv: 'P-256'; x: string; y: string; kid: string; alg: 'ES256'; use: 'sig' }
}

/**
 * The keys in JWT_PRIVATE_KEYS: PEM texts or paths, comma-separated; the first signs.
 *
 * @throws TypeError when one is not an EC P-256 private key
 */
export function readSigningKeys(text: string): SigningKey[] {
  return text.split(',').map(part => {
    const pem = part.includes('-----BEGIN') ? part.replaceAll('\\n', '\n').trim() : readPemFile(part.trim())
    let key: KeyObject
    try {
      key = createPrivateKey(pem)
    } catch {
      throw new TypeError('not a private key in PEM')
    }
    return signingKey(key)
  })
}

/** A new EC P-256 key as PEM. */
export function generateSigningKey(): string {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  return privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
}

function signingKey(key: KeyObject): SigningKey {
  if (key.asymmetricKeyType !== 'ec' || key.asymmetricKeyDetails?.namedCurve !== 'prime256v1') {
    throw new TypeError('not an EC P-256 key')
  }
  const publicKey = createPublicKey(key)
  const { x, y } = publicKey.export({ format: 'jwk' })
  if (!x || !y) throw new Error('an EC public key has two coordinates')
  // RFC 7638 §3.2: exactly the required members, in lexicographic order.
  const kid = createHash('sha256')
    .update(JSON.stringify({ crv: 'P-256', kty: 'EC', x, y }))
    .digest('base64url')
  return {
    kid,
    privatePem: key.export({ type: 'pkcs8', format: 'pem' }).toString(),
    publicPem: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
    jwk: { kty: 'EC', crv: 'P-256', x, y, kid, alg: 'ES256', use: 'sig' }
  }
}

function readPemFile(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    throw new TypeError('a file that cannot be read')
  }
}
