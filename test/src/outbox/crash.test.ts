import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { LEASE } from '../../../src/outbox/attempt.ts'
import { createTestApp } from '../../support/app.ts'
import { type Child, startChild } from '../../support/child.ts'
import { createClient, registration } from '../../support/client.ts'
import { eventually } from '../../support/eventually.ts'
import { type Fate, startProxy } from '../../support/proxy.ts'
import { startSmtp } from './smtp.ts'

const app = await createTestApp()
await app.server.close() // only the process that is killed, and its heir, may deliver
const proxy = await startProxy()
after(() => proxy.stop())

const messages: { to: string; messageId: string; token: string }[] = []
let onMessage: () => 'answer' | 'silence' = () => 'answer'
const smtp = await startSmtp({
  onData(stream, session, callback) {
    let raw = ''
    stream.on('data', data => (raw += data))
    stream.on('end', () => {
      messages.push({
        to: session.envelope.rcptTo[0]?.address ?? '',
        messageId: /^Message-ID: (\S+)/im.exec(raw)?.[1] ?? '',
        token: /token=3D([\w-]+)|token=([\w-]+)/.exec(raw.replaceAll('=\r\n', ''))?.slice(1).find(Boolean) ?? ''
      })
      if (onMessage() === 'answer') callback(null)
    })
  }
})
after(() => smtp.stop())

// Where the process is killed, how many copies may arrive then, and for how long its claim holds.
const CLAIM = /^.?.?update `outbox` set `owner` = .*`attempts`/s
const SETTLE = /^.?.?update `outbox` set `sent_at`/s
const points: Record<string, { at: RegExp | 'message' | '250'; fate: Fate; copies: number[]; claim?: number }> = {
  'as the COMMIT was executed, before the answer': { at: /^.?.?commit$/s, fate: 'hang-after', copies: [1], claim: 0 },
  'between the commit and the claim': { at: CLAIM, fate: 'hang-before', copies: [1], claim: 0 },
  'as the claim was executed': { at: CLAIM, fate: 'hang-after', copies: [1] },
  'in the middle of SMTP, before the 250': { at: 'message', fate: 'forward', copies: [2] },
  'right after the 250': { at: '250', fate: 'forward', copies: [1, 2] },
  'between the 250 and the settling': { at: SETTLE, fate: 'hang-before', copies: [2] },
  'as the settling was executed': { at: SETTLE, fate: 'hang-after', copies: [1] }
}

for (const [what, { at, fate, copies, claim = LEASE }] of Object.entries(points)) {
  test(`killed ${what}: the mail arrives after the restart, copies under one Message-ID`, async t => {
    const email = `killed${Object.keys(points).indexOf(what)}@example.com`
    const config = { ...app.config, DATABASE_URL: proxy.url(app.database.name), SMTP_URL: smtp.url }
    const child = await startChild(config)
    const killed = killAt(child, at, fate)
    void fetch(`${child.url}/accounts/register`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(registration(email))
    }).catch(() => {})
    await killed
    await proxy.heal()
    onMessage = () => 'answer'

    const clock = () => new Date(Date.now() + claim)
    const heir = await app.another({ SMTP_URL: smtp.url }, { clock })
    const mine = () => messages.filter(({ to }) => to === email)
    await eventually(() => mine().length >= Math.max(1, ...copies.slice(0, 1)), 'the mail arrives')
    await sleep(100)
    t.diagnostic(`${what}: ${mine().length} copies`)
    assert.ok(copies.includes(mine().length), `${mine().length} copies`)
    assert.equal(new Set(mine().map(({ messageId }) => messageId)).size, 1)
    assert.match(mine()[0]?.messageId ?? '', /^<[0-9a-f-]{36}@localhost>$/)
    const token = mine().at(-1)?.token
    assert.equal((await createClient(heir).post('/verify-email', { token })).status, 200)
    await heir.close()
  })
}

/** Kills the process as it reaches the point, and waits for its end. */
async function killAt(child: Child, at: RegExp | 'message' | '250', fate: Fate): Promise<void> {
  const reached = Promise.withResolvers<void>()
  const die = () => {
    child.process.kill('SIGKILL')
    reached.resolve()
  }
  onMessage = () => {
    if (at === 'message') die()
    if (at === '250') setImmediate(die)
    return at === 'message' ? 'silence' : 'answer'
  }
  proxy.fate = sql => {
    if (!(at instanceof RegExp) || !at.test(sql)) return 'forward'
    if (fate === 'hang-after')
      setTimeout(die, 100) // time for the server to execute it
    else die()
    return fate
  }
  await reached.promise
  await child.kill()
}
