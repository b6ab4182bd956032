import fp from 'fastify-plugin'
import { type Context, type ContextOptions, createContext } from '../src/context.ts'

declare module 'fastify' {
  interface FastifyInstance {
    context: Context
  }
}

/** What the verbs work with, as `app.context`; the hash process ends with the instance. */
export default fp<Omit<ContextOptions, 'db' | 'onError'>>(
  async (app, options) => {
    const onError = (error: unknown) => app.log.error({ err: error }, 'onEvent failed')
    const context = createContext({ ...options, db: app.db, onError })
    app.decorate('context', context)
    app.addHook('onClose', async () => context.hasher.close())
  },
  { name: 'guildhall-context', fastify: '5.x', dependencies: ['guildhall-database'] }
)
