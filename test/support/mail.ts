import { simpleParser } from 'mailparser'
import { SMTPServer } from 'smtp-server'

export interface ReceivedMail {
  to: string
  from: string
  subject: string
  text: string
  html: string
  messageId: string
  headers: string
}

export interface MailServer {
  url: string
  received: ReceivedMail[]
  /** What the next messages are answered with; undefined accepts. */
  refuse: (() => Error | undefined) | undefined
  /** The newest mail to an address, waiting for it. */
  next(to: string, subject?: RegExp): Promise<ReceivedMail>
  /** The secret in the link of the newest mail to an address. */
  secret(to: string, subject?: RegExp): Promise<string>
  /** The code in the newest mail to an address: eight digits. */
  code(to: string, subject?: RegExp): Promise<string>
  stop(): Promise<void>
  start(): Promise<void>
}

const PATIENCE = 10_000 // ms

/** The code in a mail, which has a link, too. */
export function codeIn({ text }: ReceivedMail): string {
  const [, first, second] = /^Your code is (\d{4}) (\d{4})$/m.exec(text) ?? []
  if (!first || !second) throw new Error(`no code in: ${text}`)
  return first + second
}

/** The token in the link of a mail. */
export function tokenIn({ text }: ReceivedMail): string {
  const found = /[?&]token=([\w-]+)/.exec(text)?.[1]
  if (!found) throw new Error(`no link in: ${text}`)
  return found
}

/** A real SMTP server on a port of its own, which can be stopped and come back on the same port. */
export async function startMailServer(): Promise<MailServer> {
  let port = 0
  let server: SMTPServer | undefined
  const taken = new Set<ReceivedMail>()

  const mail: MailServer = {
    url: '',
    received: [],
    refuse: undefined,
    async start() {
      server = new SMTPServer({
        closeTimeout: 100, // ms that stop() waits for idle connections of nodemailer's pool
        disabledCommands: ['AUTH', 'STARTTLS'],
        onData(stream, session, callback) {
          void read(
            stream,
            session.envelope.rcptTo.map(({ address }) => address)
          ).then(() => callback(mail.refuse?.() ?? null), callback)
        }
      })
      server.on('error', () => {})
      await new Promise<void>(resolve => server?.listen(port, '127.0.0.1', resolve))
      const address = server.server.address()
      port = typeof address === 'object' && address ? address.port : 0
      mail.url = `smtp://127.0.0.1:${port}`
    },
    async stop() {
      await new Promise<void>(resolve => (server ? server.close(resolve) : resolve()))
    },
    async next(to, subject = /./) {
      const deadline = Date.now() + PATIENCE
      for (;;) {
        const found = mail.received.findLast(
          m => m.to.toLowerCase() === to.toLowerCase() && subject.test(m.subject) && !taken.has(m)
        )
        if (found) {
          taken.add(found)
          return found
        }
        if (Date.now() > deadline)
          throw new Error(
            `no mail to ${to} ${subject}; there are: ${mail.received.map(m => `${m.to}: ${m.subject}`).join(', ')}`
          )
        await new Promise(resolve => setTimeout(resolve, 10))
      }
    },
    async secret(to, subject) {
      return tokenIn(await mail.next(to, subject))
    },
    async code(to, subject) {
      return codeIn(await mail.next(to, subject))
    }
  }

  async function read(stream: NodeJS.ReadableStream, recipients: string[]): Promise<void> {
    const chunks: Buffer[] = []
    for await (const chunk of stream) chunks.push(Buffer.from(chunk))
    const raw = Buffer.concat(chunks)
    const parsed = await simpleParser(raw, { skipTextToHtml: true, skipHtmlToText: true, skipImageLinks: true })
    if (mail.refuse?.()) return
    mail.received.push({
      to: recipients.join(','),
      from: parsed.from?.text ?? '',
      subject: parsed.subject ?? '',
      text: parsed.text ?? '',
      html: parsed.html || '',
      messageId: parsed.messageId ?? '',
      headers: raw.toString('utf8').split('\r\n\r\n')[0] ?? ''
    })
  }

  await mail.start()
  return mail
}
