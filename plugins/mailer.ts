import fp from 'fastify-plugin'
import { createTransport } from 'nodemailer'
import { SECOND } from '../src/clock.ts'
import { PARALLEL } from '../src/outbox/delivery.ts'
import type { Send } from '../src/outbox/message.ts'
import { isLoopback } from '../src/proxies.ts'

declare module 'fastify' {
  interface FastifyInstance {
    mailer: Send
  }
}

// Templates and data never name files or addresses to fetch.
const NO_FILES = { disableFileAccess: true, disableUrlAccess: true }

/** nodemailer's SMTP transport as `app.mailer`. TLS is demanded unless the mail server is on this machine. */
export default fp<{ url: string; from: string }>(
  async (app, { url, from }) => {
    const { hostname } = new URL(url)
    const transport = createTransport({
      url,
      pool: true,
      maxConnections: PARALLEL,
      requireTLS: !isLoopback(hostname),
      tls: { minVersion: 'TLSv1.2' },
      connectionTimeout: 10 * SECOND,
      greetingTimeout: 10 * SECOND,
      socketTimeout: 30 * SECOND,
      ...NO_FILES
    })
    // For mail to nobody: the same work, for the time of the next request must not tell whose address it was.
    const nowhere = createTransport({ streamTransport: true, buffer: true, ...NO_FILES })
    const sender = /<([^<>]+)>\s*$/.exec(from)?.[1] ?? from
    const send: Send = async ({ to, locale, ...message }) => {
      try {
        // The envelope is ours: no address is parsed out of a header (nodemailer, GHSA-mm7p-fcc7-pg87).
        const recipient = to || 'nobody@localhost'
        await (to ? transport : nowhere).sendMail({
          ...message,
          from,
          to: { name: '', address: recipient },
          envelope: { from: sender, to: [recipient] },
          headers: { 'Content-Language': locale, 'Auto-Submitted': 'auto-generated' }
        })
      } catch (error) {
        // nodemailer calls every 5yz permanent, a refused login, too: that would give up all mail at once.
        throw error instanceof Error ? Object.assign(error, { permanent: isRefusal(error) }) : error
      }
    }
    app.decorate('mailer', send)
    app.addHook('onClose', async () => transport.close())
  },
  { name: 'guildhall-mailer', fastify: '5.x' }
)

/**
 * Whether the server refused this recipient or message for good (5yz). A refused login or sender is a fault of our
 * configuration: the mail is tried again.
 */
function isRefusal(error: Error): boolean {
  if (!('command' in error) || !('responseCode' in error)) return false
  const { command, responseCode } = error
  return (command === 'RCPT TO' || command === 'DATA') && typeof responseCode === 'number' && responseCode >= 500
}
