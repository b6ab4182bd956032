import { readFileSync } from 'node:fs'
import type { PoolOptions } from 'mysql2'
import { isLoopback } from '../proxies.ts'

/**
 * What mysql2 needs, from `mysql://user:password@host:port/name`. Queries of the URL:
 * - `ssl=required`: TLS, any certificate; `ssl=verify`: TLS and a trusted certificate of that host;
 *   `ssl=/path/ca.pem`: TLS and a certificate of that authority; `ssl=off`: none, on purpose
 * - `socket=/path`: a server on this machine, through its socket (the embedded one)
 *
 * @throws TypeError naming the fault, without the password
 */
export function connectionOptions(text: string): PoolOptions {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (url?.protocol !== 'mysql:') throw new TypeError('expected mysql://user:password@host:port/name')
  for (const key of url.searchParams.keys()) {
    if (key !== 'ssl' && key !== 'socket') throw new TypeError('unknown parameter; known are ssl and socket') // unnamed: it may be half a password with a ?
  }
  const socket = url.searchParams.get('socket')
  const ssl = url.searchParams.get('ssl')
  return {
    ...(socket
      ? { socketPath: socket }
      : { host: url.hostname.replace(/^\[|\]$/g, ''), port: Number(url.port || 3306) }),
    user: decodeURIComponent(url.username),
    password: decodeURIComponent(url.password),
    database: decodeURIComponent(url.pathname.slice(1)) || undefined,
    ...(ssl && ssl !== 'off' ? { ssl: tls(ssl) } : {})
  }
}

/** Whether nobody has said how the way to a database on another machine is protected: members' data crosses it. */
export function isUnprotected(text: string): boolean {
  const { hostname, searchParams } = new URL(text)
  return !isLoopback(hostname) && !searchParams.has('socket') && !searchParams.get('ssl')
}

function tls(mode: string) {
  // verifyIdentity: mysql2 checks the chain but not the host name unless told to.
  if (mode === 'required') return { rejectUnauthorized: false, minVersion: 'TLSv1.2' }
  if (mode === 'verify') return { rejectUnauthorized: true, verifyIdentity: true, minVersion: 'TLSv1.2' }
  if (mode.startsWith('/')) return { ca: readFileSync(mode, 'utf8'), verifyIdentity: true, minVersion: 'TLSv1.2' }
  throw new TypeError('ssl is "required", "verify", "off" or the absolute path of a CA certificate')
}
