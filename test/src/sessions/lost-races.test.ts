import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { createTestApp } from '../../support/app.ts'
import { createMember } from '../../support/client.ts'
import { startProxy } from '../../support/proxy.ts'
import { newToken, present, sessionRow, signIn } from '../../support/sessions.ts'

const DEADLOCK = 1213
const MOVE = /^.?.?update `sessions` set .*`parent`/s

const app = await createTestApp()
const { email } = await createMember(app)
const proxy = await startProxy()
after(() => proxy.stop())
const raced = { ...app, server: await app.another({ DATABASE_URL: proxy.url(app.database.name) }) }

/** The first `lost` tries to move the line lose. @returns how many there were */
function lose(lost: number): () => number {
  let tries = 0
  proxy.fate = sql => {
    if (!MOVE.test(sql)) return 'forward'
    tries++
    return tries <= lost ? { errno: DEADLOCK } : 'forward'
  }
  return () => tries
}

test('a refresh that loses up to three races reads again, and is answered', async () => {
  for (const lost of [1, 2, 3]) {
    const device = await signIn(app, email)
    const tries = lose(lost)
    newToken(await present(raced, device.refreshToken))
    assert.equal(tries(), lost + 1)
    assert.equal((await sessionRow(app, device)).generation, 1)
  }
})

test('a refresh that loses four races is 503, changes nothing, and the same token is good afterwards', async () => {
  const device = await signIn(app, email)
  const before = await sessionRow(app, device)
  const tries = lose(Number.POSITIVE_INFINITY)
  const answer = await present(raced, device.refreshToken)
  assert.deepEqual([answer.status, answer.body.code, tries()], [503, 'unavailable', 4])
  assert.match(String(answer.headers['retry-after']), /^[1-9]\d*$/)
  assert.equal(answer.headers['set-cookie'], undefined)
  assert.deepEqual(await sessionRow(app, device), before)
  lose(0)
  newToken(await present(raced, device.refreshToken))
})
