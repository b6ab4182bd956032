import type { FastifyRequest } from 'fastify'
import { chooseLocale } from '../src/locales.ts'
import { addressOf } from '../src/proxies.ts'
import type { Scope } from '../src/scope.ts'

const USER_AGENT_LENGTH = 255 // of the column
const REQUEST_ID_LENGTH = 64 // of the column

/** What a request says of itself, the language among those that mail is written in; the guard adds the member. */
export function readScope(request: FastifyRequest, languages: readonly string[]): Scope {
  return {
    member: undefined,
    ip: addressOf(request.ip),
    userAgent: printable(request.headers['user-agent'] ?? '', USER_AGENT_LENGTH),
    locale: chooseLocale(request.headers['accept-language'] ?? '', languages),
    // A host may take it from a header of the client's.
    requestId: printable(request.id, REQUEST_ID_LENGTH)
  }
}

/** Header bytes arrive as latin1; control characters could forge lines where the text is shown. */
function printable(text: string, length: number): string {
  return text.replace(/[^\x20-\x7e]/g, '?').slice(0, length)
}
