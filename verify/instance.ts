// One server of verify/instances.ts: the production server in a process of its own, with a clock that its parent moves.
import { subscribe } from 'node:diagnostics_channel'
import { setImmediate } from 'node:timers/promises'
import type { HashCost } from '../src/passwords/hasher.ts'
import { createServer } from '../src/server.ts'

/** What the parent says first: how to start. */
export interface Start {
  config: Record<string, string>
  hashCost: HashCost | undefined
  time: Time
  /** ms that an event of a member keeps the thread busy, as a careless host might: the leak that a proof must find. */
  leak: number
}

/** The clock: moved against the machine's, or standing still. */
export type Time = { offset: number } | { at: number }

const TURNS = 5 // of the event loop, to accept, read and route what has arrived

let time: Time = { offset: 0 }
const now = () => new Date('at' in time ? time.at : Date.now() + time.offset)

let underWay = 0
subscribe('tracing:fastify.request.handler:start', () => underWay++)
subscribe('tracing:fastify.request.handler:asyncEnd', () => underWay--)

process.once('message', async ({ config, hashCost, time: first, leak }: Start) => {
  time = first
  const server = await createServer({
    config,
    clock: now,
    ...(hashCost ? { hashCost } : {}),
    onEvent: ({ subjectId }) => {
      const end = performance.now() + (subjectId === null ? 0 : leak)
      while (performance.now() < end);
    }
  })
  await server.listen({ host: '127.0.0.1', port: 0 })
  const address = server.server.address()
  process.on('message', async (next: Time) => {
    // A request that is under way belongs to the time before, also one that is not read yet.
    for (let turn = 0; turn < TURNS || underWay > 0; turn++) await setImmediate()
    time = next
    process.send?.('moved')
  })
  process.once('disconnect', () => void server.close().finally(() => process.exit()))
  process.send?.(typeof address === 'object' && address ? address.port : 0)
})
