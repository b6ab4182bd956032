import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createTestApp } from '../../support/app.ts'
import { createClient, createMember, passwords } from '../../support/client.ts'

// ASVS V2.3.4: single-use secrets are used once.
const ROUNDS = 20
const USES = 20

const app = await createTestApp({ RATE_LIMIT: 'off' }) // more tries of links than anybody is allowed
const other = await app.another()

// ASVS V6.5.1, V15.4.2
test('of parallel uses of a reset link, over two instances, one sets its password', async () => {
  const { email } = await createMember(app)
  const clients = [createClient(app.server), createClient(other)]
  for (let round = 0; round < ROUNDS; round++) {
    await createClient(app.server).post('/forgot-password', { email })
    const token = await app.mail.secret(email, /Reset your password/)
    const uses = Array.from({ length: USES }, async (_, i) => {
      const password = `passphrase ${round} of use ${i}`
      const answer = await clients[i % 2]?.post('/reset-password', { token, ...passwords(password) })
      return { status: answer?.status, password }
    })
    const answers = await Promise.all(uses)
    const winners = answers.filter(({ status }) => status === 200)
    assert.equal(winners.length, 1)
    assert.equal(answers.filter(({ status }) => status === 401).length, USES - 1)
    assert.equal((await createClient(app.server).logIn(email, winners[0]?.password)).status, 200)
  }
})

test('two different links of one member, used at once, are one reset', async () => {
  const { email } = await createMember(app)
  const client = createClient(app.server)
  for (let round = 0; round < ROUNDS; round++) {
    const tokens: string[] = []
    for (let i = 0; i < 2; i++) {
      await client.post('/forgot-password', { email })
      tokens.push(await app.mail.secret(email, /Reset your password/))
    }
    const answers = await Promise.all(
      tokens.map((token, i) => {
        const password = `passphrase ${round} of link ${i}`
        return client.post('/reset-password', { token, ...passwords(password) })
      })
    )
    assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 401])
  }
})
