import { isIP } from 'node:net'

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
  const bytes = bytesOf(ip.replace(/%.*$/, ''))
  return bytes?.subarray(0, BYTES[of][bytes.length === 4 ? 4 : 6])
}

function bytesOf(ip: string): Buffer | undefined {
  const version = isIP(ip)
  if (version === 0) return undefined
  if (version === 4) return Buffer.from(ip.split('.').map(Number))
  // The URL standard writes every IPv6 address one way: no dots, no leading zeros.
  const text = new URL(`http://[${ip}]`).hostname.slice(1, -1)
  const [head = [], tail = []] = text.split('::').map(part => (part === '' ? [] : part.split(':')))
  const groups = [...head, ...Array<string>(8 - head.length - tail.length).fill('0'), ...tail]
  const bytes = Buffer.from(groups.map(group => group.padStart(4, '0')).join(''), 'hex')
  return bytes.subarray(0, 12).equals(MAPPED) ? bytes.subarray(12) : bytes
}

const MAPPED = Buffer.from('00000000000000000000ffff', 'hex') // RFC 4291 §2.5.5.2
