import fp from 'fastify-plugin'
import { newDeadline, withDeadline } from '../src/mysql/deadline.ts'

/** All that a request waits for at the database has one deadline: the waits of several queries must not add up. */
export default fp(
  async app => {
    app.addHook('onRequest', (_request, _reply, done) => withDeadline(newDeadline(), done))
  },
  { name: 'guildhall-deadline', fastify: '5.x' }
)
