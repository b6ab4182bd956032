import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import type { AuditEvent } from '../../../src/audit/table.ts'
import type { Answer } from '../../support/answer.ts'
import { createTestApp } from '../../support/app.ts'
import { type Client, createClient, createMember, PASSWORD, registration } from '../../support/client.ts'
import { type Fate, startProxy } from '../../support/proxy.ts'

const app = await createTestApp()
const proxy = await startProxy()
after(() => proxy.stop())
const server = await app.another({ DATABASE_URL: proxy.url(app.database.name) })

interface Act {
  do: (client: Client) => Promise<Answer>
  event: AuditEvent
}

const acts: Record<string, Act> = {
  login: { do: c => c.post('/authenticate', { email: c.email, password: PASSWORD }), event: 'login_succeeded' },
  logout: { do: c => c.post('/revoke-token'), event: 'session_revoked' },
  registration: { do: c => c.post('/register', registration(`new.${c.email}`)), event: 'registration_started' },
  'forgotten password': { do: c => c.post('/forgot-password', { email: c.email }), event: 'password_reset_requested' },
  'change of name': { do: c => c.put(`/${c.id}`, { firstName: 'Grace' }), event: 'account_updated' },
  deletion: { do: c => c.delete(`/${c.id}`), event: 'account_deleted' }
}

const fates: Exclude<Fate, { after: number }>[] = [
  'cut-before',
  'cut-after',
  'hang-after',
  { errno: 1213 },
  { errno: 1205 },
  { errno: 1290 }
]

for (const fate of fates) {
  const what = typeof fate === 'object' ? `answers ${fate.errno}` : fate.replace('-', ' ')
  // ASVS V2.3.3
  test(`a COMMIT that is lost (${what}): every act happens once and is answered as such`, async t => {
    let slowest = 0
    for (const [name, { do: act, event }] of Object.entries(acts)) {
      const member = await createMember(app)
      const client = Object.assign(createClient(server), { ...pick(member) })
      const events = async () =>
        (await app.db.selectFrom('audit_events').select('id').where('event', '=', event).execute()).length
      const told = () => app.events.filter(e => e.event === event).length
      const before = { events: await events(), told: told() }
      let met = 0
      proxy.fate = sql => (sql.endsWith('commit') && ++met === 1 ? fate : 'forward')
      const started = Date.now()
      const answer = await act(client)
      slowest = Math.max(slowest, Date.now() - started)
      await proxy.heal()
      assert.equal(answer.status, 200, `${name}: ${JSON.stringify(answer.body)}`)
      assert.ok(met > 0, `${name}: there was no COMMIT`)
      assert.equal((await events()) - before.events, 1, `${name}: in the audit trail`)
      assert.equal(told() - before.told, 1, `${name}: to listeners`)
    }
    t.diagnostic(`${what}: slowest answer ${slowest} ms`)
    assert.ok(slowest < 3000)
  })
}

test('the mail of a COMMIT whose answer was lost arrives once', async () => {
  const member = await createMember(app)
  const client = Object.assign(createClient(server), pick(member))
  let met = 0
  proxy.fate = sql => (sql.endsWith('commit') && ++met === 1 ? 'cut-after' : 'forward')
  await client.post('/forgot-password', { email: member.email })
  await proxy.heal()
  await app.mail.next(member.email, /password/i)
  await new Promise(resolve => setTimeout(resolve, 200))
  const copies = app.mail.received.filter(m => m.to === member.email && /password/i.test(m.subject))
  assert.equal(copies.length, 1)
})

function pick({ token, cookie, id, email }: Client) {
  return { token, cookie, id, email }
}
