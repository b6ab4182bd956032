import { once } from 'node:events'
import { join } from 'node:path'
import { domainToASCII } from 'node:url'
import { simpleParser } from 'mailparser'
import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from 'smtp-server'
import { type MailboxMessage, openMessageFolder } from './message-folder.ts'

export type { MailboxMessage }

const LARGEST = 10 * 2 ** 20 // bytes of one message

export interface Mailbox {
  smtpUrl: string
  /** The newest first; with `to`, only what was delivered to that address, in whatever case. */
  list(to?: string): Promise<MailboxMessage[]>
  stop(): Promise<void>
}

/**
 * A mail server for development: takes every mail on a free loopback port and keeps the newest 500 copies under
 * `<dataDir>/mailbox/`, where they survive restarts and are shared by all processes that name the folder.
 */
export async function startMailbox(options: { dataDir: string }): Promise<Mailbox> {
  const folder = await openMessageFolder(join(options.dataDir, 'mailbox'))
  const server = new SMTPServer({
    disabledCommands: ['AUTH', 'STARTTLS'],
    authOptional: true,
    disableReverseLookup: true,
    size: LARGEST,
    closeTimeout: 200, // ms; what is cut off here the sender tries again
    onData(stream, session, done) {
      receive(stream, session)
        .then(folder.add)
        .then(() => done(), done)
        .finally(() => stream.resume()) // what a refused message still has to say
    }
  })
  server.on('error', () => {}) // of one connection, such as a client that hung up; the server goes on
  const listener = server.listen(0, '127.0.0.1')
  await once(listener, 'listening')
  const address = listener.address()
  if (address === null || typeof address === 'string')
    throw new Error('A listening TCP server has an address and a port')
  return {
    smtpUrl: `smtp://127.0.0.1:${address.port}`,
    async list(to) {
      const messages = await folder.list()
      return to ? messages.filter(message => comparable(message.to) === comparable(to)) : messages
    },
    stop: () => new Promise(resolve => server.close(() => resolve()))
  }
}

async function receive(
  stream: SMTPServerDataStream,
  session: SMTPServerSession
): Promise<Omit<MailboxMessage, 'id'>[]> {
  const mail = await simpleParser(stream, { skipHtmlToText: true, skipTextToHtml: true })
  if (stream.sizeExceeded) throw Object.assign(new Error('The message is too large'), { responseCode: 552 })
  const { subject = '', text = '', html, messageId = '' } = mail
  const message = { subject, text, html: html || '', date: new Date().toISOString(), messageId }
  return session.envelope.rcptTo.map(({ address }) => ({ to: address, ...message }))
}

/** An address as it is compared: lower case, the domain in ASCII. */
function comparable(address: string): string {
  const at = address.lastIndexOf('@')
  const domain = address.slice(at + 1)
  return `${address.slice(0, at + 1)}${domainToASCII(domain) || domain}`.toLowerCase()
}
