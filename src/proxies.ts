import { isIP } from 'node:net'
import proxyAddr from '@fastify/proxy-addr'

/**
 * Which hops of X-Forwarded-For are believed.
 *
 * @param proxies addresses and networks, a number of hops, or undefined for none
 * @throws TypeError for what is not an address or network
 */
export function trust(proxies: string[] | number | undefined): ((address: string, hop: number) => boolean) | false {
  if (proxies === undefined) return false
  if (typeof proxies === 'number') return (_, hop) => hop < proxies
  const listed = proxyAddr.compile(proxies)
  return (address, hop) => listed(withoutPort(address), hop)
}

/** Reads TRUST_PROXY: a number of hops, or addresses and networks. */
export function readProxies(text: string): string[] | number {
  return /^\d+$/.test(text) ? Number(text) : text.split(',').map(part => part.trim())
}

/** What `request.ip` says, if it is an address, and '' otherwise: behind a proxy, X-Forwarded-For may hold anything. */
export function addressOf(text: string): string {
  const address = withoutPort(text)
  return isIP(address) ? address.replace(/^::ffff:(?=\d+\.)/i, '').replace(/%.*$/, '') : ''
}

/** Azure writes `ip:port` into X-Forwarded-For; the port would make every connection an address of its own. */
export function withoutPort(address: string): string {
  const found = /^(?:\[([^\]]+)\]|(\d+(?:\.\d+){3}))(?::\d+)?$/.exec(address)
  return found?.[1] ?? found?.[2] ?? address
}

/** Whether `host` is this machine: a loopback address, or a localhost name. */
export function isLoopback(host: string): boolean {
  return /^(localhost|.*\.localhost|127(\.\d{1,3}){3}|\[?::1\]?)$/i.test(host)
}
