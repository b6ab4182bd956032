import { availableParallelism } from 'node:os'
import { setTimeout as sleep } from 'node:timers/promises'
import { HASH_COST } from '../../src/passwords/hasher.ts'
import type { Answer } from '../../test/support/answer.ts'
import { openTestApp } from '../../test/support/app.ts'
import { type Client, createClient, createMember } from '../../test/support/client.ts'
import { present, signIn } from '../../test/support/sessions.ts'
import { type Instance, startInstances } from '../instances.ts'
import { usage } from '../memory.ts'
import { type Finding, none, type Proof } from '../proof.ts'
import { median, quantile } from '../statistics.ts'

const LOGINS = 500 // at the same moment
const MEMBERS = 20
const QUIET_MS = 2000
const PAUSE_MS = 5 // between two looks: a user, not a second flood
const WATCH_MS = 50 // between two looks at the memory
const LANE_MB = HASH_COST.memoryCost / 1024

// What may come on top in a flood. A hash has its memory once per lane; the rest is room for Node's own heap.
const HASHER_MB = 60 + 2 * availableParallelism() * LANE_MB
const SERVER_MB = 150
// The flood has a lower priority, but the same cores, and those who send it live on this machine, too.
const MEDIAN_RATIO = 10
const P99_MS = { quick: 500, full: 250 } // a machine that runs other checks beside it hiccups

export const bulkhead: Proof = {
  name: 'bulkhead',
  promise: `${LOGINS} logins at the same moment cost bounded memory, and nobody else their time.`,
  async run(run) {
    const floods = run.rounds(1, 20)
    const app = run.scope.use(await openTestApp())
    const [instance] = await startInstances(run, app, 1, { hashCost: HASH_COST })
    if (!instance) throw new Error('there is one instance')
    const members = await Promise.all(Array.from({ length: MEMBERS }, () => createMember(app)))
    // The first login at the real cost hashes again at the real cost.
    for (const { email } of members) await createClient(instance.server).logIn(email)
    const device = await signIn(app, members[0]?.email ?? '')
    const asks = {
      health: () => createClient(instance.server).get('//health/live'),
      refresh: () => present(instance, device.refreshToken)
    }
    const quiet = await look(asks, sleep(QUIET_MS))
    const before = memory(instance)
    const answers: Answer[] = []
    const busy: Looks = { times: { health: [], refresh: [] }, wrong: [] }
    const peak = { server: 0, hasher: 0 }
    for (let done = 1; done <= floods; done++) {
      const logins = flood(instance, members)
      const watch = watchMemory(instance, peak)
      const { times, wrong } = await look(asks, logins)
      clearInterval(watch)
      answers.push(...(await logins))
      for (const name of ['health', 'refresh'] as const) busy.times[name].push(...times[name])
      busy.wrong.push(...wrong)
      run.progress(done, floods)
    }
    const shed = answers.filter(({ status }) => status === 503)
    const wrong = answers.filter(
      ({ status, headers }) => status !== 200 && !(status === 503 && Number(headers['retry-after']) >= 1)
    )
    return [
      none(
        'logins neither 200 nor 503 with Retry-After',
        'none',
        answers.length,
        wrong.map(({ status }) => `${status}`),
        ` (${shed.length} 503s)`
      ),
      turnedAway(shed.length, floods),
      below('memory that the server gained', peak.server - before.server, SERVER_MB, 'MB'),
      below('memory that the hash process gained', peak.hasher - before.hasher, HASHER_MB, 'MB'),
      none(
        'other requests that failed meanwhile',
        'none',
        busy.times.health.length + busy.times.refresh.length,
        busy.wrong
      ),
      ...(['health', 'refresh'] as const).flatMap(name =>
        slower(name, quiet.times[name], busy.times[name], P99_MS[run.scale])
      )
    ]
  }
}

async function flood({ server }: Instance, members: readonly Client[]): Promise<Answer[]> {
  const emails = Array.from({ length: LOGINS }, (_, i) => members[i % members.length]?.email ?? '')
  return await Promise.all(emails.map(email => createClient(server).logIn(email)))
}

/** Notes in `peak` the most that was held, until the timer is cleared. */
function watchMemory(instance: Instance, peak: ReturnType<typeof memory>): NodeJS.Timeout {
  return setInterval(() => {
    const now = memory(instance)
    peak.server = Math.max(peak.server, now.server)
    peak.hasher = Math.max(peak.hasher, now.hasher)
  }, WATCH_MS)
}

/** For each core one is hashed and 128 wait: what does not fit must not wait. */
function turnedAway(count: number, floods: number): Finding {
  const least = LOGINS > 129 * availableParallelism() ? floods : 0
  const what = 'logins that did not fit, and were told at once'
  return { what, figure: `${count}`, promise: `at least ${least}`, kept: count >= least }
}

interface Looks {
  times: { health: number[]; refresh: number[] }
  wrong: string[]
}

/** What others wait for their answers, in ms, until `end`. */
async function look(asks: Record<'health' | 'refresh', () => Promise<Answer>>, end: Promise<unknown>): Promise<Looks> {
  const looks: Looks = { times: { health: [], refresh: [] }, wrong: [] }
  let open = true
  const close = end.finally(() => {
    open = false
  })
  while (open) {
    for (const name of ['health', 'refresh'] as const) {
      const started = performance.now()
      const { status } = await asks[name]()
      looks.times[name].push(performance.now() - started)
      if (status !== 200) looks.wrong.push(`${name}: ${status}`)
    }
    await sleep(PAUSE_MS)
  }
  await close
  return looks
}

/** What a server and the processes that it started hold now, MB. */
function memory({ pid }: Instance): { server: number; hasher: number } {
  const all = usage()
  const sum = (which: (process: { pid: number; parent: number }) => boolean) =>
    all.filter(which).reduce((total, { mb }) => total + mb, 0)
  return { server: sum(process => process.pid === pid), hasher: sum(process => process.parent === pid) }
}

function below(what: string, value: number, most: number, unit: string): Finding {
  return {
    what,
    figure: `${value.toFixed(0)} ${unit}`,
    promise: `at most ${most.toFixed(0)} ${unit}`,
    kept: value <= most
  }
}

function slower(name: string, quiet: readonly number[], busy: readonly number[], most: number): Finding[] {
  const [before, after] = [median(quiet), median(busy)]
  const p99 = quantile(busy, 0.99)
  return [
    {
      what: `${name}: median in the flood, to quiet`,
      figure: `${(after / before).toFixed(1)} × (${before.toFixed(1)} → ${after.toFixed(1)} ms)`,
      promise: `at most ${MEDIAN_RATIO} ×`,
      kept: after / before <= MEDIAN_RATIO
    },
    below(`${name}: p99 in the flood`, p99, most, 'ms')
  ]
}
