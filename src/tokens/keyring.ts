import { createHash, hkdfSync } from 'node:crypto'

const MIN_BYTES = 32 // of a secret: 256 bits
// Random texts of that length have more distinct characters, and base64 letters of both cases: all but one in ten million.
const HEX = { grammar: /^[0-9a-f]+$/i, encoding: 'hex', minDistinct: 11 } as const
const BASE64 = {
  grammar: /^(?=.*[A-Z])(?=.*[a-z])[A-Za-z0-9+/_-]+={0,2}$/,
  encoding: 'base64',
  minDistinct: 18
} as const

/** Of a key's id: enough to tell the few secrets of one installation apart. */
export const KEY_ID_BYTES = 4

/** Each purpose has a key of its own, so that one leaked key opens one door. */
export const KEY_PURPOSES = ['refresh-token', 'outbox', 'pepper', 'cursor', 'code', 'limits'] as const
export type KeyPurpose = (typeof KEY_PURPOSES)[number]

export interface DerivedKey {
  /** Stored beside whatever the key made, so that SECRET can be rotated without logging anybody out. */
  id: Buffer
  key: Buffer
}

export interface Keyring {
  /** The key that makes new things: derived from the first secret. */
  current(purpose: KeyPurpose): DerivedKey
  /** The key that made something, as long as its secret is still listed. */
  find(purpose: KeyPurpose, id: Buffer): DerivedKey | undefined
}

/**
 * The secrets in SECRET.
 *
 * @throws TypeError when one of them is too short or plainly not random
 */
export function readSecrets(text: string): Buffer[] {
  return text.split(',').map(part => {
    const secret = part.trim()
    const { grammar, encoding, minDistinct } = HEX.grammar.test(secret) ? HEX : BASE64
    const bytes = Buffer.from(secret, encoding)
    const isRandom = new Set(secret).size >= minDistinct && !/^(.+)\1+$/.test(secret)
    if (!grammar.test(secret) || bytes.length < MIN_BYTES || !isRandom) throw new TypeError('too short or not random')
    return bytes
  })
}

/** Keys derived by HKDF-SHA-256 (RFC 5869), one per secret and purpose. */
export function createKeyring(secrets: readonly Buffer[]): Keyring {
  const derive = (secret: Buffer, purpose: KeyPurpose): DerivedKey => {
    const key = Buffer.from(hkdfSync('sha256', secret, '', `guildhall/${purpose}`, 32))
    return { key, id: createHash('sha256').update('key id').update(key).digest().subarray(0, KEY_ID_BYTES) }
  }
  const keys = new Map(KEY_PURPOSES.map(purpose => [purpose, secrets.map(secret => derive(secret, purpose))]))
  return {
    current(purpose) {
      const key = keys.get(purpose)?.[0]
      if (!key) throw new Error('a keyring without secrets cannot exist: the configuration refuses it')
      return key
    },
    find: (purpose, id) => keys.get(purpose)?.find(key => key.id.equals(id))
  }
}
