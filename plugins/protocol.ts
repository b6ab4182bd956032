import type { IncomingMessage } from 'node:http'
import type { Socket } from 'node:net'
import fp from 'fastify-plugin'
import { Problem } from '../src/errors.ts'

// Requests that a connection may have under way (pipelining, RFC 9112 §9.3.2): browsers send one after the other.
const AT_ONCE = 16

/**
 * Refuses, with problem details and all headers, what Node would answer by itself with an empty 400 or 417:
 * HTTP/1.1 without Host (RFC 9112 §3.2; the server must be made with `requireHostHeader: false`) and an Expect
 * that is not 100-continue (RFC 9110 §10.1.1); and what Node lets pass, a second Host (RFC 9112 §3.2)
 * and more requests at once than AT_ONCE: all that arrive in one piece begin at once, and their answers wait in memory
 * until the client reads them.
 */
export default fp(
  async app => {
    const unmet = new WeakSet<IncomingMessage>()
    app.server.on('checkExpectation', (request, response) => {
      unmet.add(request)
      app.routing(request, response)
    })
    const underWay = new WeakMap<Socket, number>()
    const counted = new WeakSet<IncomingMessage>()
    const count = ({ socket }: IncomingMessage, by: 1 | -1) => {
      const number = (underWay.get(socket) ?? 0) + by
      underWay.set(socket, number)
      return number
    }
    app.addHook('onRequest', async ({ raw }, reply) => {
      counted.add(raw)
      if (count(raw, 1) > AT_ONCE) {
        reply.header('Connection', 'close')
        throw new Problem('malformed_request')
      }
      const hostless = raw.headers.host === undefined && raw.httpVersion === '1.1'
      if (hostless || hasTwoHosts(raw) || unmet.has(raw)) throw new Problem('malformed_request')
    })
    app.addHook('onResponse', async ({ raw }) => {
      if (counted.has(raw)) count(raw, -1) // a plugin before this one may have answered
    })
  },
  { name: 'guildhall-protocol', fastify: '5.x' }
)

/** Node keeps the first, and who stands before us may have gone by the last. */
function hasTwoHosts({ rawHeaders }: IncomingMessage): boolean {
  const isName = (_: string, index: number) => index % 2 === 0
  return rawHeaders.filter(isName).filter(name => name.toLowerCase() === 'host').length > 1
}
