import { randomUUID } from 'node:crypto'
import Fastify, { type FastifyInstance, type FastifyServerOptions, LogController } from 'fastify'
import packageJson from '../package.json' with { type: 'json' }
import accessLog from '../plugins/access-log.ts'
import cors, { corsHeaders } from '../plugins/cors.ts'
import errorResponses from '../plugins/error-responses.ts'
import errors, { answerError, refuseConnection } from '../plugins/errors.ts'
import health from '../plugins/health.ts'
import metrics from '../plugins/metrics.ts'
import openapi from '../plugins/openapi.ts'
import protocol from '../plugins/protocol.ts'
import securityHeaders, { HEADERS } from '../plugins/security-headers.ts'
import { BODY_LIMIT } from '../plugins/validation.ts'
import { readConfig } from './config.ts'
import { type MembershipOptions, membership } from './index.ts'
import { trust } from './proxies.ts'
import { told } from './schemas.ts'

const REQUEST_TIMEOUT = 30_000 // ms to send a request: slow senders must not hold connections
const HEADERS_TIMEOUT = 15_000 // ms of them for its head; Node takes the shorter of the two for the head, whichever it is
const TIMEOUT_CHECKS = 3000 // ms between two looks for who is late
const HELLO = { message: 'Hello from Guildhall.' }

export interface ServerOptions extends MembershipOptions {
  logger?: FastifyServerOptions['logger']
  /** Pages beside the API, registered last. */
  pages?: (server: FastifyInstance) => Promise<void>
}

/**
 * The standalone server: what a host application would bring itself, and membership. main.ts and the tests build it.
 *
 * @throws ConfigError naming every fault of the configuration
 */
export async function createServer(options: ServerOptions): Promise<FastifyInstance> {
  const config = readConfig(options.config)
  const server = Fastify({
    logger: options.logger ?? false,
    logController: new LogController({ disableRequestLogging: true }), // plugins/access-log.ts has one line a request
    bodyLimit: BODY_LIMIT,
    requestTimeout: REQUEST_TIMEOUT,
    http: {
      requireHostHeader: false, // plugins/protocol.ts refuses, in our own words
      headersTimeout: HEADERS_TIMEOUT,
      connectionsCheckingInterval: TIMEOUT_CHECKS
    },
    trustProxy: trust(config.proxies),
    genReqId: () => randomUUID(),
    // Requests that come while we drain are served: the balancer has not heard yet.
    return503OnClosing: false,
    onProtoPoisoning: 'error',
    onConstructorPoisoning: 'error',
    // Errors before routing and its hooks: malformed URLs, input that is not HTTP.
    frameworkErrors: (error, request, reply) => {
      reply.headers({ ...HEADERS, ...corsHeaders(request.headers.origin, config.origins) })
      answerError(error, request, reply)
    },
    clientErrorHandler: (_, socket) => refuseConnection(socket, HEADERS)
  })
  await server.register(accessLog)
  await server.register(errors, { notFound: true })
  await server.register(errorResponses)
  await server.register(securityHeaders)
  await server.register(cors, { origins: config.origins })
  await server.register(protocol)
  await server.register(openapi, { publicUrl: config.PUBLIC_URL, version: packageJson.version, docs: config.docs })
  await server.register(membership, options)
  await server.register(health, { probe: server.membership.probe })
  if (config.metrics) await server.register(metrics, server.membership.gauges)
  const hello = {
    operationId: 'hello',
    tags: ['Operation'],
    summary: 'Wake-up ping',
    response: { 200: told('A greeting.', HELLO) }
  }
  server.get('/hello', { config: { public: true }, schema: hello }, async () => HELLO)
  if (options.pages) await server.register(options.pages)
  return server
}
