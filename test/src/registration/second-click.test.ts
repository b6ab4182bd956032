import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createTestApp } from '../../support/app.ts'
import { type Client, createClient, createMember, passwords, registration } from '../../support/client.ts'
import { accountRow, setAccount } from '../../support/rows.ts'

const app = await createTestApp()
const client = createClient(app.server)
const admin = await createMember(app, { role: 'Admin' })
const NEW = 'a wholly new passphrase'
const BEFORE = 'Your address is verified already; you can sign in.'
let count = 0
const fresh = () => `clicked${++count}@example.com`

/** A link that was used, and whose it is. */
interface Used {
  token: string
  member: Client
}

const LINKS: Record<string, () => Promise<Used>> = {
  async registration() {
    const email = fresh()
    const member = createClient(app.server)
    await member.post('/register', registration(email))
    const token = await app.mail.secret(email)
    await member.post('/verify-email', { token })
    await member.logIn(email)
    return { token, member }
  },
  async 'changed address'() {
    const member = await createMember(app)
    member.email = fresh()
    await member.put(`/${member.id}`, { email: member.email })
    const token = await app.mail.secret(member.email)
    await member.post('/verify-email', { token })
    return { token, member }
  }
}

const again = async (token: string) => {
  const { status, body } = await client.post('/verify-email', { token })
  return body.code ?? `${status} ${body.message}`
}

async function reset(email: string): Promise<void> {
  await client.post('/forgot-password', { email })
  const token = await app.mail.secret(email, /Reset your password/)
  await client.post('/reset-password', { token, ...passwords(NEW) })
}

// What happens between two clicks, and what the second one is told.
const BETWEEN: Record<string, [calm: boolean, (member: Client) => Promise<unknown>]> = {
  nothing: [true, async () => {}],
  'a login and a new name': [
    true,
    async member => {
      await member.logIn(member.email)
      await member.put(`/${member.id}`, { firstName: 'Grace' })
    }
  ],
  'another spelling of the address': [
    false, // a newer wish than every link
    async member => member.put(`/${member.id}`, { email: member.email.toUpperCase() })
  ],
  'a wish for another address': [true, member => member.put(`/${member.id}`, { email: fresh() })],
  'a registration by somebody else': [true, member => client.post('/register', registration(member.email))],
  'a request for a reset link': [true, member => client.post('/forgot-password', { email: member.email })],
  'a password reset': [false, member => reset(member.email)],
  'a password change': [false, member => member.put(`/${member.id}`, passwords(NEW))],
  'another address': [
    false,
    async member => {
      const email = fresh()
      await member.put(`/${member.id}`, { email })
      await client.post('/verify-email', { token: await app.mail.secret(email) })
    }
  ],
  'another address by an Admin': [false, member => admin.put(`/${member.id}`, { email: fresh() })],
  'another address by whatever means': [
    false,
    member => setAccount(app, member.email, { email: fresh(), email_canonical: Buffer.from(fresh()) })
  ],
  'the end of the account': [false, member => member.delete(`/${member.id}`)]
}

for (const [what, start] of Object.entries(LINKS)) {
  for (const [between, [calm, act]] of Object.entries(BETWEEN)) {
    test(`a second click on the link of a ${what} after ${between} is ${calm ? 'calm' : 'refused'}`, async () => {
      const { token, member } = await start()
      await act(member)
      assert.equal(await again(token), calm ? `200 ${BEFORE}` : 'token_invalid')
    })
  }
}

test('a second click changes nothing and says nothing but that', async () => {
  const { token, member } = await (LINKS.registration ?? assert.fail())()
  const before = [await accountRow(app, member.email), app.events.length]
  const { body } = await client.post('/verify-email', { token })
  assert.deepEqual(body, { message: BEFORE })
  assert.deepEqual([await accountRow(app, member.email), app.events.length], before)
})

test('a link that was revoked and never used is refused, although its address is verified', async () => {
  const email = fresh()
  const tokens: string[] = []
  for (let i = 0; i < 2; i++) {
    await client.post('/register', registration(email))
    tokens.push(await app.mail.secret(email))
  }
  assert.equal((await client.post('/verify-email', { token: tokens[1] })).status, 200)
  assert.equal(await again(tokens[0] ?? ''), 'token_invalid')
  assert.equal(await again(tokens[1] ?? ''), `200 ${BEFORE}`)
})

test('a reset link that was used is refused', async () => {
  const { email } = await createMember(app)
  await client.post('/forgot-password', { email })
  const token = await app.mail.secret(email, /Reset your password/)
  const uses = [await client.post('/reset-password', { token, ...passwords(NEW) })]
  uses.push(await client.post('/reset-password', { token, ...passwords(NEW) }))
  assert.deepEqual(
    uses.map(({ status }) => status),
    [200, 401]
  )
  assert.equal(await again(token), 'token_invalid')
})
