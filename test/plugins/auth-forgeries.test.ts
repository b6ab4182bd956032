import assert from 'node:assert/strict'
import { createHmac, createPrivateKey, generateKeyPairSync, randomUUID, sign } from 'node:crypto'
import { test } from 'node:test'
import { generateSigningKey, readSigningKeys } from '../../src/tokens/signing-keys.ts'
import { createTestApp } from '../support/app.ts'
import { createClient, createMember } from '../support/client.ts'
import { queriesOf } from '../support/queries.ts'
import { claimsOf, signIn } from '../support/sessions.ts'

const second = generateSigningKey()
const first = generateSigningKey()
const app = await createTestApp({ JWT_PRIVATE_KEYS: `${first},${second}` })
const { email, id } = await createMember(app)
const { jwt } = await signIn(app, email)
const honest = claimsOf(jwt)
const [key, otherKey] = readSigningKeys(`${first},${second}`)
assert(key && otherKey)
const header = { alg: 'ES256', typ: 'at+jwt', kid: key.kid }
const { privateKey: rsa } = generateKeyPairSync('rsa', { modulusLength: 2048 })
const { privateKey: p384 } = generateKeyPairSync('ec', { namedCurve: 'P-384' })
const { privateKey: stranger } = generateKeyPairSync('ec', { namedCurve: 'P-256' })

const encode = (part: unknown) =>
  Buffer.from(typeof part === 'string' ? part : JSON.stringify(part)).toString('base64url')

function forge(head: unknown, payload: unknown, signer = createPrivateKey(first)): string {
  const input = `${encode(head)}.${encode(payload)}`
  const signed = sign('sha256', Buffer.from(input), { key: signer, dsaEncoding: 'ieee-p1363' })
  return `${input}.${signed.toString('base64url')}`
}

function hmac(head: unknown, secret: string): string {
  const input = `${encode(head)}.${encode(honest)}`
  return `${input}.${createHmac('sha256', secret).update(input).digest('base64url')}`
}

async function get(authorization: string) {
  return await queriesOf(() => createClient(app.server).get(`/${id}`, { headers: { authorization } }))
}

const without = (name: string) => Object.fromEntries(Object.entries(honest).filter(([claim]) => claim !== name))
const [head64, body64, signature] = jwt.split('.')

const forgeries: Record<string, string> = {
  'alg none': `${encode({ ...header, alg: 'none' })}.${body64}.`,
  'alg none with the old signature': `${encode({ ...header, alg: 'none' })}.${body64}.${signature}`,
  'alg None': `${encode({ ...header, alg: 'None' })}.${body64}.${signature}`,
  'HS256 with the public key': hmac({ ...header, alg: 'HS256' }, key.publicPem),
  'HS256 with the public key, trimmed': hmac({ ...header, alg: 'HS256' }, key.publicPem.trim()),
  'HS256 with the public key, called ES256': hmac(header, key.publicPem),
  'HS256 with an empty secret': hmac({ ...header, alg: 'HS256' }, ''),
  RS256: forge({ ...header, alg: 'RS256' }, honest, rsa),
  'an RSA signature called ES256': forge(header, honest, rsa),
  ES384: forge({ ...header, alg: 'ES384' }, honest, p384),
  'alg of another type': forge({ ...header, alg: ['ES256'] }, honest),
  'no alg': forge({ typ: 'at+jwt', kid: key.kid }, honest),
  'an unknown key': forge(header, honest, stranger),
  'the kid of another key of ours': forge({ ...header, kid: otherKey.kid }, honest),
  'another key of ours under the first kid': forge(header, honest, createPrivateKey(second)),
  'an unknown kid': forge({ ...header, kid: 'x' }, honest),
  'kid __proto__': forge({ ...header, kid: '__proto__' }, honest),
  'kid constructor': forge({ ...header, kid: 'constructor' }, honest),
  'an empty kid': forge({ ...header, kid: '' }, honest),
  'a kid of another type': forge({ ...header, kid: [key.kid] }, honest),
  'no kid': forge({ alg: 'ES256', typ: 'at+jwt' }, honest),
  'typ JWT': forge({ ...header, typ: 'JWT' }, honest),
  'no typ': forge({ alg: 'ES256', kid: key.kid }, honest),
  'typ of another type': forge({ ...header, typ: 7 }, honest),
  'an unknown crit': forge({ ...header, crit: ['exp2'], exp2: 1 }, honest),
  'a crit that is absent': forge({ ...header, crit: ['exp2'] }, honest),
  'crit b64': forge({ ...header, crit: ['b64'], b64: false }, honest),
  'an empty crit': forge({ ...header, crit: [] }, honest),
  'crit of another type': forge({ ...header, crit: 'exp' }, honest),
  'an array as aud': forge(header, { ...honest, aud: [honest.aud] }),
  'another aud': forge(header, { ...honest, aud: 'http://localhost:3001' }),
  'another iss': forge(header, { ...honest, iss: 'http://localhost:3000/' }),
  'an array as iss': forge(header, { ...honest, iss: [honest.iss] }),
  'another client_id': forge(header, { ...honest, client_id: 'x' }),
  'a future iat': forge(header, { ...honest, iat: honest.iat + 3600, exp: honest.exp + 3600 }),
  'a string as exp': forge(header, { ...honest, exp: String(honest.exp) }),
  'a fraction as exp': forge(header, { ...honest, exp: honest.exp + 0.5 }),
  'null as exp': forge(header, { ...honest, exp: null }),
  'a future nbf': forge(header, { ...honest, nbf: honest.exp }),
  'a string as gen': forge(header, { ...honest, gen: '0' }),
  'the sub of somebody else': forge(header, { ...honest, sub: randomUUID() }),
  'an unknown sid': forge(header, { ...honest, sid: randomUUID() }),
  'a sid that is none': forge(header, { ...honest, sid: "' or 1=1 -- " }),
  'an object as sid': forge(header, { ...honest, sid: { a: 1 } }),
  'a payload that is an array': forge(header, [honest]),
  'a payload that is null': forge(header, 'null'),
  'a payload that is text': forge(header, 'x'),
  'a header that is null': forge('null', honest),
  'a header that is text': forge('{', honest),
  'a flipped payload': `${head64}.${encode({ ...honest, role: 'Admin' })}.${signature}`,
  'no signature': `${head64}.${body64}.`,
  'an empty signature part': `${head64}.${body64}`,
  'a fourth part': `${jwt}.x`,
  'an encrypted token': `${jwt}.x.y`,
  'only dots': '..',
  'a megabyte short of one': 'a'.repeat(15_000),
  ...Object.fromEntries(Object.keys(honest).map(claim => [`no ${claim}`, forge(header, without(claim))]))
}

test('the helper that forges makes a token that is accepted, unless it is told to forge something', async () => {
  assert.equal((await get(`Bearer ${forge(header, honest)}`)).result.status, 200)
  assert.equal((await get(`bearer ${jwt}`)).result.status, 200, 'the scheme is in any case (RFC 9110 §11.1)')
})

for (const [name, token] of Object.entries(forgeries)) {
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
