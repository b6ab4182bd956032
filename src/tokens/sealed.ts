import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { KEY_ID_BYTES, type KeyPurpose, type Keyring } from './keyring.ts'

// AES-256-GCM (NIST SP 800-38D) with a random 96-bit nonce: key id 4 | nonce 12 | tag 16 | ciphertext
const NONCE = 12
const TAG = 16

/** Encrypts `text` under the current key of `purpose`, bound to `context` (what it belongs to). */
export function seal(keys: Keyring, purpose: KeyPurpose, text: string, context: Buffer): Buffer {
  const { id, key } = keys.current(purpose)
  const nonce = randomBytes(NONCE)
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(context)
  const ciphertext = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
  return Buffer.concat([id, nonce, cipher.getAuthTag(), ciphertext])
}

/**
 * Decrypts what `seal` made.
 *
 * @throws when its key is no longer in the ring, or any byte was changed
 */
export function unseal(keys: Keyring, purpose: KeyPurpose, sealed: Buffer, context: Buffer): string {
  const key = keys.find(purpose, sealed.subarray(0, KEY_ID_BYTES))
  if (!key) throw new Error('sealed under a secret that is no longer listed')
  const nonce = sealed.subarray(KEY_ID_BYTES, KEY_ID_BYTES + NONCE)
  const decipher = createDecipheriv('aes-256-gcm', key.key, nonce, { authTagLength: TAG }).setAAD(context)
  decipher.setAuthTag(sealed.subarray(KEY_ID_BYTES + NONCE, KEY_ID_BYTES + NONCE + TAG))
  return Buffer.concat([decipher.update(sealed.subarray(KEY_ID_BYTES + NONCE + TAG)), decipher.final()]).toString(
    'utf8'
  )
}
