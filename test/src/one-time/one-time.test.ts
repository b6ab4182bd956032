import assert from 'node:assert/strict'
import { test } from 'node:test'
import { after, HOUR } from '../../../src/clock.ts'
import { PURPOSES, type Purpose } from '../../../src/one-time/table.ts'
import { makeOneTimeSecret } from '../../../src/tokens/one-time-secret.ts'
import { createTestApp } from '../../support/app.ts'
import { type Client, createClient, createMember, passwords } from '../../support/client.ts'
import { accountRow } from '../../support/rows.ts'

// What becomes of the links under way when an account changes: every act, with every purpose.
const app = await createTestApp()
const anyone = createClient(app.server)
const admin = await createMember(app, { role: 'Admin' })
const NEW = 'a wholly new passphrase'

/** Puts a link of every purpose under way. @returns the secrets */
async function startAll({ email }: Client): Promise<Record<Purpose, string>> {
  const account = await accountRow(app, email)
  const issue = async (purpose: Purpose) => {
    const { text, hash } = makeOneTimeSecret()
    const [created_at, attempt] = [app.now(), purpose === 'verify-email']
    await app.db
      .insertInto('one_time_tokens')
      .values({
        hash,
        account_id: account.id,
        purpose,
        email: purpose === 'change-email' ? `wish.of.${email}` : email,
        created_at,
        expires_at: after(created_at, HOUR),
        used_at: null,
        title: attempt ? 'Ms' : null,
        first_name: attempt ? 'Ada' : null,
        last_name: attempt ? 'Lovelace' : null,
        password_hash: attempt ? account.password_hash : null,
        code: null
      })
      .execute()
    return text
  }
  return {
    'verify-email': await issue('verify-email'),
    'change-email': await issue('change-email'),
    'reset-password': await issue('reset-password'),
    'undo-email-change': await issue('undo-email-change')
  }
}

const uses: Record<Purpose, (token: string) => ReturnType<Client['post']>> = {
  'verify-email': token => anyone.post('/verify-email', { token }),
  'change-email': token => anyone.post('/verify-email', { token }),
  'reset-password': token => anyone.post('/reset-password', { token, ...passwords('yet another passphrase') }),
  'undo-email-change': token => anyone.post('/undo-email-change', { token })
}

type Act = (member: Client) => Promise<unknown>
const acts: Record<string, [survivors: Purpose[], act: Act]> = {
  'an own new password': [['undo-email-change'], m => m.put(`/${m.id}`, passwords(NEW))],
  'a new password by an Admin': [['undo-email-change'], m => admin.put(`/${m.id}`, passwords(NEW))],
  'a password reset by mail': [
    ['undo-email-change'],
    async m => {
      await anyone.post('/forgot-password', { email: m.email })
      const token = await app.mail.secret(m.email, /Reset/)
      return await anyone.post('/reset-password', { token, ...passwords(NEW) })
    }
  ],
  'an own new address, confirmed': [
    ['undo-email-change'],
    async m => {
      await m.put(`/${m.id}`, { email: `new.${m.email}` })
      return await anyone.post('/verify-email', { token: await app.mail.secret(`new.${m.email}`) })
    }
  ],
  'another spelling of the own address': [
    ['undo-email-change'],
    m => m.put(`/${m.id}`, { email: m.email.toUpperCase() })
  ],
  'a new address by an Admin': [[], m => admin.put(`/${m.id}`, { email: `set.${m.email}` })],
  'an undone change of address': [
    [],
    async m => {
      const { id } = await accountRow(app, m.email)
      const { text, hash } = makeOneTimeSecret()
      const [row] = await app.db.selectFrom('one_time_tokens').selectAll().where('account_id', '=', id).execute()
      assert(row)
      const created_at = after(row.created_at, -1000)
      await app.db
        .insertInto('one_time_tokens')
        .values({ ...row, hash, purpose: 'undo-email-change', email: `old.${m.email}`, created_at, used_at: null })
        .execute()
      return await anyone.post('/undo-email-change', { token: text })
    }
  ],
  deletion: [[], m => m.delete(`/${m.id}`)],
  'another name': [[...PURPOSES], m => m.put(`/${m.id}`, { firstName: 'Augusta' })],
  'another role': [[...PURPOSES], m => admin.put(`/${m.id}`, { role: 'Admin' })],
  'a login': [[...PURPOSES], m => m.logIn(m.email)]
}

for (const [what, [survivors, act]] of Object.entries(acts)) {
  test(`${what} leaves of the links under way: ${survivors.join(', ') || 'none'}`, async () => {
    const member = await createMember(app)
    const { id } = await accountRow(app, member.email)
    const secrets = await startAll(member)
    const before = await app.db.selectFrom('one_time_tokens').select('hash').where('account_id', '=', id).execute()
    const isOld = (hash: Buffer) => before.some(row => row.hash.equals(hash))
    await act(member)
    const rows = await app.db.selectFrom('one_time_tokens').selectAll().where('account_id', '=', id).execute()
    const alive = rows.filter(({ hash, used_at }) => isOld(hash) && used_at === null).map(({ purpose }) => purpose)
    assert.deepEqual(alive.toSorted(), survivors.toSorted())
    for (const purpose of PURPOSES.filter(purpose => !survivors.includes(purpose)))
      assert.equal((await uses[purpose](secrets[purpose])).body.code, 'token_invalid', purpose)
    if (survivors.length === 1)
      assert.equal((await uses['undo-email-change'](secrets['undo-email-change'])).status, 200)
  })
}
