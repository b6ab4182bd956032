import assert from 'node:assert/strict'
import { Writable } from 'node:stream'
import { test } from 'node:test'
import { createTestApp } from '../support/app.ts'

const lines: string[] = []
const stream = new Writable({
  write(chunk, _, done) {
    lines.push(String(chunk))
    done()
  }
})
const app = await createTestApp({ TRUST_PROXY: '1' }, { logger: { level: 'info', stream } })

/** What the log says of one request. */
async function logged(url: string, from: string) {
  lines.length = 0
  await app.server.inject({ url, headers: { 'x-forwarded-for': from } })
  return lines.map(line => JSON.parse(line)).filter(({ msg }) => msg === 'request')
}

test('a request is one line, with its path but not its query', async () => {
  const found = await logged('/account/verify-email?token=SECRET', '203.0.113.7')
  assert.deepEqual(
    found.map(({ method, path, status }) => ({ method, path, status })),
    [{ method: 'GET', path: '/account/verify-email', status: 404 }]
  )
  assert.doesNotMatch(lines.join(''), /SECRET/)
})

test('the address is that of the audit trail: without a port, and nothing that is no address', async () => {
  for (const [from, ip] of [
    ['203.0.113.7', '203.0.113.7'],
    ['203.0.113.7:4711', '203.0.113.7'],
    ['[2001:db8::1]:4711', '2001:db8::1'],
    ['anything <script>', '']
  ] as const)
    assert.deepEqual(
      (await logged('/hello', from)).map(line => line.ip),
      [ip],
      from
    )
})
