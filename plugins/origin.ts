import type { FastifyRequest } from 'fastify'
import fp from 'fastify-plugin'
import { Problem } from '../src/errors.ts'
import { withoutSecrets } from '../src/log.ts'

const LOGGED = 100 // characters of what a stranger sends

/** Methods that change nothing (RFC 9110 §9.2.1): what they answer, CORS keeps from foreign pages. */
const SAFE = ['GET', 'HEAD', 'OPTIONS', 'TRACE']

/** Whether requests of this method are asked where they come from. */
export function changesState(method: string): boolean {
  return !SAFE.includes(method)
}

/**
 * Refuses what a foreign page makes a browser send (cross-site request forgery, login included), before anything is
 * read. What passes: a listed origin; what the browser itself calls same-origin or nobody's; and what says neither, for
 * only browsers carry cookies along unasked (OWASP CSRF cheat sheet, Fetch Metadata). It stands before every route that
 * changes something, whether or not it looks at the cookie today.
 */
export default fp<{ origins: readonly string[]; publicUrl: string }>(
  async (app, { origins, publicUrl }) => {
    const listed = new Set([...origins, new URL(publicUrl).origin])
    app.addHook('onRequest', async request => {
      if (!changesState(request.method) || isWelcome(request, listed)) return
      const { origin = '', 'sec-fetch-site': site = '' } = request.headers
      const page = {
        origin: withoutSecrets(origin.slice(0, LOGGED)),
        site: withoutSecrets(String(site).slice(0, LOGGED))
      }
      request.log.warn(page, 'a page of this origin is not on CORS_ORIGINS')
      throw new Problem('origin_not_allowed')
    })
  },
  { name: 'guildhall-origin', fastify: '5.x' }
)

function isWelcome({ headers }: FastifyRequest, listed: ReadonlySet<string>): boolean {
  const { origin, 'sec-fetch-site': site } = headers
  if (origin !== undefined && listed.has(origin)) return true
  // No page can forge it. It lets the server's own pages in under another of its names, such as 127.0.0.1.
  if (site === 'same-origin') return true
  return origin === undefined && (site === undefined || site === 'none')
}
