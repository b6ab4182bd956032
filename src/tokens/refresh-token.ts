import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import type { Id } from '../ids.ts'
import { KEY_ID_BYTES, type Keyring } from './keyring.ts'

// Layout of a refresh token, base64url of 104 bytes:
//   key id 4 | session 16 | generation 4 | tag 16 (issued at, ms: 6; random: 10) | inner MAC 32 | outer MAC 32
// The outer MAC is under a key derived from SECRET, so that forgeries cost no query; the inner one
// under the row's own secret, so that a stolen SECRET alone makes no token either.
const SESSION = 16
const GENERATION = 4
const TAG = 16
const ISSUED_AT = 6
const MAC = 32
const HEAD = KEY_ID_BYTES + SESSION + GENERATION + TAG
const LENGTH = HEAD + MAC + MAC
const TEXT = new RegExp(`^[A-Za-z0-9_-]{${Math.ceil((LENGTH * 4) / 3)}}$`)

/** Bytes of a row's own secret. */
export const ROW_SECRET_BYTES = 32

/** A token whose outer MAC was right; the inner one still waits for the row. */
export interface RefreshToken {
  sessionId: Id
  generation: number
  /** Issue time and random bytes: every answer carries a tag of its own. */
  tag: Buffer
  issuedAt: Date
  head: Buffer
  inner: Buffer
}

/** Makes a token of the given generation, with a tag of its own. */
export function makeRefreshToken(
  keys: Keyring,
  now: Date,
  session: { id: Id; secret: Buffer; generation: number }
): string {
  const { id, key } = keys.current('refresh-token')
  const head = Buffer.alloc(HEAD)
  id.copy(head, 0)
  session.id.copy(head, KEY_ID_BYTES)
  head.writeUInt32BE(session.generation, KEY_ID_BYTES + SESSION)
  head.writeUIntBE(now.getTime(), KEY_ID_BYTES + SESSION + GENERATION, ISSUED_AT)
  randomBytes(TAG - ISSUED_AT).copy(head, KEY_ID_BYTES + SESSION + GENERATION + ISSUED_AT)
  const inner = innerMac(session.secret, head)
  return Buffer.concat([head, inner, outerMac(key, head, inner)]).toString('base64url')
}

/** Reads a token and checks its outer MAC, without a query. Undefined: not one of ours. */
export function readRefreshToken(keys: Keyring, text: string): RefreshToken | undefined {
  if (!TEXT.test(text)) return undefined
  const bytes = Buffer.from(text, 'base64url')
  if (bytes.toString('base64url') !== text) return undefined // the last character has two bits to spare
  const head = bytes.subarray(0, HEAD)
  const inner = bytes.subarray(HEAD, HEAD + MAC)
  const key = keys.find('refresh-token', head.subarray(0, KEY_ID_BYTES))
  if (!key || !timingSafeEqual(bytes.subarray(HEAD + MAC), outerMac(key.key, head, inner))) return undefined
  const tag = head.subarray(KEY_ID_BYTES + SESSION + GENERATION)
  return {
    sessionId: head.subarray(KEY_ID_BYTES, KEY_ID_BYTES + SESSION),
    generation: head.readUInt32BE(KEY_ID_BYTES + SESSION),
    tag,
    issuedAt: new Date(tag.readUIntBE(0, ISSUED_AT)),
    head,
    inner
  }
}

/** Whether the row with this secret made the token. */
export function isTokenOf(token: RefreshToken, rowSecret: Buffer): boolean {
  return timingSafeEqual(token.inner, innerMac(rowSecret, token.head))
}

function innerMac(rowSecret: Buffer, head: Buffer): Buffer {
  return createHmac('sha256', rowSecret).update(head).digest()
}

function outerMac(key: Buffer, head: Buffer, inner: Buffer): Buffer {
  return createHmac('sha256', key).update(head).update(inner).digest()
}
