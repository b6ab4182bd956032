import { createHmac, randomInt, timingSafeEqual } from 'node:crypto'
import type { Id } from '../ids.ts'
import { type DerivedKey, KEY_ID_BYTES, type Keyring } from './keyring.ts'

const DIGITS = 8 // 26.6 bits: enough with five tries in an hour, and few enough to type (NIST SP 800-63B-4 §3.1.3.2 asks 20)
const ID_BYTES = 16

/** Whose code it is, and for what. */
export interface CodeOwner {
  account_id: Id
  purpose: string
}

/** A new code: eight digits, each code as likely as any other. */
export function makeCode(): string {
  return String(randomInt(10 ** DIGITS)).padStart(DIGITS, '0')
}

/**
 * The form in which a code is stored: the id of a key and a MAC under it. A plain hash would tell a code at once, because
 * there are only a hundred million.
 */
export function lockCode(keys: Keyring, code: string, owner: CodeOwner): Buffer {
  const key = keys.current('code')
  return Buffer.concat([key.id, mac(key, code, owner)])
}

/** Whether `code` is the one that was stored, in constant time. */
export function isCode(keys: Keyring, stored: Buffer, code: string, owner: CodeOwner): boolean {
  const key = keys.find('code', stored.subarray(0, KEY_ID_BYTES))
  const expected = mac(key ?? keys.current('code'), code, owner)
  const given = stored.subarray(KEY_ID_BYTES)
  return given.length === expected.length && timingSafeEqual(given, expected) && key !== undefined
}

/**
 * An id that stands for an address in rows that are no account's: always the same, and not to be told from an account's
 * own by work or by rows.
 */
export function standInId(keys: Keyring, address: Buffer, role: string): Id {
  const { key } = keys.current('code')
  return createHmac('sha256', key).update(`${role}\0`).update(address).digest().subarray(0, ID_BYTES)
}

function mac({ key }: DerivedKey, code: string, { account_id, purpose }: CodeOwner): Buffer {
  return createHmac('sha256', key).update(account_id).update(`${purpose}\0${code}`).digest()
}
