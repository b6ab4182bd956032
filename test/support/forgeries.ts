import { createHmac, createPrivateKey, generateKeyPairSync, type KeyObject, randomUUID, sign } from 'node:crypto'
import { generateSigningKey, readSigningKeys } from '../../src/tokens/signing-keys.ts'
import { type Claims, claimsOf } from './sessions.ts'

/** Signs whatever it is given with a key of the server's own. */
export interface Forge {
  header: { alg: string; typ: string; kid: string }
  sign(head: unknown, payload: unknown, signer?: KeyObject): string
}

/** @param pem the key that signs */
export function createForge(pem: string): Forge {
  const [key] = readSigningKeys(pem)
  if (!key) throw new Error('a key in PEM is a key')
  return {
    header: { alg: 'ES256', typ: 'at+jwt', kid: key.kid },
    sign(head, payload, signer = createPrivateKey(pem)) {
      const input = `${encode(head)}.${encode(payload)}`
      const signed = sign('sha256', Buffer.from(input), { key: signer, dsaEncoding: 'ieee-p1363' })
      return `${input}.${signed.toString('base64url')}`
    }
  }
}

/**
 * Access tokens that must be refused, by what is wrong with them.
 *
 * @param jwt an honest one
 * @param keys of the server, in PEM: the one that signs, and another one that it accepts
 */
export function forgeAccessTokens(jwt: string, [first, second]: readonly [string, string]): Record<string, string> {
  const honest = claimsOf(jwt)
  const [key, otherKey] = readSigningKeys(`${first},${second}`)
  if (!key || !otherKey) throw new Error('two keys in PEM are two keys')
  const { header, sign: forge } = createForge(first)
  const { privateKey: rsa } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const { privateKey: p384 } = generateKeyPairSync('ec', { namedCurve: 'P-384' })
  const own = readSigningKeys(generateSigningKey())[0]
  if (!own) throw new Error('a generated key is a key')
  const stranger = createPrivateKey(own.privatePem)
  const [head64, body64, signature = ''] = jwt.split('.')
  const without = (name: string) => Object.fromEntries(Object.entries(honest).filter(([claim]) => claim !== name))
  const resigned = (bytes: Buffer) => `${head64}.${body64}.${bytes.toString('base64url')}`
  const hmac = (head: unknown, secret: string) => hmacToken(head, honest, secret)
  return {
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
    'a flipped payload': `${head64}.${encode({ ...honest, role: honest.role === 'Admin' ? 'User' : 'Admin' })}.${signature}`,
    'no signature': `${head64}.${body64}.`,
    'an empty signature part': `${head64}.${body64}`,
    'a fourth part': `${jwt}.x`,
    'an encrypted token': `${jwt}.x.y`,
    'only dots': '..',
    'a megabyte short of one': 'a'.repeat(15_000),
    'its own key in the header (jwk)': forge({ ...header, jwk: own.jwk }, honest, stranger),
    'its own key in the header, under its own kid': forge({ ...header, kid: own.kid, jwk: own.jwk }, honest, stranger),
    'its own key at a URL (jku)': forge(
      { ...header, kid: own.kid, jku: 'https://evil.example/jwks' },
      honest,
      stranger
    ),
    'its own certificate (x5c)': forge({ ...header, x5c: [own.publicPem] }, honest, stranger),
    'its own certificate at a URL (x5u)': forge({ ...header, x5u: 'https://evil.example/x.pem' }, honest, stranger),
    'a kid that is a path': forge({ ...header, kid: '../../../../dev/null' }, honest),
    'a kid that is SQL': forge({ ...header, kid: "x' union select '" }, honest),
    'a huge kid': forge({ ...header, kid: 'k'.repeat(8000) }, honest),
    'alg twice': forge(`{"alg":"none","typ":"at+jwt","kid":"${key.kid}","alg":"HS256"}`, honest),
    'a signature of zeros': resigned(Buffer.alloc(64)),
    'a signature of ones': resigned(Buffer.alloc(64, 0xff)),
    'half a signature': resigned(Buffer.from(signature, 'base64url').subarray(0, 32)),
    'a signature twice as long': resigned(Buffer.concat([Buffer.from(signature, 'base64url'), Buffer.alloc(64)])),
    'an endless exp': forge(header, { ...honest, exp: 1e300 }),
    'a negative iat': forge(header, { ...honest, iat: -1 }),
    'another role': forge(header, { ...honest, role: 'Owner' }),
    'the prototype as a claim': forge(header, `{"__proto__":${JSON.stringify(honest)}}`),
    'a payload a thousand levels deep': forge(header, `${'{"a":'.repeat(1000)}1${'}'.repeat(1000)}`),
    ...Object.fromEntries(Object.keys(honest).map(claim => [`no ${claim}`, forge(header, without(claim))]))
  }
}

function encode(part: unknown): string {
  return Buffer.from(typeof part === 'string' ? part : JSON.stringify(part)).toString('base64url')
}

function hmacToken(head: unknown, payload: Claims, secret: string): string {
  const input = `${encode(head)}.${encode(payload)}`
  return `${input}.${createHmac('sha256', secret).update(input).digest('base64url')}`
}
