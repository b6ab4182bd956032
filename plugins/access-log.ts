import fp from 'fastify-plugin'
import { withoutSecrets } from '../src/log.ts'
import { addressOf } from '../src/proxies.ts'

/**
 * One line a request, by path without the query: a link's token, or what an Admin searched for, stays
 * out of the log, and so does a token that stands in the path by mistake.
 */
export default fp(
  async app => {
    app.addHook('onResponse', async (request, reply) => {
      const { method, url } = request
      const line = {
        method,
        path: withoutSecrets(url.split('?')[0] ?? ''),
        status: reply.statusCode,
        ms: Math.round(reply.elapsedTime)
      }
      request.log.info({ ...line, ip: addressOf(request.ip) }, 'request')
    })
  },
  { name: 'guildhall-access-log', fastify: '5.x' }
)
