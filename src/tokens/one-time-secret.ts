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

/** A secret and the code beside it as one text, for the way to the mail. */
export function withCode(text: string, code: string): string {
  return `${text}.${code}`
}

/** What `withCode` put together, or a secret that has no code. */
export function splitSecret(secret: string): { token: string; code: string | undefined } {
  const [token = '', code] = secret.split('.') // not a character of base64url
  return { token, code }
}

/** The form in which a secret is stored and looked up. */
export function hashOneTimeSecret(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}
