import { openTestApp } from '../../test/support/app.ts'
import { createMember } from '../../test/support/client.ts'
import { eventsOf, present, sessionRow, signIn, tokenIn } from '../../test/support/sessions.ts'
import { advanceAll, startInstances } from '../instances.ts'
import { Patience } from '../patience.ts'
import { none, type Proof } from '../proof.ts'

const PROCESSES = 3
const TABS = 100
const PAUSES = [10_001, 60_000, 3 * 60 * 60_000] // ms, all past REFRESH_GRACE: each round moves the line

export const refreshRaces: Proof = {
  name: 'refresh-races',
  promise: `${TABS} refreshes of one token at the same moment, over ${PROCESSES} processes, log nobody out.`,
  async run(run) {
    const { random, progress, scope } = run
    const rounds = run.rounds(60, 1000)
    const app = scope.use(await openTestApp({ SESSION_MAX_TTL: '1000d' }))
    const instances = await startInstances(run, app, PROCESSES)
    const { email } = await createMember(app)
    const devices = [await signIn(app, email, 'cookie'), await signIn(app, email, 'body')]
    const kept = new Map(devices.map(device => [device, device.refreshToken]))
    const moves = new Map(devices.map(device => [device, 0]))
    const patience = new Patience()
    const refused: string[] = []
    const forked: string[] = []
    for (let round = 1; round <= rounds; round++) {
      const device = random.pick(devices)
      const token = kept.get(device) ?? ''
      const answers = await Promise.all(
        Array.from({ length: TABS }, (_, tab) => {
          const instance = instances[tab % PROCESSES] ?? app
          return patience.ask(() => present(instance, token, device.transport))
        })
      )
      for (const { status, body } of answers) if (status !== 200) refused.push(`round ${round}: ${status} ${body.code}`)
      const wanted = (moves.get(device) ?? 0) + 1
      moves.set(device, wanted)
      const { generation } = await sessionRow(app, device)
      if (generation !== wanted) forked.push(`round ${round}: generation ${generation}, not ${wanted}`)
      if (refused.length + forked.length > 0) break
      // A client keeps whichever answer arrived last: here, any that brought a token.
      kept.set(device, random.pick(answers.map(tokenIn).filter(token => token !== undefined)))
      await advanceAll(app, instances, random.pick(PAUSES))
      progress(round, rounds)
    }
    const alarms = (await Promise.all(devices.map(device => eventsOf(app, device)))).flat()
    return [
      none('refreshes not answered 200', 'none', rounds * TABS, refused, patience.note()),
      none('rounds that did not make exactly one generation', 'none', rounds, forked),
      none('events of theft or re-issue', 'none', rounds, alarms)
    ]
  }
}
