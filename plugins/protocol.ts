import type { IncomingMessage } from 'node:http'
import fp from 'fastify-plugin'
import { Problem } from '../src/errors.ts'

/**
 * Refuses, with problem details and all headers, what Node would answer by itself with an empty 400 or 417:
 * HTTP/1.1 without Host (RFC 9112 §3.2; the server must be made with `requireHostHeader: false`) and an Expect
 * that is not 100-continue (RFC 9110 §10.1.1); and what Node lets pass, a second Host (RFC 9112 §3.2).
 */
export default fp(
  async app => {
    const unmet = new WeakSet<IncomingMessage>()
    app.server.on('checkExpectation', (request, response) => {
      unmet.add(request)
      app.routing(request, response)
    })
    app.addHook('onRequest', async ({ raw }) => {
      const hostless = raw.headers.host === undefined && raw.httpVersion === '1.1'
      if (hostless || hasTwoHosts(raw) || unmet.has(raw)) throw new Problem('malformed_request')
    })
  },
  { name: 'guildhall-protocol', fastify: '5.x' }
)

/** Node keeps the first, and who stands before us may have gone by the last. */
function hasTwoHosts({ rawHeaders }: IncomingMessage): boolean {
  const isName = (_: string, index: number) => index % 2 === 0
  return rawHeaders.filter(isName).filter(name => name.toLowerCase() === 'host').length > 1
}
