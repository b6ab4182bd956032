import { isIPv4, isIPv6 } from 'node:net'

/** From where a request comes, as far as it can be told. */
export interface Place {
  ip: string
  userAgent: string
}

// Bytes of an address that a network has in common. A subscriber holds one address of IPv4, and a /64 of IPv6 (RFC 6177
// §2), whose devices change the rest as they like (RFC 8981). A neighbourhood is where a member moves: a household or a
// phone gets another IPv4 address of the same /24 after a reconnect.
const BYTES = { subscriber: { 4: 4, 6: 8 }, neighbourhood: { 4: 3, 6: 8 } } as const

const MAPPED = Buffer.from('00000000000000000000ffff', 'hex') // an IPv4 address, written as one of IPv6 (RFC 4291 §2.5.5.2)

/** Whether two places are as good as one: the same neighbourhood, and the same agent to the letter. */
export function samePlace(a: Place, b: Place): boolean {
  return a.userAgent === b.userAgent && networkKey(a.ip) === networkKey(b.ip)
}

/** '' for what is no address: two of those are in one place. */
function networkKey(ip: string): string {
  return networkOf(ip, 'neighbourhood')?.toString('hex') ?? ''
}

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

/** The bytes of an address, the same for each spelling of it; undefined for what is none. */
function bytesOf(address: string): Buffer | undefined {
  if (isIPv4(address)) return Buffer.from(address.split('.').map(Number))
  if (!isIPv6(address)) return undefined
  // The URL parser spells every address in one way: hex, with `::` for the longest run of zeros. It takes no zone.
  const [head = '', tail = ''] = new URL(`http://[${address.replace(/%.*$/, '')}]`).hostname.slice(1, -1).split('::')
  const [before, behind] = [groupsOf(head), groupsOf(tail)]
  const bytes = Buffer.from(
    [...before, ...Array(8 - before.length - behind.length).fill('0000'), ...behind].join(''),
    'hex'
  )
  return bytes.subarray(0, MAPPED.length).equals(MAPPED) ? bytes.subarray(MAPPED.length) : bytes
}

function groupsOf(text: string): string[] {
  return text === '' ? [] : text.split(':').map(group => group.padStart(4, '0'))
}
