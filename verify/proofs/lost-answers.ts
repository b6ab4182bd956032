import { HOUR, SECOND } from '../../src/clock.ts'
import { openTestApp, type TestApp } from '../../test/support/app.ts'
import { createMember } from '../../test/support/client.ts'
import {
  type Device,
  eventsOf,
  present,
  refreshRequest,
  signIn,
  tokenIn,
  useAccess
} from '../../test/support/sessions.ts'
import { advanceAll, type Instance, startInstances } from '../instances.ts'
import { Patience } from '../patience.ts'
import { none, number, type Proof, type Run } from '../proof.ts'

const PROCESSES = 3
const CLIENTS = 50
const PAUSES = [0, 200, 9 * SECOND, 11 * SECOND, 20 * SECOND, 3 * HOUR] // ms until a client tries again
const MOST_IN_A_ROW = 15 // lost: the promise ends at 20 late re-issues of one generation

interface Store {
  device: Device
  /** What the client was given last, and kept. */
  token: string
  jwt: string
  lostInARow: number
}

export const lostAnswers: Proof = {
  name: 'lost-answers',
  promise: 'Whose answers are cut off is not logged out, whether they try again at once or hours later.',
  async run(run) {
    const wanted = run.rounds(500, 10_000)
    const app = run.scope.use(await openTestApp())
    const instances = await startInstances(run, app, PROCESSES)
    const { email } = await createMember(app)
    const stores: Store[] = []
    for (let i = 0; i < CLIENTS; i++) {
      const device = await signIn(app, email, i % 2 ? 'body' : 'cookie')
      stores.push({ device, token: device.refreshToken, jwt: device.jwt, lostInARow: 0 })
    }
    const patience = new Patience()
    const loggedOut: string[] = []
    let lost = 0
    while (lost < wanted && loggedOut.length === 0) {
      const cut = await Promise.all(stores.map(store => step(run, app, instances, store, patience, loggedOut)))
      lost += cut.reduce((sum, count) => sum + count, 0)
      await advanceAll(app, instances, run.random.pick(PAUSES))
      run.progress(lost, wanted)
    }
    const events = (await Promise.all(stores.map(({ device }) => eventsOf(app, device)))).flat()
    const alarms = events.filter(event => event !== 'session_reissued')
    return [
      none('clients logged out by lost answers', 'none', lost, loggedOut, patience.note()),
      none('false alarms', 'none', lost, alarms, ` (${number(events.length - alarms.length)} late re-issues)`)
    ]
  }
}

/** One refresh of one client, with what gets lost of it. @returns how many answers were cut off */
async function step(
  { random }: Run,
  app: TestApp,
  instances: readonly Instance[],
  store: Store,
  patience: Patience,
  loggedOut: string[]
): Promise<number> {
  const { transport } = store.device
  const request = refreshRequest(store.token, transport)
  let cut = 0
  // The line breaks while the request is under way, and the client tries again at once.
  for (; random.chance(0.25) && cut < 3; cut++) await random.pick(instances).cut(request, 'sent')
  if (random.chance(0.4) && store.lostInARow < MOST_IN_A_ROW) {
    await random.pick(instances).cut(request, 'answered')
    store.lostInARow++
    return cut + 1
  }
  const answer = await patience.ask(() => present(random.pick(instances), store.token, transport))
  if (answer.status !== 200) loggedOut.push(`${transport}: ${answer.status} ${answer.body.code}`)
  store.lostInARow = 0
  store.token = tokenIn(answer) ?? store.token
  store.jwt = answer.body.jwtToken ?? store.jwt
  // The access token is used later, which may prove that it arrived.
  if (random.chance(0.5)) {
    const { status, body } = await useAccess(app, store.jwt)
    if (status !== 200 && body.code !== 'token_expired') loggedOut.push(`access: ${status} ${body.code}`)
  }
  return cut
}
