import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer, type Socket } from 'node:net'
import { after, test } from 'node:test'
import { TLSSocket } from 'node:tls'
import { createConnection } from 'mysql2/promise'
import { connectionOptions } from '../../../src/mysql/url.ts'
import { selfSigned } from '../../support/certificate.ts'

// A server that offers TLS with a certificate that nobody vouches for, and notes what it is told.

const SSL = 0x800
const SSL_REQUEST = 36 // bytes: header, capabilities, packet size, character set, padding
const CAPABILITIES = 0x00080000 | 0x00008000 | 0x00000200 | 0x00000008 | 0x00000001 // plugin auth, secure connection, 4.1, database, long password

let offersTls = true
let heard = Buffer.alloc(0)
const server = createServer(socket => {
  socket.on('error', () => {})
  socket.write(greeting(CAPABILITIES | (offersTls ? SSL : 0)))
  socket.once('data', packet => {
    heard = Buffer.concat([heard, packet])
    if (!offersTls || (packet.readUInt32LE(4) & SSL) === 0) return
    socket.pause()
    socket.unshift(packet.subarray(SSL_REQUEST)) // the handshake may have begun in the same segment
    upgrade(socket)
  })
})
await once(server.listen(0, '127.0.0.1'), 'listening')
after(() => server.close())
const address = server.address()
const port = typeof address === 'object' && address ? address.port : 0

function upgrade(socket: Socket): void {
  const secure = new TLSSocket(socket, { isServer: true, ...selfSigned })
  secure.on('error', () => {})
  secure.on('data', packet => {
    heard = Buffer.concat([heard, packet])
    socket.destroy()
  })
}

/** The first packet of a server: https://dev.mysql.com/doc/dev/mysql-server/latest/page_protocol_connection_phase_packets_protocol_handshake_v10.html */
function greeting(capabilities: number): Buffer {
  const low = Buffer.alloc(2)
  low.writeUInt16LE(capabilities & 0xffff)
  const high = Buffer.alloc(2)
  high.writeUInt16LE(capabilities >>> 16)
  const payload = Buffer.concat([
    Buffer.from('\x0a8.0.0\0\x01\0\0\0saltsalt\0', 'latin1'),
    low,
    Buffer.from([45, 2, 0]),
    high,
    Buffer.from([21]),
    Buffer.alloc(10),
    Buffer.from('saltsaltsalt\0mysql_clear_password\0', 'latin1')
  ])
  const head = Buffer.alloc(4)
  head.writeUIntLE(payload.length, 0, 3)
  return Buffer.concat([head, payload])
}

async function refusal(ssl: string): Promise<string> {
  heard = Buffer.alloc(0)
  const options = connectionOptions(`mysql://app:hunter2-hunter2@127.0.0.1:${port}/members?ssl=${ssl}`)
  return await createConnection({ ...options, connectTimeout: 2000 }).then(
    () => assert.fail('connected'),
    (error: unknown) => String(error instanceof Error && 'code' in error ? error.code : error)
  )
}

// ASVS V12.3.2
test('a server whose certificate nobody vouches for is told neither account nor password', async () => {
  assert.match(await refusal('verify'), /SELF_SIGNED|UNABLE_TO_VERIFY|HANDSHAKE/)
  assert(!heard.includes('app') && !heard.includes('hunter2'), heard.toString('latin1'))
})

// ASVS V12.3.1
test('a server that does not offer TLS is not talked to without it', async () => {
  offersTls = false
  for (const mode of ['required', 'verify']) {
    assert.match(await refusal(mode), /SSL/)
    assert(!heard.includes('app') && !heard.includes('hunter2'), heard.toString('latin1'))
  }
})
