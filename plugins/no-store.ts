import fp from 'fastify-plugin'
import { HEADERS } from './security-headers.ts'

/** Answers hold tokens and members' data: no cache keeps them, errors included (ASVS V14.3.2). */
export default fp(
  async app => {
    app.addHook('onRequest', async (_, reply) => {
      reply.header('Cache-Control', HEADERS['Cache-Control']) // a host has no headers of ours
    })
  },
  { name: 'guildhall-no-store', fastify: '5.x' }
)
