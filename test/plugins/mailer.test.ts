import assert from 'node:assert/strict'
import { once } from 'node:events'
import { after, test } from 'node:test'
import Fastify from 'fastify'
import { SMTPServer } from 'smtp-server'
import mailer from '../../plugins/mailer.ts'
import { selfSigned } from '../support/certificate.ts'

// Another machine, as far as the mailer knows: this address is none of loopback, and leads here all the same.
const ELSEWHERE = '0.0.0.0'

const message = { messageId: '<1@x>', to: 'ada@example.com', subject: 's', html: 'h', text: 't', locale: 'en' }

/** What became of one mail through a server with these options, and how many it took. */
async function deliver(options: object, host: string): Promise<{ outcome: string; taken: number }> {
  let taken = 0
  const server = new SMTPServer({
    ...options,
    closeTimeout: 100,
    disabledCommands: ['AUTH'],
    onData(stream, _, callback) {
      taken++
      stream.resume().on('end', () => callback(null))
    }
  })
  server.on('error', () => {})
  await once(server.listen(0, ELSEWHERE), 'listening')
  const address = server.server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  const app = Fastify()
  after(async () => {
    await app.close()
    await new Promise<void>(resolve => server.close(resolve))
  })
  await app.register(mailer, { url: `smtp://${host}:${port}`, from: 'guildhall@example.com' })
  await app.ready()
  const outcome = await app.mailer(message).then(
    () => 'sent',
    (error: Error) => `refused${'permanent' in error && error.permanent ? ' for good' : ''}`
  )
  return { outcome, taken }
}

// ASVS V12.3.1
test('mail does not go in plain to another machine, whoever took STARTTLS out of its greeting', async () => {
  assert.deepEqual(await deliver({ hideSTARTTLS: true, disabledCommands: ['AUTH', 'STARTTLS'] }, ELSEWHERE), {
    outcome: 'refused',
    taken: 0
  })
})

// ASVS V12.3.2
test('mail does not go to a server whose certificate nobody vouches for', async () => {
  assert.deepEqual(await deliver(selfSigned, ELSEWHERE), { outcome: 'refused', taken: 0 })
})

test('a mail server on this machine may do without TLS', async () => {
  assert.deepEqual(await deliver({ hideSTARTTLS: true }, '127.0.0.1'), { outcome: 'sent', taken: 1 })
})
