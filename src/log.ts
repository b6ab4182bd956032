import type { FastifyServerOptions } from 'fastify'
import type { Config } from './config.ts'

/**
 * One JSON line per event on standard output; in development the same for people. Requests are logged
 * by path, without the query: a link's token, or an Admin's search, stays out of the log.
 */
export function loggerOptions(config: Config): FastifyServerOptions['logger'] {
  return {
    level: config.LOG_LEVEL,
    serializers: {
      req: request => ({ method: request.method, path: request.url?.split('?')[0], ip: request.ip })
    },
    ...(config.production
      ? {}
      : { transport: { target: 'pino-pretty', options: { ignore: 'pid,hostname', translateTime: 'HH:MM:ss' } } })
  }
}
