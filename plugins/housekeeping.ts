import fp from 'fastify-plugin'
import { startHousekeeping } from '../src/housekeeping/housekeeping.ts'

/** The leased clean-up job; it stops before the database closes. */
export default fp(
  async app => {
    const housekeeping = startHousekeeping(app.context, app.log)
    app.addHook('preClose', async () => {
      await housekeeping.stop()
    })
  },
  { name: 'guildhall-housekeeping', fastify: '5.x', dependencies: ['guildhall-context'] }
)
