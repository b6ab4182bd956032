import { createHash } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import fp from 'fastify-plugin'
import type { Mailbox, MailboxMessage } from '../src/embedded/mailbox.ts'
import { Problem } from '../src/errors.ts'
import { isLoopback } from '../src/proxies.ts'
import { OPEN, POLICY, readAsset, readPage, sendPage, withoutDeadLinks } from './pages/files.ts'

/** A mail is somebody else's HTML: no scripts, nothing loaded, and links open outside the frame. */
const MAIL_POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'none'; base-uri 'none'; " +
  "frame-ancestors 'self'; sandbox allow-popups allow-popups-to-escape-sandbox"

const ASSETS = ['tokens.css', 'house.css', 'mailbox.css', 'appearance.js', 'mailbox.js', 'icon.svg']

/** The embedded mailbox as a page, `/dev/mailbox`, and as JSON, `/dev/mailbox.json`. */
export default fp<{ mailbox: Mailbox; publicUrl: string }>(
  async (app, { mailbox, publicUrl }) => {
    const own = new URL(publicUrl).hostname
    // A page whose name was made to lead to this machine (DNS rebinding) must not read the mail.
    const isOurs = async ({ raw }: FastifyRequest) => {
      const hostname = hostOf(raw.headers.host)
      if (!isLoopback(hostname) && hostname !== own) throw new Problem('not_found')
    }
    const guarded = { ...OPEN, onRequest: isOurs } // by route: a path has many spellings
    for (const { name, type, body } of ASSETS.map(readAsset)) {
      app.get(`/dev/assets/${name}`, OPEN, (_request, reply) =>
        reply.type(type).headers({ 'Cache-Control': 'no-cache', 'X-Content-Type-Options': 'nosniff' }).send(body)
      )
    }
    let page = ''
    app.addHook('onReady', async () => {
      page = withoutDeadLinks(readPage('mailbox'), app)
    })
    app.get('/dev/mailbox', guarded, (_request, reply) => sendPage(reply, page, `${POLICY}; frame-src 'self'`))

    app.get<{ Querystring: { to?: string | string[] } }>('/dev/mailbox.json', guarded, async (request, reply) => {
      const messages = await mailbox.list([request.query.to ?? ''].flat()[0])
      const etag = tagOf(messages)
      reply.headers({ ETag: etag, 'Cache-Control': 'no-store' }) // the page polls; no-store: links in mail are secrets
      if (request.headers['if-none-match'] === etag) return reply.code(304).send()
      return messages.map(({ id, to, subject, text, html, date }) => ({ id, to, subject, text, html, date }))
    })

    app.get<{ Params: { id: string } }>('/dev/mailbox/:id', guarded, async (request, reply) => {
      const message = (await mailbox.list()).find(({ id }) => id === request.params.id)
      if (!message) return reply.callNotFound()
      reply.header('X-Frame-Options', 'SAMEORIGIN') // for browsers that do not know frame-ancestors
      return sendPage(reply, withLinksOutside(message.html), MAIL_POLICY)
    })
  },
  { name: 'guildhall-mailbox', fastify: '5.x' }
)

/** By the header itself: what a proxy says of it is not asked. */
function hostOf(host = ''): string {
  const url = `http://${host}`
  return URL.canParse(url) ? new URL(url).hostname : ''
}

function tagOf(messages: readonly MailboxMessage[]): string {
  const hash = createHash('sha256')
  for (const { id } of messages) hash.update(id)
  return `"${hash.digest('base64url')}"`
}

function withLinksOutside(mail: string): string {
  const base = '<base target="_blank">'
  return /<head[^>]*>/i.test(mail) ? mail.replace(/<head[^>]*>/i, head => head + base) : base + mail
}
