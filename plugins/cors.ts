import cors from '@fastify/cors'
import fp from 'fastify-plugin'

const EXPOSED = ['Link', 'ETag', 'Retry-After', 'RateLimit', 'RateLimit-Policy']

/** CORS with credentials for exact origins, on errors, too: a browser shows a page nothing of an answer without it. */
export default fp<{ origins: readonly string[] }>(
  async (app, { origins }) => {
    await app.register(cors, {
      // By a function: a list would send the credentials header to origins that are not on it, too.
      origin: (origin, allow) => allow(null, isListed(origin, origins)),
      credentials: true,
      methods: ['GET', 'POST', 'PUT', 'DELETE'],
      allowedHeaders: ['Content-Type', 'Authorization', 'If-Match'],
      exposedHeaders: EXPOSED,
      maxAge: 600,
      strictPreflight: false // what it refuses, it answers in plain text
    })
  },
  { name: 'guildhall-cors', fastify: '5.x' }
)

/** The same for answers that are written before any hook runs. */
export function corsHeaders(origin: string | undefined, origins: readonly string[]): Record<string, string> {
  const vary = { Vary: 'Origin' }
  if (origin === undefined || !isListed(origin, origins)) return vary
  return {
    ...vary,
    'Access-Control-Allow-Origin': origin,
    'Access-Control-Allow-Credentials': 'true',
    'Access-Control-Expose-Headers': EXPOSED.join(', ')
  }
}

function isListed(origin: string | undefined, origins: readonly string[]): boolean {
  return origin !== undefined && origins.includes(origin)
}
