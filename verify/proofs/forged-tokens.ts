import { generateSigningKey } from '../../src/tokens/signing-keys.ts'
import { openTestApp, type TestApp } from '../../test/support/app.ts'
import { type Client, createMember } from '../../test/support/client.ts'
import { createForge, forgeAccessTokens } from '../../test/support/forgeries.ts'
import { queriesOf } from '../../test/support/queries.ts'
import { claimsOf, type Device, present, signIn, useAccess } from '../../test/support/sessions.ts'
import { guardedOperations } from '../openapi.ts'
import { type Finding, inLanes, none, type Proof, type Run } from '../proof.ts'

export const forgedTokens: Proof = {
  name: 'forged-tokens',
  promise: 'A token that we did not make is 401: never a 5xx, and for refresh tokens not even a query.',
  async run(run) {
    const keys = [generateSigningKey(), generateSigningKey()] as const
    const app = run.scope.use(await openTestApp({ JWT_PRIVATE_KEYS: keys.join(',') }))
    const user = await createMember(app)
    const admin = await createMember(app, { role: 'Admin' })
    const bystander = await createMember(app) // whom no forgery of the others' tokens can delete
    return [
      await honest(app, admin, keys[0]),
      await accessTokens(run, app, { user, admin }, keys),
      await damagedAccessTokens(run, app, bystander),
      await refreshTokens(run, app, await signIn(app, bystander.email, 'cookie')),
      await refreshTokens(run, app, await signIn(app, bystander.email, 'body'))
    ]
  }
}

/** Without this the rest would prove nothing. */
async function honest(app: TestApp, { token = '' }: Client, key: string): Promise<Finding> {
  const { header, sign } = createForge(key)
  const { status } = await useAccess(app, sign(header, claimsOf(token)))
  return none('the tool that forges: honest tokens it made, refused', 'none', 1, status === 200 ? [] : [`${status}`])
}

async function accessTokens(
  { progress }: Run,
  app: TestApp,
  members: { user: Client; admin: Client },
  keys: readonly [string, string]
): Promise<Finding> {
  const operations = guardedOperations(app.server.swagger())
  const accepted: string[] = []
  let tried = 0
  for (const member of Object.values(members)) {
    const forgeries = Object.entries(forgeAccessTokens(member.token ?? '', keys))
    await inLanes(forgeries, 8, async ([what, token]) => {
      for (const { method, path } of operations) {
        const url = path.replace('{id}', member.id)
        const headers = { authorization: `Bearer ${token}` }
        const { statusCode, body } = await app.server.inject({ method, url, headers })
        tried++
        if (statusCode !== 401 || !/"(token_invalid|session_revoked)"/.test(body))
          accepted.push(`${what}: ${method} ${path} answered ${statusCode}`)
      }
      progress(tried, 2 * forgeries.length * operations.length)
    })
  }
  return none('forged access tokens, at every guarded route, not 401', 'none', tried, accepted)
}

async function damagedAccessTokens({ random, rounds, progress }: Run, app: TestApp, member: Client): Promise<Finding> {
  const count = rounds(1000, 50_000)
  const [head = '', body = '', signature = ''] = (member.token ?? '').split('.')
  const parts = [head, body, signature].map(part => Buffer.from(part, 'base64url'))
  const accepted: string[] = []
  await inLanes(Array(count).keys(), 8, async i => {
    const damaged = parts.map(part => Buffer.from(part))
    const part = random.pick(damaged)
    const [at, bit] = [random.below(part.length), random.below(8)]
    part.writeUInt8(part.readUInt8(at) ^ (1 << bit), at)
    const token = damaged.map(bytes => bytes.toString('base64url')).join('.')
    const { statusCode } = await app.server.inject({
      url: `/accounts/${member.id}`,
      headers: { authorization: `Bearer ${token}` }
    })
    if (statusCode !== 401) accepted.push(`${token} answered ${statusCode}`)
    progress(i, count)
  })
  return none('access tokens with one bit flipped, not 401', 'none', count, accepted)
}

/** Every bit flipped, every length, and noise. */
async function refreshTokens({ random, rounds }: Run, app: TestApp, device: Device): Promise<Finding> {
  const { refreshToken, transport } = device
  const bytes = Buffer.from(refreshToken, 'base64url')
  const flipped = Array.from({ length: bytes.length * 8 }, (_, i) => {
    const copy = Buffer.from(bytes)
    copy.writeUInt8(copy.readUInt8(i >> 3) ^ (1 << (i & 7)), i >> 3)
    return copy.toString('base64url')
  })
  const cutShort = Array.from({ length: refreshToken.length - 1 }, (_, i) => refreshToken.slice(0, i + 1))
  const noise = Array.from({ length: rounds(200, 20_000) }, () =>
    Buffer.from(bytes.map(() => random.below(256))).toString('base64url')
  )
  const spellings = [`${refreshToken}=`, `${refreshToken}A`, refreshToken.toLowerCase(), refreshToken.repeat(2)]
  const forged = [...flipped, ...cutShort, ...noise, ...spellings]
  const wrong: string[] = []
  await inLanes(forged, 8, async token => {
    const { queries, result } = await queriesOf(() => present(app, token, transport))
    if (result.status !== 401 || result.cookie !== undefined) wrong.push(`${token} answered ${result.status}`)
    else if (queries.length > 0) wrong.push(`${token} cost ${queries.length} queries`)
  })
  if ((await present(app, refreshToken, transport)).status !== 200) wrong.push('the honest token is refused afterwards')
  return none(`forged refresh tokens (${transport}) not 401, or with a query`, 'none', forged.length, wrong)
}
