import fp from 'fastify-plugin'

/** Answers hold tokens and members' data: no cache keeps them, errors included (ASVS V14.3.2). */
export default fp(
  async app => {
    app.addHook('onRequest', async (_, reply) => {
      reply.header('Cache-Control', 'no-store')
    })
  },
  { name: 'guildhall-no-store', fastify: '5.x' }
)
