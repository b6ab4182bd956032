import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { readConfig } from '../../../src/config.ts'
import { createContext } from '../../../src/context.ts'
import { Problem } from '../../../src/errors.ts'
import { LEAST_HASH_COST } from '../../../src/passwords/hasher.ts'
import { ownScope } from '../../../src/scope.ts'
import { logIn } from '../../../src/sessions/login.ts'
import { createTestApp } from '../../support/app.ts'
import { createClient, createMember, PASSWORD } from '../../support/client.ts'
import { accountRow } from '../../support/rows.ts'

const app = await createTestApp()
const HIGHER = { memoryCost: 64, timeCost: 2, parallelism: 1 }
const stronger = await app.another({}, { hashCost: HIGHER })
const costOf = async (email: string) => /\$(m=\d+,t=\d+)/.exec((await accountRow(app, email)).password_hash ?? '')?.[1]
const [LOW, HIGH] = [LEAST_HASH_COST, HIGHER].map(cost => `m=${cost.memoryCost},t=${cost.timeCost}`)

// ASVS V11.2.2
test('when parameters rise, a login hashes anew, and instances of both parameters take both hashes', async () => {
  const { email } = await createMember(app)
  const [weak, strong] = [createClient(app.server), createClient(stronger)]
  assert.equal(await costOf(email), LOW)
  for (const [client, cost] of [
    [weak, LOW],
    [strong, HIGH],
    [weak, HIGH], // nobody goes back
    [strong, HIGH]
  ] as const) {
    assert.equal((await client.logIn(email)).status, 200)
    assert.equal(await costOf(email), cost)
    assert.equal((await client.logIn(email, 'something else')).body.code, 'invalid_credentials')
    assert.equal(await costOf(email), cost)
  }
})

test('two logins that hash anew at once both succeed', async () => {
  const { email } = await createMember(app)
  const logins = await Promise.all([0, 1, 2].map(() => createClient(stronger).logIn(email)))
  for (const { status } of logins) assert.equal(status, 200)
  assert.equal(await costOf(email), HIGH)
})

test('a login whose better hash finds no room succeeds all the same, with the hash that there is', async () => {
  const { email } = await createMember(app)
  const before = await accountRow(app, email)
  const made = createContext({
    config: readConfig(app.config),
    clock: app.now,
    db: app.db,
    secret: app.config.SECRET ?? '',
    hashCost: HIGHER,
    onError: assert.ifError
  })
  after(() => made.hasher.close())
  let asked = 0
  const hash = () => {
    asked++
    return Promise.reject(new Problem('busy'))
  }
  const full = { ...made, hasher: { ...made.hasher, hash } }
  const credentials = { email, password: PASSWORD, transport: 'cookie' } as const
  const granted = await logIn(full, ownScope('test'), credentials)
  assert.deepEqual(granted.account.id, before.id)
  assert.equal(asked, 1)
  const { password_hash, last_login_at } = await accountRow(app, email)
  assert.equal(password_hash, before.password_hash)
  assert(last_login_at)
  assert.equal((await createClient(stronger).logIn(email)).status, 200)
  assert.equal(await costOf(email), HIGH, 'the next login tries again')
})
