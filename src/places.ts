import { isIPv4, isIPv6 } from 'node:net'

/** From where a request comes, as far as it can be told. */
export interface Place {
  ip: string
  userAgent: string
}

const IPV4_BITS = 24 // a household gets another address of the same network after a reconnect
const IPV6_BITS = 64 // of one network; its devices change the rest as they like (RFC 8981)
const MAPPED = Buffer.from('00000000000000000000ffff', 'hex') // an IPv4 address, written as one of IPv6 (RFC 4291 §2.5.5.2)

/** Whether two places are as good as one: the same network, and the same agent to the letter. */
export function samePlace(a: Place, b: Place): boolean {
  return a.userAgent === b.userAgent && networkOf(a.ip) === networkOf(b.ip)
}

/**
 * The network of an address, the same for each spelling of it: a key to compare by, not to show.
 *
 * @param ipv4Bits 32 tells single addresses of IPv4; of IPv6 it is always the /64, which one client has to itself
 * @returns '' for what is no address
 */
export function networkOf(address: string, ipv4Bits: 24 | 32 = IPV4_BITS): string {
  const bytes = bytesOf(address)
  if (!bytes) return ''
  const bits = bytes.length === 4 ? ipv4Bits : IPV6_BITS
  return `${bytes.subarray(0, bits / 8).toString('hex')}/${bits}`
}

/** The bytes of an address, the same for each spelling of it; undefined for what is none. */
export function bytesOf(address: string): Buffer | undefined {
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
