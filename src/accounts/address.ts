import { domainToASCII } from 'node:url'

// RFC 5321 §4.5.3.1: 64 octets before the @, 254 in all (erratum 1690).
const LOCAL = /^[a-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/
const ASCII = /^[\x21-\x7e]*$/
const NOT_IN_DOMAINS = /[\s%:/?#[\]@\\]/ // domainToASCII reads a URL: it would decode or cut off what these begin
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
  const local = lowerCase(address.slice(0, at))
  const rawDomain = address.slice(at + 1)
  if (local.length > 64 || !LOCAL.test(local) || NOT_IN_DOMAINS.test(rawDomain)) return undefined
  const domain = domainToASCII(rawDomain)
  const labels = domain.split('.')
  if (labels.length < 2 || !labels.every(label => LABEL.test(label)) || /^\d+$/.test(labels.at(-1) ?? ''))
    return undefined
  const canonical = `${local}@${domain}`
  return canonical.length <= 254 ? Buffer.from(canonical, 'ascii') : undefined
}

/**
 * The beginning of a canonical address, from the beginning of an address as it is shown. The domain's labels become
 * A-labels one by one; a last one with letters beyond ASCII is taken for a whole label, because the A-label of a part
 * is not a part of the A-label.
 *
 * @returns undefined when no canonical address can begin so
 */
export function canonicalPrefix(text: string): Buffer | undefined {
  const domainAt = text.lastIndexOf('@') + 1 || text.length
  const [local, domain] = [text.slice(0, domainAt), text.slice(domainAt)]
  if (!ASCII.test(local) || NOT_IN_DOMAINS.test(domain)) return undefined
  const labels = domain.split('.')
  const canonical = labels.map(label => (ASCII.test(label) ? lowerCase(label) : domainToASCII(label)))
  if (canonical.some((label, i) => label === '' && labels[i] !== '')) return undefined // no domain has such a label
  return Buffer.from(lowerCase(local) + canonical.join('.'), 'ascii')
}

/** Not toLowerCase(): "K" (U+212A) would become an ASCII k. */
function lowerCase(text: string): string {
  return text.replace(/[A-Z]/g, letter => letter.toLowerCase())
}
