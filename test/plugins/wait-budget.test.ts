import assert from 'node:assert/strict'
import { once } from 'node:events'
import { type IncomingMessage, request } from 'node:http'
import { after, afterEach, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { createTestApp } from '../support/app.ts'
import { createMember } from '../support/client.ts'
import { startProxy } from '../support/proxy.ts'

const ANSWER_MS = 3000
const SLOW_MS = 1500

const app = await createTestApp()
const proxy = await startProxy()
after(() => proxy.stop())
afterEach(() => proxy.heal())
const server = await app.another({ DATABASE_URL: proxy.url(app.database.name) })
const base = await server.listen({ port: 0, host: '127.0.0.1' })
const member = await createMember(app)

/** @param body comes in a packet of its own, after the headers */
async function ask(method: string, path: string, body?: object): Promise<IncomingMessage> {
  const asking = request(`${base}/accounts${path}`, { method })
  if (!body) asking.setHeader('Authorization', `Bearer ${member.token}`)
  else {
    asking.setHeader('Content-Type', 'application/json')
    asking.flushHeaders()
    await sleep(50)
  }
  asking.end(body && JSON.stringify(body))
  const [answer] = await once(asking, 'response')
  return answer.resume()
}

const asks: Record<string, () => Promise<IncomingMessage>> = {
  'without a body': () => ask('GET', `/${member.id}/sessions`),
  // Its events are those of the socket, in which the deadline might be forgotten.
  'with a body': () => ask('POST', '/forgot-password', { email: member.email })
}

for (const [what, send] of Object.entries(asks)) {
  // ASVS V13.1.3
  test(`a request ${what} that has waited for a slow statement is 503 within 3 s when another one hangs`, async () => {
    assert.equal((await send()).statusCode, 200)
    let statements = 0
    proxy.fate = () => (++statements === 1 ? { after: SLOW_MS } : 'hang-before')
    const started = performance.now()
    const { statusCode, headers } = await send()
    const ms = performance.now() - started
    assert.equal(statusCode, 503)
    assert(headers['retry-after'])
    assert(ms > SLOW_MS && ms < ANSWER_MS, `${ms} ms`)
    assert(statements > 1, 'there was one statement only: the test shows nothing')
  })
}
