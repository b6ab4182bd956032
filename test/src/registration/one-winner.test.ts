import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createTestApp } from '../../support/app.ts'
import { createClient, createMember, registration } from '../../support/client.ts'

// ASVS V2.3.4: single-use secrets are used once.
const ROUNDS = 20
const USES = 20

const app = await createTestApp({ RATE_LIMIT: 'off' }) // more tries of links than anybody is allowed
const other = await app.another()

/** What each of many parallel uses is told: status and message. */
async function race(proof: object): Promise<string[]> {
  const clients = [createClient(app.server), createClient(other)]
  const uses = Array.from({ length: USES }, (_, i) => clients[i % 2]?.post('/verify-email', proof))
  return (await Promise.all(uses)).map(answer => `${answer?.status} ${answer?.body.message}`).sort()
}

/** Somebody who clicks twice is told that all is well, and one click did it. */
const oneWinner = [
  ...Array<string>(USES - 1).fill('200 Your address is verified already; you can sign in.'),
  '200 Your address is verified; you can sign in now.'
]

const countEvents = (event: string) => app.events.filter(one => one.event === event).length

// ASVS V6.5.1
test('of parallel uses of a registration link, over two instances, one verifies, and the others are calm', async () => {
  for (let round = 0; round < ROUNDS; round++) {
    const email = `round${round}@example.com`
    await createClient(app.server).post('/register', registration(email))
    assert.deepEqual(await race({ token: await app.mail.secret(email) }), oneWinner)
  }
  assert.equal(countEvents('email_verified'), ROUNDS)
})

test('of parallel uses of a link to a new address one changes it, and the others are calm', async () => {
  const member = await createMember(app)
  for (let round = 0; round < ROUNDS; round++) {
    const email = `next${round}@example.com`
    await member.put(`/${member.id}`, { email })
    assert.deepEqual(await race({ token: await app.mail.secret(email) }), oneWinner)
    assert.equal((await member.get(`/${member.id}`)).body.email, email)
  }
  assert.equal(countEvents('email_changed'), ROUNDS)
})
