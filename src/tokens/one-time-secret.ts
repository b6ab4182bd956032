import { createHash, randomBytes } from 'node:crypto'

const BYTES = 32 // 256 bits: nothing to guess, so a plain hash at rest is enough (ASVS V6.5.2)

export interface OneTimeSecret {
  /** Goes out by mail; kept nowhere in plain. */
  text: string
  hash: Buffer
}

/** A new secret, and the form in which it is stored. */
export function makeOneTimeSecret(): OneTimeSecret {
  const text = randomBytes(BYTES).toString('base64url')
  return { text, hash: hashOneTimeSecret(text) }
}

/** The form in which a secret is stored and looked up. */
export function hashOneTimeSecret(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}
