import fp from 'fastify-plugin'
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'

/** What membership measures of itself, as `app.membership.gauges`. */
export interface MetricsOptions {
  /** Hashes under way or waiting. */
  hashLoad: () => number
  /** Mail that waits for delivery. */
  mailWaiting: () => Promise<number>
}

/** Prometheus metrics at /metrics: durations by route (never by URL), the hash queue, the outbox, the process. */
export default fp<MetricsOptions>(
  async (app, { hashLoad, mailWaiting }) => {
    const register = new Registry()
    collectDefaultMetrics({ register })
    const duration = new Histogram({
      name: 'http_request_duration_seconds',
      help: 'Duration of requests by route.',
      labelNames: ['method', 'route', 'status'] as const,
      buckets: [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5],
      registers: [register]
    })
    new Gauge({
      name: 'guildhall_hashes',
      help: 'Hashes under way or waiting.',
      registers: [register],
      collect() {
        this.set(hashLoad())
      }
    })
    new Gauge({
      name: 'guildhall_outbox_waiting',
      help: 'Mail that waits for delivery; -1 while the database is away.',
      registers: [register],
      async collect() {
        this.set(await mailWaiting().catch(() => -1))
      }
    })

    app.addHook('onResponse', async (request, reply) => {
      const route = request.routeOptions.url ?? 'unknown'
      duration.observe({ method: request.method, route, status: reply.statusCode }, reply.elapsedTime / 1000)
    })
    app.get('/metrics', { config: { public: true }, logLevel: 'warn', schema: { hide: true } }, async (_, reply) => {
      return reply.type(register.contentType).send(await register.metrics())
    })
  },
  { name: 'guildhall-metrics', fastify: '5.x' }
)
