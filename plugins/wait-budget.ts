import fp from 'fastify-plugin'
import { onBudget, WaitBudget } from '../src/mysql/wait-budget.ts'

/** What a request waits for at the database is limited in all: the limits of its statements must not add up. */
export default fp(
  async app => {
    app.addHook('onRequest', (_request, _reply, done) => onBudget(new WaitBudget(), done))
  },
  { name: 'guildhall-wait-budget', fastify: '5.x' }
)
