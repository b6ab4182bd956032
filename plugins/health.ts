import { Type } from '@sinclair/typebox'
import fp from 'fastify-plugin'
import { Problem } from '../src/errors.ts'
import { ok } from '../src/schemas.ts'

const Health = Type.Object({ status: Type.String({ examples: ['ok'] }) }, { title: 'Health' })

/**
 * Liveness: the process answers. Readiness: it can serve; not while it shuts down, and not while
 * the database is away, so that a balancer sends requests elsewhere.
 */
export default fp<{ probe: () => Promise<void> }>(
  async (app, { probe }) => {
    let closing = false
    // One look at a time, which all share who ask meanwhile: whoever asks by the thousand must not take the connections.
    let looking: Promise<void> | undefined
    const look = () => {
      looking ??= probe().finally(() => {
        looking = undefined
      })
      return looking
    }
    app.addHook('preClose', async () => {
      closing = true
    })
    app.get(
      '/health/live',
      {
        config: { public: true },
        logLevel: 'warn',
        schema: {
          operationId: 'isLive',
          tags: ['Operation'],
          summary: 'The process answers',
          response: { 200: ok(Health, 'It does.') }
        }
      },
      async () => ({ status: 'ok' })
    )
    app.get(
      '/health/ready',
      {
        config: { public: true },
        logLevel: 'warn',
        schema: {
          operationId: 'isReady',
          tags: ['Operation'],
          summary: 'The service can serve',
          description: '503 while it shuts down, and while its database is away.',
          response: { 200: ok(Health, 'It can.') }
        }
      },
      async () => {
        if (closing) throw new Problem('unavailable')
        await look()
        return { status: 'ok' }
      }
    )
  },
  { name: 'guildhall-health', fastify: '5.x' }
)
