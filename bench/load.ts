import { Agent, request } from 'node:http'

export interface Reply {
  status: number
  body: string
}

export type Ask = (
  method: string,
  path: string,
  options?: { body?: unknown; token?: string | undefined }
) => Promise<Reply>

/** A keep-alive client on one connection. */
export function connect(port: number): { ask: Ask; close: () => void } {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  const ask: Ask = (method, path, { body, token } = {}) =>
    new Promise((resolve, reject) => {
      const payload = body === undefined ? undefined : JSON.stringify(body)
      const headers = {
        ...(payload === undefined
          ? {}
          : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(payload) }),
        ...(token ? { authorization: `Bearer ${token}` } : {})
      }
      const sent = request({ agent, host: '127.0.0.1', port, method, path, headers }, response => {
        const chunks: Buffer[] = []
        response.on('data', chunk => chunks.push(chunk))
        response.on('end', () => resolve({ status: response.statusCode ?? 0, body: Buffer.concat(chunks).toString() }))
      })
      sent.on('error', reject)
      sent.end(payload)
    })
  return { ask, close: () => agent.destroy() }
}

export interface Figures {
  perSecond: number
  /** ms */
  p50: number
  p99: number
  failed: number
}

/** Runs one loop per connection for `ms`; each call of `once` is one request. */
export async function measure(ms: number, loops: (() => Promise<Reply>)[]): Promise<Figures> {
  const times: number[] = []
  let failed = 0
  const end = performance.now() + ms
  await Promise.all(
    loops.map(async once => {
      while (performance.now() < end) {
        const start = performance.now()
        const { status } = await once()
        times.push(performance.now() - start)
        if (status !== 200) failed++
      }
    })
  )
  times.sort((a, b) => a - b)
  const at = (share: number) => times[Math.floor(times.length * share)] ?? 0
  return { perSecond: (times.length / ms) * 1000, p50: at(0.5), p99: at(0.99), failed }
}
