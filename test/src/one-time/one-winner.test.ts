import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createTestApp } from '../../support/app.ts'
import { createClient } from '../../support/client.ts'
import { CODED } from '../../support/codes.ts'

// ASVS V6.5.1, V2.3.4: codes are used once, and a code and its link are one secret.
const ROUNDS = 2 // npm run verify plays more
const USES = 50

const app = await createTestApp()
const clients = [createClient(app.server), createClient(await app.another())]
const DONE = /^(Your address is verified; you can sign in now|Your password was reset; you can sign in now)\.$/

let count = 0

interface Told {
  status: number
  message: string
}

/** One, unless the machine is so busy that some waited in vain for a connection: then none or one. */
function assertOne(answers: readonly Told[], won: (told: Told) => boolean): void {
  const winners = answers.filter(won).length
  if (answers.some(({ status }) => status === 503)) assert.ok(winners <= 1)
  else assert.equal(winners, 1)
}

for (const [what, { path, more, start }] of Object.entries(CODED)) {
  const race = async (proofs: readonly object[]) =>
    await Promise.all(
      Array.from({ length: USES }, async (_, i) => {
        const answer = await clients[i % 2]?.post(path, { ...proofs[i % proofs.length], ...more })
        return { status: answer?.status ?? 0, message: answer?.body.message ?? '' }
      })
    )

  test(`of fifty parallel uses of the code of a ${what}, over two instances, one succeeds`, async () => {
    for (let round = 0; round < ROUNDS; round++) {
      const { email, code } = await start(app, `single${++count}@example.com`)
      const answers = await race([{ email, code }])
      assertOne(answers, ({ status }) => status === 200)
    }
  })

  test(`of fifty parallel uses of the link and the code of a ${what} one does it`, async () => {
    const { email, code, token } = await start(app, `mixed${++count}@example.com`)
    const answers = await race([{ token }, { email, code }, { token }])
    assertOne(answers, ({ message }) => DONE.test(message))
  })
}
