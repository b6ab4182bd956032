import type { InjectOptions } from 'fastify'
import { sql } from 'kysely'
import { DAY, HOUR, MINUTE, SECOND } from '../../src/clock.ts'
import { openTestApp, type TestApp } from '../../test/support/app.ts'
import { createClient, type Door, registration } from '../../test/support/client.ts'
import { claimsOf, newToken, present, signIn, useAccess } from '../../test/support/sessions.ts'
import { type Instance, startInstances } from '../instances.ts'
import { none, type Proof, type Run } from '../proof.ts'

// Far from UTC on both sides, by parts of an hour, and with summer time.
const ZONES = ['Pacific/Kiritimati', 'America/St_Johns', 'Europe/Berlin']
const DATABASE_ZONES = ['+00:00', '-08:00', '+12:45']
const IDLE = 7 * DAY
const ABSOLUTE = 90 * DAY
const ACCESS = 15 * MINUTE
const VERIFY = 24 * HOUR
const RESET = HOUR

// Where clocks jump: both summer times, a leap day, the turn of a year, and half a second of nowhere.
const MOMENTS = [
  '2026-03-29T00:59:59.500Z',
  '2026-10-25T00:59:59.500Z',
  '2028-02-28T23:59:59.500Z',
  '2026-12-31T23:59:59.500Z'
]

// ASVS V16.2.2
export const clocks: Proof = {
  name: 'clocks',
  promise: 'Every limit is kept to the second, in every time zone of server and database.',
  async run(run) {
    const app = run.scope.use(await openTestApp())
    await app.server.close() // its own time is now: it would clear away what the others think is alive
    const [{ zone = 'SYSTEM' } = {}] = (await sql<{ zone: string }>`select @@global.time_zone as zone`.execute(app.db))
      .rows
    run.scope.defer(async () => {
      await sql`set global time_zone = ${zone}`.execute(app.db)
    })
    const moments = run.rounds(1, MOMENTS.length)
    const wrong: string[] = []
    let looked = 0
    const total = DATABASE_ZONES.length * moments
    for (const databaseZone of DATABASE_ZONES) {
      await sql`set global time_zone = ${databaseZone}`.execute(app.db)
      // New processes, so that their connections begin in that zone.
      const instances = (await Promise.all(ZONES.map(TZ => startInstances(run, app, 1, { env: { TZ } })))).flat()
      for (const moment of run.random.shuffle(MOMENTS).slice(0, moments)) {
        // What one process writes another one reads, in another zone.
        const door = { inject: (options: InjectOptions) => run.random.pick(instances).server.inject(options) }
        const steps = await live(run, app, door, instances, new Date(moment)).catch(brokenOff)
        for (const { what, wanted, got } of steps) {
          looked++
          if (wanted !== got) wrong.push(`${what} (database at ${databaseZone}, ${moment}): ${got}, not ${wanted}`)
        }
        run.progress(looked, total * steps.length)
      }
    }
    return [none('looks just before and at a limit, with another outcome', 'none', looked, wrong)]
  }
}

interface Look {
  what: string
  wanted: string
  got: string
}

function brokenOff(error: unknown): Look[] {
  return [
    { what: 'a life', wanted: 'to its end', got: error instanceof Error ? error.message.slice(0, 300) : String(error) }
  ]
}

/** A member's life under a clock that stands still until it is set: each limit a millisecond before it, and at it. */
async function live({ random }: Run, app: TestApp, door: Door, all: readonly Instance[], start: Date): Promise<Look[]> {
  const looks: Look[] = []
  const setClock = (ms: number) => Promise.all(all.map(one => one.setTime({ at: start.getTime() + ms })))
  const expect = (what: string, wanted: string, got: string | number | null | undefined) =>
    looks.push({ what, wanted, got: String(got) })
  const client = createClient(door)
  const email = `clock${random.below(2 ** 31)}@example.com`

  await setClock(0)
  await client.post('/register', registration(email))
  const link = await app.mail.secret(email)
  await setClock(VERIFY)
  expect('a link at its end', 'token_expired', (await client.post('/verify-email', { token: link })).body.code)
  await setClock(VERIFY - 1)
  expect('a link before its end', '200', (await client.post('/verify-email', { token: link })).status)

  await setClock(0)
  await client.post('/forgot-password', { email })
  const reset = await app.mail.secret(email, /reset/i)
  await setClock(RESET - 1)
  expect('a reset link before its end', '200', (await client.post('/validate-reset-token', { token: reset })).status)
  await setClock(RESET)
  expect(
    'a reset link at its end',
    'token_expired',
    (await client.post('/validate-reset-token', { token: reset })).body.code
  )

  await setClock(0)
  const device = await signIn({ server: door }, email, 'body')
  const claims = claimsOf(device.jwt)
  const second = Math.floor(start.getTime() / SECOND)
  expect('iat', `${second}`, claims.iat)
  expect('exp', `${second + ACCESS / SECOND}`, claims.exp)
  const { body } = await useAccess({ server: door }, device.jwt)
  expect('created, as answered', start.toISOString(), body.created)
  await setClock((claims.exp - second) * SECOND - (start.getTime() % SECOND) - 1)
  expect('an access token before its end', '200', (await useAccess({ server: door }, device.jwt)).status)
  await setClock((claims.exp - second) * SECOND - (start.getTime() % SECOND))
  expect('an access token at its end', 'token_expired', (await useAccess({ server: door }, device.jwt)).body.code)

  await setClock(IDLE)
  expect(
    'an idle session at its end',
    'session_expired',
    (await present({ server: door }, device.refreshToken, 'body')).body.code
  )
  let token = device.refreshToken
  let last = 0
  // Always a moment before the idle end, up to the absolute one.
  for (let at = IDLE - 1; at < ABSOLUTE; at += IDLE - 1) {
    await setClock(at)
    const answer = await present({ server: door }, token, 'body')
    expect('a refresh before the idle end', '200', answer.status)
    token = answer.status === 200 ? newToken(answer) : token
    last = at
  }
  expect('the last refresh is within the idle time of the absolute end', 'true', `${ABSOLUTE - last < IDLE}`)
  await setClock(ABSOLUTE - 1)
  const answer = await present({ server: door }, token, 'body')
  expect('a session before its absolute end', '200', answer.status)
  await setClock(ABSOLUTE)
  expect(
    'a session at its absolute end',
    'session_expired',
    (await present({ server: door }, answer.body.refreshToken ?? '', 'body')).body.code
  )
  return looks
}
