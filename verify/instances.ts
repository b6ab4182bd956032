import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { Agent, type ClientRequest, type IncomingMessage, request } from 'node:http'
import { join } from 'node:path'
import type { InjectOptions } from 'fastify'
import { type HashCost, LEAST_HASH_COST } from '../src/passwords/hasher.ts'
import type { Response } from '../test/support/answer.ts'
import type { TestApp, TestConfig } from '../test/support/app.ts'
import type { Door } from '../test/support/client.ts'
import { bareEnvironment } from '../test/support/environment.ts'
import type { Start, Time } from './instance.ts'
import type { Run } from './proof.ts'

const CONNECTIONS = 1000 // to one server, kept open: a flood comes all at once

/** A server in a process of its own; `server` takes requests as an instance of Fastify does. */
export interface Instance {
  server: Door
  port: number
  pid: number
  /** Sends a request and hangs up: at once, or when the answer begins to arrive. Its answer is lost. */
  cut(options: InjectOptions, when: 'sent' | 'answered'): Promise<void>
  setTime(time: Time): Promise<void>
}

export interface InstanceOptions {
  config?: TestConfig
  hashCost?: HashCost
  env?: Record<string, string>
  time?: Time
  leak?: number
}

/** Servers on the database, mail server and keys of `app`, each a process. They end with the run. */
export async function startInstances(
  { scope }: Run,
  app: TestApp,
  count: number,
  options: InstanceOptions = {}
): Promise<Instance[]> {
  return await Promise.all(Array.from({ length: count }, () => startInstance(scope, app, options)))
}

/** Moves the clocks of `app` and of its instances, once what is under way has ended. */
export async function advanceAll(app: TestApp, instances: readonly Instance[], ms: number): Promise<void> {
  app.advance(ms)
  const offset = app.now().getTime() - Date.now()
  await Promise.all(instances.map(instance => instance.setTime({ offset })))
}

async function startInstance(scope: AsyncDisposableStack, app: TestApp, options: InstanceOptions): Promise<Instance> {
  const child = fork(join(import.meta.dirname, 'instance.ts'), {
    env: { ...bareEnvironment(), ...options.env },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc']
  })
  const start: Start = {
    config: { ...app.config, ...options.config },
    hashCost: options.hashCost ?? LEAST_HASH_COST,
    time: options.time ?? { offset: app.now().getTime() - Date.now() },
    leak: options.leak ?? 0
  }
  child.send(start)
  const port = Number(await reply(child))
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS })
  scope.defer(async () => {
    agent.destroy()
    const gone = once(child, 'exit')
    child.disconnect()
    await gone
  })
  const send = (options: InjectOptions) => begin(agent, port, options)
  return {
    port,
    pid: child.pid ?? 0,
    server: { inject: async options => await read(send(options)) },
    async cut(options, when) {
      const sent = send(options)
      sent.on('error', () => {}) // we hang up ourselves
      await once(sent, when === 'sent' ? 'finish' : 'response')
      sent.destroy()
    },
    async setTime(time) {
      const moved = reply(child)
      child.send(time)
      await moved
    }
  }
}

/** What a child says next. */
async function reply(child: ChildProcess): Promise<unknown> {
  const ended = new AbortController()
  try {
    return await Promise.race([
      once(child, 'message', { signal: ended.signal }).then(([message]) => message),
      once(child, 'exit', { signal: ended.signal }).then(([code]) => {
        throw new Error(`a server ended with ${code}`)
      })
    ])
  } finally {
    ended.abort()
  }
}

function begin(
  agent: Agent,
  port: number,
  { method = 'GET', url, headers = {}, payload }: InjectOptions
): ClientRequest {
  const body = typeof payload === 'string' ? payload : undefined
  const sent = request({
    agent,
    host: '127.0.0.1',
    port,
    method,
    path: String(url),
    headers: { ...headers, ...(body === undefined ? {} : { 'content-length': Buffer.byteLength(body) }) }
  })
  sent.end(body)
  return sent
}

async function read(sent: ClientRequest): Promise<Response> {
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>()
  sent.once('response', resolve).once('error', reject)
  const response = await promise
  let body = ''
  for await (const chunk of response.setEncoding('utf8')) body += chunk
  return { statusCode: response.statusCode ?? 0, headers: response.headers, body }
}
