import { HOUR } from '../../src/clock.ts'
import { openTestApp, type TestApp } from '../../test/support/app.ts'
import { createMember } from '../../test/support/client.ts'
import { eventually } from '../../test/support/eventually.ts'
import { type Device, eventsOf, newToken, present, sessionRow, signIn, useAccess } from '../../test/support/sessions.ts'
import { inLanes, none, type Proof, type Run } from '../proof.ts'

const LATER = 10_001 // ms, past REFRESH_GRACE
const DEVICES = 50 // at a time: the clock is moved for all of them
const MEMBERS = 10

/** What a thief does with a copied token, in steps between which time passes. The last step must raise the alarm. */
type Theft = (app: TestApp, device: Device) => AsyncGenerator<number, string[]>

const THEFTS: Record<string, Theft> = {
  async *'a replay after the line moved on'(app, device) {
    const first = newToken(await refresh(app, device, device.refreshToken))
    yield LATER
    const second = newToken(await refresh(app, device, first))
    return [device.refreshToken, first, second]
  },
  async *'a replay after its successor was used'(app, device) {
    const answer = await refresh(app, device, device.refreshToken)
    yield LATER + 1000
    await useAccess(app, answer.body.jwtToken)
    await eventually(async () => (await sessionRow(app, device)).used === 1, 'the use is marked')
    return [device.refreshToken, newToken(answer)]
  },
  async *'a sibling that was beaten'(app, device) {
    const one = newToken(await refresh(app, device, device.refreshToken))
    const two = newToken(await refresh(app, device, device.refreshToken))
    yield LATER
    const winner = newToken(await refresh(app, device, one))
    return [two, winner, one]
  },
  async *'a silent thief, by the member’s second refresh'(app, device) {
    const thief = newToken(await refresh(app, device, device.refreshToken))
    yield HOUR
    const member = newToken(await refresh(app, device, device.refreshToken)) // looks like a lost answer
    yield LATER
    const next = newToken(await refresh(app, device, thief))
    return [member, next]
  },
  async *'a thief who follows, by his own next refresh'(app, device) {
    const member = newToken(await refresh(app, device, device.refreshToken))
    yield HOUR
    const thief = newToken(await refresh(app, device, device.refreshToken))
    yield LATER
    const next = newToken(await refresh(app, device, member))
    return [thief, next]
  }
}

export const stolenTokens: Proof = {
  name: 'stolen-tokens',
  promise:
    'Who goes on with a copied refresh token is found, and what it was copied from ends before the answer is sent.',
  async run(run) {
    const each = run.rounds(100, 2000)
    const app = run.scope.use(await openTestApp())
    const emails = await Promise.all(Array.from({ length: MEMBERS }, async () => (await createMember(app)).email))
    const thefts = Object.entries(THEFTS)
    const findings = []
    for (const [at, [name, theft]] of thefts.entries()) {
      const missed: string[] = []
      for (let done = 0; done < each; done += DEVICES) {
        await stealAll(run, app, emails, theft, missed)
        run.progress(at * each + done, thefts.length * each)
      }
      findings.push(none(`missed: ${name}`, 'none', each, missed))
    }
    return findings
  }
}

async function stealAll(
  { random }: Run,
  app: TestApp,
  emails: string[],
  theft: Theft,
  missed: string[]
): Promise<void> {
  const thieves: { device: Device; steps: ReturnType<Theft>; tokens: string[] }[] = []
  await inLanes(Array(DEVICES).keys(), 10, async () => {
    const device = await signIn(app, random.pick(emails), random.chance(0.5) ? 'cookie' : 'body')
    thieves.push({ device, steps: theft(app, device), tokens: [] })
  })
  for (let pause: number | undefined = 0; pause !== undefined; ) {
    app.advance(pause)
    pause = undefined
    await inLanes(thieves, 10, async thief => {
      const { done, value } = await thief.steps.next()
      if (done) thief.tokens = value
      else pause = value
    })
  }
  await inLanes(thieves, 10, async ({ device, tokens: [stolen = '', ...others] }) => {
    const { status, body } = await refresh(app, device, stolen)
    const { revoked_at, secret } = await sessionRow(app, device)
    const alarms = (await eventsOf(app, device)).filter(event => event === 'session_reuse_detected').length
    const wrong: string[] = []
    if (status !== 401 || body.code !== 'session_revoked' || !revoked_at || secret || alarms !== 1)
      wrong.push(`answered ${status} ${body.code}; in the database ${revoked_at ?? 'alive'}; ${alarms} alarms`)
    for (const token of others)
      if ((await refresh(app, device, token)).status !== 401) wrong.push('another token of the session is alive')
    if ((await useAccess(app, device.jwt)).status !== 401) wrong.push('an access token of the session is alive')
    if (wrong.length > 0) missed.push(wrong.join('; '))
  })
}

async function refresh(app: TestApp, { transport }: Device, token: string) {
  return await present(app, token, transport)
}
