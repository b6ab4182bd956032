import fp from 'fastify-plugin'

export const HEADERS = {
  'Strict-Transport-Security': 'max-age=31536000; includeSubDomains',
  // The answers of an API are data: whoever opens one in a browser gets no page out of it.
  'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'; sandbox",
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Cross-Origin-Opener-Policy': 'same-origin',
  // Errors and states are of the moment; the few answers that may be kept say so themselves.
  'Cache-Control': 'no-store'
}

/** Headers on every answer, errors included; pages set a policy of their own. */
export default fp(
  async app => {
    app.addHook('onRequest', async (_, reply) => {
      reply.headers(HEADERS)
    })
  },
  { name: 'guildhall-security-headers', fastify: '5.x' }
)
