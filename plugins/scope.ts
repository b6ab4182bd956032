import { isIP } from 'node:net'
import type { FastifyRequest } from 'fastify'
import { chooseLocale } from '../src/outbox/texts/index.ts'
import { withoutPort } from '../src/proxies.ts'
import type { Scope } from '../src/scope.ts'

const USER_AGENT_LENGTH = 255 // of the column

/** What a request says of itself, the language among those that mail is written in; the guard adds the member. */
export function readScope(request: FastifyRequest, languages: readonly string[]): Scope {
  return {
    member: undefined,
    ip: addressOf(request.ip),
    // Header bytes arrive as latin1; control characters could forge lines where it is shown.
    userAgent: (request.headers['user-agent'] ?? '').replace(/[^\x20-\x7e]/g, '?').slice(0, USER_AGENT_LENGTH),
    locale: chooseLocale(request.headers['accept-language'] ?? '', languages),
    requestId: request.id
  }
}

/** Only an address: behind a proxy, X-Forwarded-For may hold anything. */
function addressOf(text: string): string {
  const address = withoutPort(text)
  return isIP(address) ? address.replace(/^::ffff:(?=\d+\.)/i, '').replace(/%.*$/, '') : ''
}
