import type { Socket } from 'node:net'
import { SMTPServer, type SMTPServerOptions } from 'smtp-server'

export interface Smtp {
  url: string
  /** Ends every connection without a word. */
  cut(): void
  stop(): Promise<void>
}

/** What a mail server refuses with: 4yz for now, 5yz for good (RFC 5321 §4.2.1). */
export const refusal = (responseCode: number) => Object.assign(new Error('refused by the test'), { responseCode })

/** An SMTP server that misbehaves as `handlers` say. */
export async function startSmtp(handlers: SMTPServerOptions): Promise<Smtp> {
  const server = new SMTPServer({
    disabledCommands: ['STARTTLS', 'AUTH'],
    closeTimeout: 100,
    onData: (stream, _, callback) => void stream.resume().on('end', callback),
    ...handlers
  })
  server.on('error', () => {})
  const sockets = new Set<Socket>()
  server.server.on('connection', (socket: Socket) => sockets.add(socket))
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const address = server.server.address()
  const port = typeof address === 'object' ? address?.port : undefined
  return {
    url: `smtp://127.0.0.1:${port}`,
    cut() {
      for (const socket of sockets) socket.destroy()
    },
    stop: () => new Promise(resolve => server.close(resolve))
  }
}
