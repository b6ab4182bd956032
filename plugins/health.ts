import { Type } from '@sinclair/typebox'
import fp from 'fastify-plugin'
import { Problem } from '../src/errors.ts'
import { problems } from '../src/problems.ts'

const Health = Type.Object({ status: Type.String() }, { title: 'Health' })

/**
 * Liveness: the process answers. Readiness: it can serve; not while it shuts down, and not while
 * the database is away, so that a balancer sends requests elsewhere.
 */
export default fp<{ probe: () => Promise<void> }>(
  async (app, { probe }) => {
    let closing = false
    app.addHook('preClose', async () => {
      closing = true
    })
    const common = { tags: ['Operation'], response: { 200: Health, ...problems('public') } }

    app.get(
      '/health/live',
      {
        config: { public: true },
        logLevel: 'warn',
        schema: { ...common, operationId: 'isLive', summary: 'The process answers' }
      },
      async () => ({ status: 'ok' })
    )
    app.get(
      '/health/ready',
      {
        config: { public: true },
        logLevel: 'warn',
        schema: { ...common, operationId: 'isReady', summary: 'The service can serve' }
      },
      async () => {
        if (closing) throw new Problem('unavailable')
        await probe()
        return { status: 'ok' }
      }
    )
  },
  { name: 'guildhall-health', fastify: '5.x' }
)
