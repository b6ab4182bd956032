import { bytesOf } from '../places.ts'

// Bytes of an address that a network has in common: of one subscriber, or of one member on the move (a mobile or home
// network gives new IPv4 addresses out of the same /24).
const BYTES = { subscriber: { 4: 4, 6: 8 }, neighbourhood: { 4: 3, 6: 8 } } as const

/**
 * The network that an address belongs to, as its leading bytes. Spellings are one: an IPv4 address that is mapped into
 * IPv6 is the IPv4 address.
 *
 * @returns undefined for what is not an address
 */
export function networkOf(ip: string, of: keyof typeof BYTES): Buffer | undefined {
  const bytes = bytesOf(ip)
  return bytes?.subarray(0, BYTES[of][bytes.length === 4 ? 4 : 6])
}
