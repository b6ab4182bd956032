import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { type KeptKey, type KeyState, readKeys } from './key-file.ts'

export interface SigningKey {
  /** RFC 7638 thumbprint. */
  kid: string
  privatePem: string
  publicPem: string
  jwk: { kty: 'EC'; crv: 'P-256'; x: string; y: string; kid: string; alg: 'ES256'; use: 'sig' }
  state: KeyState
  since: Date | undefined
}

/**
 * The keys in JWT_PRIVATE_KEYS: PEM texts or paths, comma-separated, each with one key or several; the first signs.
 *
 * @throws TypeError when one is not an EC P-256 private key
 */
export function readSigningKeys(text: string): SigningKey[] {
  const kept = text.split(',').flatMap(part => readKeys(isPem(part) ? unfold(part) : readPemFile(part.trim())))
  // Of several files each has a first key, and one of them signs.
  const keys = kept.map((key, index) =>
    signingKey(index > 0 && key.state === 'current' ? { ...key, state: 'previous', since: undefined } : key)
  )
  return keys.filter(({ kid }, index) => keys.findIndex(key => key.kid === kid) === index)
}

/** The file that holds the key which signs, when JWT_PRIVATE_KEYS names one. */
export function signingKeyFile(text: string): string | undefined {
  const [first = ''] = text.split(',')
  return isPem(first) ? undefined : first.trim()
}

/** Whether anything can change without a change of JWT_PRIVATE_KEYS itself. */
export function namesKeyFiles(text: string): boolean {
  return text.split(',').some(part => !isPem(part))
}

/** A new EC P-256 key as PEM. */
export function generateSigningKey(): string {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  return privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
}

function isPem(part: string): boolean {
  return part.includes('-----BEGIN')
}

/** PEM as it stands in the environment, with its line breaks. */
function unfold(text: string): string {
  return text.replaceAll('\\n', '\n')
}

function signingKey({ pem, state, since }: KeptKey): SigningKey {
  let key: KeyObject
  try {
    key = createPrivateKey(pem)
  } catch {
    throw new TypeError('not a private key in PEM')
  }
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
    jwk: { kty: 'EC', crv: 'P-256', x, y, kid, alg: 'ES256', use: 'sig' },
    state,
    since
  }
}

function readPemFile(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    throw new TypeError('a file that cannot be read')
  }
}
