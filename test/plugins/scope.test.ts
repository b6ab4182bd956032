import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import Fastify from 'fastify'
import { membership } from '../../src/index.ts'
import { createTestApp } from '../support/app.ts'
import { createClient, createMember } from '../support/client.ts'

const app = await createTestApp()
const member = await createMember(app)

// ASVS V16.4.1
test('what a client sends as request id or user agent is recorded as far as the columns go, and breaks nothing', async () => {
  const host = Fastify({ requestIdHeader: 'x-request-id' })
  await host.register(membership, { config: app.config })
  after(() => host.close())
  for (const text of ['short', 'x'.repeat(65), 'x'.repeat(5000), 'café\u0080', '\u00ff'.repeat(300)]) {
    const headers = { 'x-request-id': text, 'user-agent': text }
    const answer = await createClient(host).post(
      '/authenticate',
      { email: member.email, password: 'wrong password' },
      { headers }
    )
    assert.equal(answer.status, 401, text.slice(0, 10))
    const { request_id, user_agent } = await app.db
      .selectFrom('audit_events')
      .select(['request_id', 'user_agent'])
      .orderBy('id', 'desc')
      .executeTakeFirstOrThrow()
    const printed = text.replace(/[^\x20-\x7e]/g, '?')
    assert.deepEqual([request_id, user_agent], [printed.slice(0, 64), printed.slice(0, 255)])
  }
})
