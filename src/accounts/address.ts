import { domainToASCII } from 'node:url'

// RFC 5321 §4.5.3.1: 64 octets before the @, 254 in all (erratum 1690).
const LOCAL = /^[a-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/
const LABEL = /^(?!-)[a-z0-9-]{1,63}(?<!-)$/

/**
 * The canonical form of an address: ASCII local part in lower case, domain as IDNA A-labels. Members
 * are told apart by these bytes, so that no collation and no look-alike makes two addresses one.
 *
 * @returns undefined when `address` is not one that we take: quoted local parts, address literals,
 *   comments and non-ASCII local parts are refused, because mail programs read them differently
 */
export function canonicalAddress(address: string): Buffer | undefined {
  const at = address.lastIndexOf('@')
  if (at < 1 || address.length > 254) return undefined
  // Not toLowerCase(): "K" (U+212A) would become an ASCII k.
  const local = address.slice(0, at).replace(/[A-Z]/g, letter => letter.toLowerCase())
  const rawDomain = address.slice(at + 1)
  if (local.length > 64 || !LOCAL.test(local) || /[\s%:/?#[\]@\\]/.test(rawDomain)) return undefined
  const domain = domainToASCII(rawDomain)
  const labels = domain.split('.')
  if (labels.length < 2 || !labels.every(label => LABEL.test(label)) || /^\d+$/.test(labels.at(-1) ?? ''))
    return undefined
  const canonical = `${local}@${domain}`
  return canonical.length <= 254 ? Buffer.from(canonical, 'ascii') : undefined
}
