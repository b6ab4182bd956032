import { createServer, type IncomingMessage, type ServerResponse, request as send } from 'node:http'
import type { Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'

/**
 * What becomes of one request: it is forwarded, at once or after some ms, and its answer may come late; or the connection
 * is reset: before the server saw the request, after it acted and before the first byte of its answer, or in the middle of
 * the answer, when the browser has the head and the cookies in it. A request that hangs is forwarded when all is healed.
 *
 * Chromium sends a request again by itself, a POST too, when a connection that it has used before is reset without an
 * answer: `fate` is asked for each time.
 */
export type Fate =
  | 'forward'
  | 'cut-before'
  | 'cut-after'
  | 'cut-in-answer'
  | 'hang'
  | { after: number }
  | { answerAfter: number }

/** A request that passed, preflights and repeated ones too: the truth about how often the server was asked. */
export interface Passed {
  /** As `POST /accounts/authenticate`, without a query. */
  what: string
  /** What the server answered, whether or not that arrived; undefined when it was not asked. */
  status: number | undefined
}

export interface FaultProxy extends AsyncDisposable {
  requests: Passed[]
  /** How often this passed, as `POST /accounts/authenticate`. */
  count(what: string): number
  /** Decides for each request. */
  fate: (what: string, request: IncomingMessage) => Fate
  /** Nothing listens, and what was connected is reset. */
  refuse(): Promise<void>
  heal(): Promise<void>
}

/** An HTTP proxy between browsers and a server that fails at chosen requests. Both are ports of this machine. */
export async function startFaultProxy(port: number, target: number): Promise<FaultProxy> {
  const sockets = new Set<Socket>()
  let healed = Promise.withResolvers<void>()

  const listener = createServer((request, response) => void pass(request, response))
  listener.keepAliveTimeout = 60_000 // ms: longer than a test, so that no connection goes by itself
  listener.on('connection', socket => {
    sockets.add(socket)
    socket.on('error', () => {})
    socket.on('close', () => sockets.delete(socket))
  })

  const proxy: FaultProxy = {
    requests: [],
    count: what => proxy.requests.filter(request => request.what === what).length,
    fate: () => 'forward',
    async refuse() {
      const closed = new Promise(resolve => listener.close(resolve))
      for (const socket of sockets) socket.resetAndDestroy()
      await closed
    },
    async heal() {
      proxy.fate = () => 'forward'
      healed.resolve()
      healed = Promise.withResolvers<void>()
      if (!listener.listening) await listen()
    },
    [Symbol.asyncDispose]: () => proxy.refuse()
  }

  async function listen(): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      listener.once('error', reject)
      listener.listen(port, '127.0.0.1', resolve)
    })
  }

  async function pass(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const passed: Passed = { what: `${request.method} ${request.url?.replace(/\?.*/, '')}`, status: undefined }
    proxy.requests.push(passed)
    const fate = proxy.fate(passed.what, request)
    if (fate === 'hang') await healed.promise
    if (typeof fate === 'object' && 'after' in fate) await sleep(fate.after)
    if (fate === 'cut-before') return reset(request)
    try {
      const answer = await ask(request, target)
      passed.status = answer.status
      if (typeof fate === 'object' && 'answerAfter' in fate) await sleep(fate.answerAfter)
      if (fate === 'cut-after') return reset(request)
      response.sendDate = false // the server's own is among the headers
      response.writeHead(answer.status, answer.headers)
      if (fate !== 'cut-in-answer') return void response.end(answer.body)
      response.write(answer.body.subarray(0, answer.body.length / 2), () => reset(request))
    } catch {
      reset(request) // the server is gone
    }
  }

  await listen()
  return proxy
}

interface Answer {
  status: number
  headers: string[]
  body: Buffer
}

async function ask(request: IncomingMessage, port: number): Promise<Answer> {
  const { method, url, rawHeaders } = request
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>()
  const options = { host: '127.0.0.1', port, method, path: url, headers: rawHeaders, setDefaultHeaders: false }
  request.pipe(send(options, resolve).on('error', reject))
  const answer = await promise
  const chunks: Buffer[] = []
  for await (const chunk of answer) chunks.push(Buffer.from(chunk))
  return { status: answer.statusCode ?? 0, headers: answer.rawHeaders, body: Buffer.concat(chunks) }
}

function reset({ socket }: IncomingMessage): void {
  socket.resetAndDestroy()
}
