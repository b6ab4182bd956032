import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { appointAdmin } from '../../../src/accounts/appoint.ts'
import { DAY, HOUR } from '../../../src/clock.ts'
import { readConfig } from '../../../src/config.ts'
import { createContext } from '../../../src/context.ts'
import { type Id, newId } from '../../../src/ids.ts'
import { ownScope } from '../../../src/scope.ts'
import { createTestApp } from '../../support/app.ts'
import { createClient, createMember, passwords, registration } from '../../support/client.ts'
import { tidy } from '../../support/housekeeping.ts'
import { accountRow, setAccount } from '../../support/rows.ts'
import { rowsOf } from '../mysql/filled.ts'

let now = new Date('2031-05-05T10:00:00.000Z') // stands still, so that ends can be met to the millisecond
const pass = (ms: number) => {
  now = new Date(now.getTime() + ms)
}
const app = await createTestApp({}, { clock: () => now })
const nobody = createClient(app.server)
const config = readConfig(app.config)
const ctx = createContext({
  config,
  clock: () => now,
  db: app.db,
  secret: config.SECRET ?? '',
  onError: assert.ifError
})
after(() => ctx.hasher.close())

async function register(email: string): Promise<{ id: Id; email: string }> {
  assert.equal((await nobody.post('/register', registration(email))).status, 200)
  return { id: (await accountRow(app, email)).id, email }
}

const exists = async ({ email }: { email: string }) =>
  (await app.db.selectFrom('accounts').select('id').where('email', '=', email).execute()).length === 1
const eventsOf = async ({ id }: { id: Id }) => {
  const rows = await app.db.selectFrom('audit_events').selectAll().where('subject_id', '=', id).execute()
  return rows.filter(({ event }) => event === 'account_purged')
}

// ASVS V2.3.2
test('an account that nobody verified goes a week after its last attempt, with its links, and says so in the trail', async () => {
  const gone = await register('gone@example.com')
  const token = await app.mail.secret(gone.email)
  pass(7 * DAY)
  await tidy(ctx)
  assert(await exists(gone), 'to the millisecond')
  assert.deepEqual(await eventsOf(gone), [])
  pass(1)
  await tidy(ctx)
  assert(!(await exists(gone)))
  const links = await app.db.selectFrom('one_time_tokens').select('hash').where('account_id', '=', gone.id).execute()
  assert.deepEqual(links, [])
  const [event, ...more] = await eventsOf(gone)
  assert.deepEqual([event?.actor_id, event?.user_agent, more], [null, 'guildhall', []])
  assert.doesNotMatch(event?.detail ?? '', /gone@/, 'the address is what it is about')
  assert.equal((await nobody.post('/verify-email', { token })).body.code, 'token_invalid')
  await register(gone.email)
  assert.equal((await nobody.post('/verify-email', { token: await app.mail.secret(gone.email) })).status, 200)
})

test('another attempt, or a wish for a reset, begins the week anew', async () => {
  const [again, reset, idle] = [
    await register('again@example.com'),
    await register('reset@example.com'),
    await register('idle@example.com')
  ]
  pass(6 * DAY)
  await register(again.email)
  await nobody.post('/forgot-password', { email: reset.email })
  pass(2 * DAY)
  await tidy(ctx)
  assert.deepEqual([await exists(again), await exists(reset), await exists(idle)], [true, true, false])
  pass(6 * DAY)
  await tidy(ctx)
  assert.deepEqual([await exists(again), await exists(reset)], [false, false])
})

test('a link that still holds keeps its account', async () => {
  const holder = await register('long@example.com')
  await app.db
    .updateTable('one_time_tokens')
    .set({ expires_at: new Date(now.getTime() + 20 * DAY) }) // as of a longer VERIFY_TTL
    .where('account_id', '=', holder.id)
    .execute()
  pass(19 * DAY)
  await tidy(ctx)
  assert.equal((await nobody.post('/verify-email', { token: await app.mail.secret(holder.email) })).status, 200)
})

// ASVS V2.3.4
test('members, invited Admins and suspended accounts stay', async () => {
  const member = await createMember(app)
  await appointAdmin(ctx, ownScope('test'), 'invited@example.com')
  const suspended = await register('suspended@example.com')
  await setAccount(app, suspended.email, { suspended_at: now, suspended_until: new Date(now.getTime() + 90 * DAY) })
  pass(60 * DAY)
  await tidy(ctx)
  for (const one of [member, { email: 'invited@example.com' }, suspended]) assert(await exists(one), one.email)
  pass(30 * DAY)
  await tidy(ctx)
  assert(!(await exists(suspended)), 'when the suspension is over')
})

const ACTS: Record<string, (id: Id, trx: typeof app.db) => Promise<unknown>> = {
  verified: (id, trx) => trx.updateTable('accounts').set({ verified_at: now }).where('id', '=', id).execute(),
  'registered again': (account_id, trx) => {
    const row = { ...rowsOf(now).token(1), account_id, used_at: null, expires_at: new Date(now.getTime() + HOUR) }
    return trx.insertInto('one_time_tokens').values(row).execute()
  },
  'made Admin': (id, trx) => trx.updateTable('accounts').set({ role: 'Admin' }).where('id', '=', id).execute()
}
for (const [what, act] of Object.entries(ACTS)) {
  test(`an account that is ${what} at that very moment is not lost`, async () => {
    const lucky = await register(`${what.replaceAll(' ', '.')}@example.com`)
    pass(8 * DAY)
    const holder = await app.db.startTransaction().execute()
    await holder.selectFrom('accounts').select('id').where('id', '=', lucky.id).forUpdate().execute()
    const round = tidy(ctx)
    await new Promise(resolve => setTimeout(resolve, 300)) // until it waits for the row
    await act(lucky.id, holder)
    await holder.commit().execute()
    await round
    assert(await exists(lucky))
    assert.deepEqual(await eventsOf(lucky), [])
  })
}

test('those that stay do not hide the ones behind them, however many', async () => {
  const { account } = rowsOf(now)
  const values = Array.from({ length: 250 }, (_, n) => ({
    ...account(n),
    id: newId(() => now),
    verified_at: null,
    suspended_at: now
  }))
  await app.db.insertInto('accounts').values(values).execute()
  pass(1)
  const behind = await register('behind@example.com')
  pass(8 * DAY)
  await tidy(ctx)
  assert(!(await exists(behind)))
})

test('the reset link of an account that was purged is dead', async () => {
  const late = await register('late@example.com')
  await nobody.post('/forgot-password', { email: late.email })
  const token = await app.mail.secret(late.email, /Reset/)
  pass(8 * DAY)
  await tidy(ctx)
  assert.equal((await nobody.post('/reset-password', { token, ...passwords() })).body.code, 'token_invalid')
})
