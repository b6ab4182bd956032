import { after } from 'node:test'
import { type Client, createClient, type TokenStorage } from '../../client/index.ts'
import type { TestApp } from '../support/app.ts'

/** What becomes of a request: it passes; it never leaves; or the server acts, and the answer is lost, with its cookie or without. */
export type Fate = 'pass' | 'offline' | 'lost' | 'cut off' | Response

/** A browser, or an app's process, on its way to a server that listens: a cookie jar, a network that fails when it is told to. */
export interface Device {
  baseUrl: string
  /** Requests so far, as `POST /accounts/refresh-token 200`; 0 where no answer came. */
  requests: string[]
  cookie: string | undefined
  fate: (request: Request) => Fate | Promise<Fate>
  /** Another client of the same device: a tab, or a process with a store. */
  open(storage?: TokenStorage): Client
  count(what: string): number
}

Reflect.set(globalThis, 'document', {}) // the clients of a device are tabs of a page, not of a server

let devices = 0

/** A device of its own: what its tabs tell each other, others do not hear. */
export async function createDevice({ server }: Pick<TestApp, 'server'>): Promise<Device> {
  if (!server.server.listening) await server.listen({ host: '127.0.0.1', port: 0 })
  const baseUrl = `http://device-${++devices}.example`
  const clients: Client[] = []
  const device: Device = {
    baseUrl,
    requests: [],
    cookie: undefined,
    fate: () => 'pass',
    open(storage) {
      const client = createClient({ baseUrl, fetch: travel, ...(storage ? { storage } : {}) })
      clients.push(client)
      return client
    },
    count: what => device.requests.filter(request => request.includes(what)).length
  }
  after(() => {
    for (const client of clients) client.close()
  })

  const travel: typeof fetch = async (input, init) => {
    const request = new Request(input, init)
    const note = (status: number) =>
      device.requests.push(`${request.method} ${new URL(request.url).pathname} ${status}`)
    const fate = await device.fate(request)
    if (fate === 'offline') {
      note(0)
      throw new TypeError('fetch failed')
    }
    if (fate instanceof Response) {
      note(fate.status)
      return fate
    }
    if (request.credentials === 'include' && device.cookie)
      request.headers.set('cookie', `__Host-refresh=${device.cookie}`)
    const { pathname, search } = new URL(request.url)
    const response = await fetch(new Request(`${server.listeningOrigin}${pathname}${search}`, request))
    note(fate === 'pass' ? response.status : 0)
    if (fate === 'lost') throw new TypeError('fetch failed')
    const [, cookie] = /__Host-refresh=([^;]*)/.exec(response.headers.get('set-cookie') ?? '') ?? []
    if (cookie !== undefined && request.credentials === 'include') device.cookie = cookie || undefined
    if (fate === 'cut off') return new Response(cutOff(await response.text()), response)
    return response
  }
  return device
}

/** The first half of a body, and then the connection breaks. */
function cutOff(text: string): ReadableStream {
  return new ReadableStream({
    start(controller) {
      controller.enqueue(new TextEncoder().encode(text.slice(0, text.length / 2)))
    },
    pull(controller) {
      controller.error(new TypeError('terminated'))
    }
  })
}
