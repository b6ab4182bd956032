import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createTestApp } from '../../support/app.ts'
import { createClient, createMember, registration } from '../../support/client.ts'

// ASVS V2.3.4: single-use secrets are used once.
const ROUNDS = 20
const USES = 20

const app = await createTestApp({ RATE_LIMIT: 'off' }) // more tries of links than anybody is allowed
const other = await app.another()

async function race(token: string): Promise<number[]> {
  const clients = [createClient(app.server), createClient(other)]
  const uses = Array.from({ length: USES }, (_, i) => clients[i % 2]?.post('/verify-email', { token }))
  return (await Promise.all(uses)).map(answer => answer?.status ?? 0).sort()
}

const oneWinner = [200, ...Array<number>(USES - 1).fill(401)]

test('of parallel uses of a registration link, over two instances, one succeeds', async () => {
  for (let round = 0; round < ROUNDS; round++) {
    const email = `round${round}@example.com`
    await createClient(app.server).post('/register', registration(email))
    assert.deepEqual(await race(await app.mail.secret(email)), oneWinner)
  }
})

test('of parallel uses of a link to a new address one succeeds', async () => {
  const member = await createMember(app)
  for (let round = 0; round < ROUNDS; round++) {
    const email = `next${round}@example.com`
    await member.put(`/${member.id}`, { email })
    assert.deepEqual(await race(await app.mail.secret(email)), oneWinner)
    assert.equal((await member.get(`/${member.id}`)).body.email, email)
  }
})
