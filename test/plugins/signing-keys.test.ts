import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, type TestContext, test } from 'node:test'
import Fastify from 'fastify'
import jwks from '../../plugins/jwks.ts'
import signingKeys, { type SigningKeys } from '../../plugins/signing-keys.ts'
import { after as later, MINUTE, SECOND } from '../../src/clock.ts'
import { readConfig } from '../../src/config.ts'
import { rotateKeys } from '../../src/keys/keys.ts'
import type { AccessClaims } from '../../src/sessions/access-token.ts'
import { JWKS_MAX_AGE, PUBLISHED_FOR, REREAD_EVERY } from '../../src/tokens/rotation.ts'
import { generateSigningKey, readSigningKeys } from '../../src/tokens/signing-keys.ts'
import { eventually } from '../support/eventually.ts'

const folder = mkdtempSync(join(tmpdir(), 'guildhall-signing-'))
after(() => rmSync(folder, { recursive: true }))
const ISSUER = 'http://localhost:3000'
const claims: AccessClaims = {
  iss: ISSUER,
  aud: ISSUER,
  client_id: 'guildhall',
  sub: randomUUID(),
  sid: randomUUID(),
  gen: 0,
  role: 'User',
  auth_time: 0,
  iat: 0,
  exp: 1,
  jti: 'x'
}

let files = 0
function newFile(): string {
  const file = join(folder, `${++files}.pem`)
  writeFileSync(file, generateSigningKey())
  return file
}

async function serve(t: TestContext, source: string): Promise<SigningKeys> {
  const app = Fastify()
  await app.register(signingKeys, { source, issuer: ISSUER })
  await app.ready()
  t.after(() => app.close())
  return app.signingKeys
}

const kidIn = (token: string): string => JSON.parse(atob(token.split('.')[0] ?? '')).kid
/** Whether a server takes what another one signed. */
function takes(keys: SigningKeys, token: string): boolean {
  try {
    return keys.find(kidIn(token))?.verify(token) !== undefined
  } catch {
    return false
  }
}

let now = new Date('2026-11-25T10:00:00.000Z')
async function rotate(file: string, manner: 'gently' | 'leaked' = 'gently') {
  now = later(now, PUBLISHED_FOR)
  return await rotateKeys(readConfig({}), () => now, file, manner)
}

// ASVS V13.3.4
test('a rotation needs no restart: in whatever order servers read it, each takes what any of them signs', async t => {
  // Which of two servers reads the file after each rotation, and which first.
  const orders = [
    [0, 1],
    [1, 0],
    [0, 0, 1],
    [1, 1, 0]
  ] as const
  const file = newFile()
  const servers = [await serve(t, file), await serve(t, file)]
  const signed: string[] = []
  const check = () => {
    for (const server of servers) signed.push(server.signer().sign({ ...claims, jti: String(signed.length) }))
    // Tokens that are younger than a rotation and a half: the life of an access token.
    for (const token of signed.slice(-6)) for (const server of servers) assert(takes(server, token))
  }
  const signers = new Set<string>()
  for (let round = 0; round < 8; round++) {
    check()
    await rotate(file)
    check()
    for (const index of orders[round % orders.length] ?? []) {
      await servers[index]?.reread()
      check()
    }
    signers.add(kidIn(signed.at(-1) ?? ''))
    assert.deepEqual(servers[0]?.list(), servers[1]?.list())
    assert.deepEqual(
      servers[0]?.list().map(({ kid }) => kid),
      readSigningKeys(file).map(({ kid }) => kid)
    )
  }
  assert.equal(signers.size, 8, 'the first rotation announced')
  assert((servers[0]?.list().length ?? 99) <= 6, 'and old ones left')
})

test('after a leak nothing of the old keys is taken', async t => {
  const file = newFile()
  const server = await serve(t, file)
  await rotate(file)
  await server.reread()
  const token = server.signer().sign(claims)
  assert(takes(server, token))
  await rotate(file, 'leaked')
  await server.reread()
  assert(!takes(server, token), 'also when it was verified before')
  assert(takes(server, server.signer().sign(claims)))
})

test('a file that is gone, damaged or empty changes nothing, and is read again when it is whole', async t => {
  const file = newFile()
  const server = await serve(t, file)
  const whole = readFileSync(file, 'utf8')
  const [kid] = server.list().map(key => key.kid)
  const next = generateSigningKey()
  for (const text of ['', 'x', whole.slice(0, 100), undefined]) {
    if (text === undefined) rmSync(file)
    else writeFileSync(file, text)
    await server.reread()
    assert.equal(server.list()[0]?.kid, kid)
    assert(takes(server, server.signer().sign(claims)))
  }
  writeFileSync(file, next)
  await server.reread()
  assert.equal(server.list()[0]?.kid, readSigningKeys(next)[0]?.kid)
})

test('a server looks by itself every half a minute, until it closes', async t => {
  t.mock.timers.enable({ apis: ['setInterval'] })
  const file = newFile()
  const app = Fastify()
  await app.register(signingKeys, { source: file, issuer: ISSUER })
  await rotate(file)
  t.mock.timers.tick(REREAD_EVERY - 1)
  assert.equal(app.signingKeys.list().length, 1)
  t.mock.timers.tick(1)
  await eventually(() => app.signingKeys.list().length === 2, 'the next key is published')
  await app.close()
  await rotate(file)
  t.mock.timers.tick(MINUTE)
  await new Promise(resolve => setImmediate(resolve))
  assert.equal(app.signingKeys.list().length, 2)
})

test('what is published may be kept for as long as a rotation waits, and shows the next key from the next reading on', async t => {
  const file = newFile()
  const app = Fastify()
  await app.register(signingKeys, { source: file, issuer: ISSUER })
  await app.register(jwks)
  t.after(() => app.close())
  const published = async () => {
    const response = await app.inject('/.well-known/jwks.json')
    assert.equal(response.headers['cache-control'], `public, max-age=${JWKS_MAX_AGE / SECOND}`)
    return response.json().keys
  }
  assert(JWKS_MAX_AGE + REREAD_EVERY <= PUBLISHED_FOR)
  assert.equal((await published()).length, 1)
  await rotate(file)
  await app.signingKeys.reread()
  const jwk = readSigningKeys(file).map(key => key.jwk)
  assert.deepEqual(await published(), jwk)
  assert.equal(jwk.length, 2)
})
