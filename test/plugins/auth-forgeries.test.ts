import assert from 'node:assert/strict'
import { test } from 'node:test'
import { generateSigningKey } from '../../src/tokens/signing-keys.ts'
import { createTestApp } from '../support/app.ts'
import { createClient, createMember } from '../support/client.ts'
import { createForge, forgeAccessTokens } from '../support/forgeries.ts'
import { queriesOf } from '../support/queries.ts'
import { claimsOf, signIn } from '../support/sessions.ts'

const keys = [generateSigningKey(), generateSigningKey()] as const
const app = await createTestApp({ JWT_PRIVATE_KEYS: keys.join(',') })
const { email, id } = await createMember(app)
const { jwt } = await signIn(app, email)

async function get(authorization: string) {
  return await queriesOf(() => createClient(app.server).get(`/${id}`, { headers: { authorization } }))
}

test('the helper that forges makes a token that is accepted, unless it is told to forge something', async () => {
  const { header, sign } = createForge(keys[0])
  assert.equal((await get(`Bearer ${sign(header, claimsOf(jwt))}`)).result.status, 200)
  assert.equal((await get(`bearer ${jwt}`)).result.status, 200, 'the scheme is in any case (RFC 9110 §11.1)')
})

for (const [name, token] of Object.entries(forgeAccessTokens(jwt, keys))) {
  // ASVS V7.2.1, V9.1.1, V9.1.2, V9.1.3, V9.2.1, V9.2.2, V9.2.3, V10.3.1
  test(`refused: ${name}`, async () => {
    // Twice: errors enter the same cache as good tokens.
    for (let time = 1; time <= 2; time++) {
      const { queries, result } = await get(`Bearer ${token}`)
      assert.equal(result.status, 401)
      assert.match(String(result.headers['content-type']), /^application\/problem\+json/)
      assert.match(String(result.body.code), /^(token_invalid|session_revoked)$/)
      if (result.body.code === 'token_invalid' && name !== 'the sub of somebody else') assert.deepEqual(queries, [])
    }
  })
}

// ASVS V7.2.2
test('other schemes and odd headers are refused', async () => {
  for (const text of [
    '',
    ' ',
    'Bearer',
    'Bearer ',
    `Basic ${jwt}`,
    `Bearer  ${jwt}`,
    `Bearer ${jwt} `.repeat(2),
    jwt
  ]) {
    const { result } = await get(text)
    assert.equal(result.status, 401, text)
    assert.match(String(result.headers['www-authenticate']), /^Bearer/)
  }
  assert.equal((await createClient(app.server).get(`/${id}`)).body.code, 'authentication_required')
})
