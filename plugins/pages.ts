import fp from 'fastify-plugin'
import { OPEN, readAssets, readPage, sendPage } from './pages/files.ts'

/**
 * Pages for development, until there is a client: `/`, a small client for trying the API, and the pages that mail leads
 * to, under `/account/`. Their scripts and style stand under `/dev/assets/`.
 */
export default fp(
  async app => {
    for (const { name, type, body } of readAssets()) {
      app.get(`/dev/assets/${name}`, OPEN, (_request, reply) =>
        reply.type(type).headers({ 'Cache-Control': 'no-cache', 'X-Content-Type-Options': 'nosniff' }).send(body)
      )
    }
    for (const name of ['verify-email', 'reset-password', 'undo-email-change']) {
      const page = readPage(name)
      app.get(`/account/${name}`, OPEN, (_request, reply) => sendPage(reply, page))
    }
    let home = ''
    app.addHook('onReady', async () => {
      home = withoutDeadLinks(readPage('home'), url => app.hasRoute({ method: 'GET', url }))
    })
    app.get('/', OPEN, (_request, reply) => sendPage(reply, home))
  },
  { name: 'guildhall-pages', fastify: '5.x' }
)

/** Leaves out lines that lead to a route which this server does not have: /docs may be off, mail may go elsewhere. */
function withoutDeadLinks(page: string, exists: (url: string) => boolean): string {
  return page.replace(/^.*data-route="([^"]*)".*\n/gm, (line, url: string) => (exists(url) ? line : ''))
}
