import fp from 'fastify-plugin'
import { startDelivery } from '../src/outbox/delivery.ts'
import type { MessageOptions } from '../src/outbox/message.ts'

/** The worker that delivers committed mail; it stops before the mailer and the database close. */
export default fp<Omit<MessageOptions, 'host'>>(
  async (app, options) => {
    const host = new URL(app.context.config.PUBLIC_URL).hostname
    let stop = async () => {}
    app.addHook('onReady', async () => {
      const delivery = startDelivery(app.context, app.mailer, { ...options, host, log: app.log })
      app.context.wakeOutbox = delivery.wake
      stop = delivery.stop
    })
    app.addHook('preClose', async () => {
      await stop()
    })
  },
  { name: 'guildhall-outbox', fastify: '5.x', dependencies: ['guildhall-context', 'guildhall-mailer'] }
)
