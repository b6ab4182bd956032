import { connect } from 'node:net'

/** What came back, as it was on the wire. */
export interface Reply {
  status: number
  /** By lower-case name. */
  headers: Record<string, string>
  body: string
}

/** Nothing that is sent is checked or mended on the way: whoever attacks has no HTTP client. */
export async function sendBytes(port: number, bytes: Buffer, patience: number): Promise<Reply | 'hung' | 'closed'> {
  const { promise, resolve } = Promise.withResolvers<'hung' | 'closed'>()
  const chunks: Buffer[] = []
  const socket = connect(port, '127.0.0.1', () => socket.write(bytes))
  const timer = setTimeout(resolve, patience, 'hung')
  socket.on('data', chunk => chunks.push(chunk))
  socket.on('error', () => {}) // 'close' follows
  socket.on('close', () => resolve('closed'))
  const end = await promise
  clearTimeout(timer)
  socket.destroy()
  return end === 'hung' ? 'hung' : (readReply(Buffer.concat(chunks)) ?? 'closed')
}

/** The first answer that is not an interim one. */
function readReply(bytes: Buffer): Reply | undefined {
  const end = bytes.indexOf('\r\n\r\n')
  if (end < 0) return undefined
  const [first = '', ...lines] = bytes.subarray(0, end).toString('latin1').split('\r\n')
  const status = Number(/^HTTP\/1\.1 (\d{3})/.exec(first)?.[1])
  const rest = bytes.subarray(end + 4)
  if (status >= 100 && status < 200) return readReply(rest)
  const headers = Object.fromEntries(
    lines.map(line => [line.slice(0, line.indexOf(':')).toLowerCase(), line.slice(line.indexOf(':') + 1).trim()])
  )
  const isChunked = headers['transfer-encoding'] === 'chunked'
  const length = Number(headers['content-length'] ?? rest.length)
  const body = isChunked ? unchunk(rest) : rest.subarray(0, length)
  return { status, headers, body: body.toString('utf8') }
}

function unchunk(bytes: Buffer): Buffer {
  const end = bytes.indexOf('\r\n')
  const size = Number.parseInt(bytes.subarray(0, Math.max(end, 0)).toString('latin1'), 16)
  if (end < 0 || !(size > 0)) return Buffer.alloc(0)
  const from = end + 2
  return Buffer.concat([bytes.subarray(from, from + size), unchunk(bytes.subarray(from + size + 2))])
}
