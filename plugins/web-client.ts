import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance } from 'fastify'
import fp from 'fastify-plugin'
import { OPEN, POLICY, sendPage } from './pages/files.ts'

export interface WebClientOptions {
  /** The folder that Vite has built: index.html, and assets/ whose names change with their contents. */
  root: string
  /** While it is being built requests wait; after a rejection they are told that there is no page. */
  built?: Promise<unknown>
}

/** Every address of the client is the same page: it reads in the address what to show. */
const PAGES = ['/', '/account', '/account/*', '/admin', '/admin/*']

/** Pages that are not the client's: it links to those that this server has, by what stands in this element of its page. */
const OTHERS = { docs: '/docs', mailbox: '/dev/mailbox' }
const ELEMENT = 'guildhall-pages'

/** For the developer who looks at the page. The reason names paths, which are nobody else's business. */
const NOT_BUILT = 'The web client could not be built; the terminal where the server was started says why.\n'
const RETRY_AFTER = 30 // s: somebody mends it, and starts the server again

/** A built asset, and nothing that leads elsewhere. */
const ASSET = /^[\w-][\w.-]*$/

/** The built web client at `/`: examples/react-spa, or another one that is built like it. */
export default fp<WebClientOptions>(
  async (app, { root, built = Promise.resolve() }) => {
    built.catch(() => {}) // whoever builds says so; here it is looked at when somebody asks
    await app.register(fastifyStatic, {
      root,
      serve: false,
      suppressWarning: true, // the folder may be about to be made
      dotfiles: 'ignore',
      index: false,
      acceptRanges: false, // nobody resumes a script; a range that is wrong would be one more error
      immutable: true,
      maxAge: '365d',
      preCompressed: true
    })

    let page: string | undefined // read once: it names the assets that were built with it
    for (const url of PAGES) {
      app.get(url, OPEN, async (_request, reply) => {
        try {
          await built
        } catch {
          return reply.code(503).header('Retry-After', RETRY_AFTER).type('text/plain; charset=utf-8').send(NOT_BUILT)
        }
        page ??= await readPage(root, app)
        return sendPage(reply, page, POLICY, PAGE_HEADERS)
      })
    }

    app.get<{ Params: { '*': string } }>('/assets/*', OPEN, async (request, reply) => {
      const name = request.params['*']
      if (!ASSET.test(name)) return reply.callNotFound()
      reply.header('X-Content-Type-Options', 'nosniff')
      return reply.sendFile(`assets/${name}`)
    })
  },
  { name: 'guildhall-web-client', fastify: '5.x' }
)

const PAGE_HEADERS = { 'Cross-Origin-Opener-Policy': 'same-origin' }

/** The page, and in it which others there are. */
async function readPage(root: string, app: FastifyInstance): Promise<string> {
  const html = await readFile(join(root, 'index.html'), 'utf8')
  const here = Object.entries(OTHERS).filter(([, url]) => app.hasRoute({ method: 'GET', url }))
  const names = here.map(([name]) => name).join(' ')
  return html.replace('<head>', `<head>\n  <meta name="${ELEMENT}" content="${names}">`)
}
