import { connect, createServer, type Server, type Socket } from 'node:net'
import { connectionOptions } from '../../src/mysql/url.ts'
import { serverUrl } from './database.ts'

/**
 * What becomes of one statement: it is forwarded, at once or after some ms; the connection is cut, or hangs for good,
 * before the server saw it or after the server executed it; or an error of that number answers it.
 */
export type Fate =
  | 'forward'
  | 'cut-before'
  | 'cut-after'
  | 'hang-before'
  | 'hang-after'
  | { errno: number }
  | { after: number }

export interface Proxy {
  /** The address of a database of the test server, through the proxy. */
  url(database: string): string
  /** Decides for each statement that passes. */
  fate: (sql: string) => Fate
  /** Nothing listens, and what was connected is cut. */
  refuse(): Promise<void>
  /** New connections are accepted and never answered; those that are open fall silent. */
  hang(): void
  /** New connections are answered with this error, those that are open are cut. */
  refuseWith(errno: number): void
  heal(): Promise<void>
  stop(): Promise<void>
}

type Mode = 'forward' | 'hang' | { errno: number }

const COM_QUERY = 0x03
const HEADER = 4 // bytes: length 3, sequence number 1

/** A TCP proxy in front of the test server that knows just enough of MySQL's protocol to fail at a chosen statement. */
export async function startProxy(): Promise<Proxy> {
  const { socketPath, host, port: upstreamPort, user, password } = connectionOptions(serverUrl())
  const target = socketPath ? { path: socketPath } : { host: host ?? '127.0.0.1', port: upstreamPort ?? 3306 }
  const sockets = new Set<Socket>()
  const unanswered: Socket[] = []
  let mode: Mode = 'forward'
  let server: Server | undefined
  let port = 0

  const proxy: Proxy = {
    url: database => {
      const url = new URL(`mysql://127.0.0.1:${port}/${database}`)
      url.username = encodeURIComponent(user ?? '')
      url.password = encodeURIComponent(password ?? '')
      return url.href
    },
    fate: () => 'forward',
    async refuse() {
      const closed = new Promise(resolve => (server ? server.close(resolve) : resolve(undefined)))
      server = undefined
      cutAll()
      await closed
    },
    hang() {
      mode = 'hang'
      for (const socket of sockets) socket.pause()
    },
    refuseWith(errno) {
      mode = { errno }
      cutAll()
    },
    async heal() {
      mode = 'forward'
      proxy.fate = () => 'forward'
      for (const socket of sockets) socket.resume() // what was stuck arrives late, as on a real network
      for (const client of unanswered.splice(0)) forward(client)
      if (!server) await listen()
    },
    stop: () => proxy.refuse()
  }

  function cutAll(): void {
    for (const socket of sockets) socket.destroy()
  }

  async function listen(): Promise<void> {
    const listening = createServer(accept)
    server = listening
    await new Promise<void>((resolve, reject) => {
      listening.once('error', reject)
      listening.listen(port, '127.0.0.1', resolve)
    })
    const address = listening.address()
    if (typeof address === 'object' && address) port = address.port
  }

  function accept(client: Socket): void {
    watch(client)
    if (mode === 'hang') unanswered.push(client.pause())
    else if (mode === 'forward') forward(client)
    else client.end(errorPacket(mode.errno, 0))
  }

  function forward(client: Socket): void {
    const upstream = connect({ ...target })
    watch(upstream)
    let mute = false // the server's answers are dropped
    let cut = false // and the connection is cut with the next of them
    const rest = packets((packet, payload) => {
      const isQuery = packet[3] === 0 && payload[0] === COM_QUERY
      const fate = isQuery ? proxy.fate(payload.subarray(1).toString('latin1')) : 'forward'
      if (typeof fate === 'object' && 'errno' in fate) client.write(errorPacket(fate.errno, 1))
      else if (typeof fate === 'object') setTimeout(() => upstream.write(packet), fate.after)
      else if (fate === 'cut-before') end()
      else if (fate === 'hang-before') client.pause()
      else upstream.write(packet)
      if (fate === 'cut-after') cut = true
      if (fate === 'hang-after') mute = true
      return fate !== 'hang-before' && fate !== 'cut-before'
    })
    client.on('data', rest)
    upstream.on('data', data => {
      if (cut) end()
      else if (!mute) client.write(data)
    })
    const end = () => {
      client.resetAndDestroy()
      upstream.destroy()
    }
    client.on('close', () => upstream.destroy())
    upstream.on('close', () => client.destroy())
  }

  function watch(socket: Socket): void {
    sockets.add(socket)
    socket.on('error', () => {})
    socket.on('close', () => sockets.delete(socket))
  }

  await listen()
  return proxy
}

/** Cuts a stream into packets, until `each` says no more. */
function packets(each: (packet: Buffer, payload: Buffer) => boolean): (data: Buffer) => void {
  let pending = Buffer.alloc(0)
  let open = true
  return data => {
    pending = Buffer.concat([pending, data])
    while (open && pending.length >= HEADER && pending.length >= HEADER + pending.readUIntLE(0, 3)) {
      const end = HEADER + pending.readUIntLE(0, 3)
      const packet = pending.subarray(0, end)
      pending = pending.subarray(end)
      open = each(packet, packet.subarray(HEADER))
    }
  }
}

/** An ERR packet: https://dev.mysql.com/doc/dev/mysql-server/latest/page_protocol_basic_err_packet.html */
function errorPacket(errno: number, sequence: number): Buffer {
  // Before the handshake an error carries no SQL state.
  const message = Buffer.from(sequence === 0 ? 'refused by the test' : '#HY000refused by the test')
  const packet = Buffer.alloc(HEADER + 3 + message.length)
  packet.writeUIntLE(3 + message.length, 0, 3)
  packet[3] = sequence
  packet[4] = 0xff
  packet.writeUInt16LE(errno, 5)
  message.copy(packet, 7)
  return packet
}
