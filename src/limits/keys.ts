import { createHmac } from 'node:crypto'
import { canonicalAddress } from '../accounts/address.ts'
import { networkOf } from '../places.ts'
import type { Keyring } from '../tokens/keyring.ts'
import { KEY_BYTES } from './store.ts'

/**
 * What a counter stands under: an HMAC of its parts, so that whoever steals the counters learns of nobody, and cannot
 * ask for anybody.
 */
export function counterKey(keys: Keyring, parts: readonly string[]): string {
  const { key } = keys.current('limits')
  return createHmac('sha256', key)
    .update(JSON.stringify(parts))
    .digest('hex')
    .slice(0, 2 * KEY_BYTES)
}

/** The part of an address that one subscriber holds, as text; '' for what is no address. */
export function addressKey(ip: string): string {
  return networkOf(ip, 'subscriber')?.toString('hex') ?? ''
}

/**
 * What an account is counted by: its canonical address without a plus-tag, so that tags, case and spellings of the
 * domain are no new tries. A text that is no address has a key, too: its tries are counted like any others.
 */
export function accountKey(email: string): string {
  const text = canonicalAddress(email)?.toString() ?? `not an address ${email.normalize('NFKC').trim().toLowerCase()}`
  return text.replace(/(.)\+[^@]*(?=@[^@]*$)/, '$1')
}
