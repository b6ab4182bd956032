import { setTimeout as sleep } from 'node:timers/promises'
import { openTestApp, type TestApp } from '../../test/support/app.ts'
import { type Client, createClient, createMember, type Door } from '../../test/support/client.ts'
import { type Proxy as DatabaseProxy, type Fate, startProxy } from '../../test/support/proxy.ts'
import { ACTS, type Act } from '../acts.ts'
import { inLanes, none, type Proof, type Run } from '../proof.ts'

const ANSWER_MS = 3000
const RECOVER_MS = 5000
const LATE_MS = 200 // for what is still on its way after healing

/** A fault begins by the proxy, which understands MySQL's packets, and ends by `heal`. */
type Fault = (proxy: DatabaseProxy, run: Run) => void | Promise<void>

const share =
  (probability: number, which: RegExp, fate: Fate): Fault =>
  (proxy, { random }) => {
    proxy.fate = sql => (which.test(sql) && random.chance(probability) ? fate : 'forward')
  }
const ANY = /^(?!.?.?set session)/i
const COMMIT = /commit$/

const FAULTS: Record<string, Fault> = {
  'connections are refused': proxy => proxy.refuse(),
  'nothing is answered any more': proxy => proxy.hang(),
  'too many connections (1040)': proxy => proxy.refuseWith(1040),
  'some statements hang': share(0.1, ANY, 'hang-before'),
  'some statements are cut before the server sees them': share(0.2, ANY, 'cut-before'),
  'some statements are cut after the server ran them': share(0.2, ANY, 'cut-after'),
  'deadlocks (1213) at some statements': share(0.2, ANY, { errno: 1213 }),
  'lock waits (1205) at some statements': share(0.2, ANY, { errno: 1205 }),
  'a read-only node (1290) at some statements': share(0.2, ANY, { errno: 1290 }),
  'deadlocks (1213) at COMMIT': share(0.5, COMMIT, { errno: 1213 }),
  'lock waits (1205) at COMMIT': share(0.5, COMMIT, { errno: 1205 }),
  'a read-only node (1290) at COMMIT': share(0.5, COMMIT, { errno: 1290 }),
  'COMMIT is cut before the server sees it': share(0.5, COMMIT, 'cut-before'),
  'COMMIT is cut after the server ran it': share(0.5, COMMIT, 'cut-after'),
  'COMMIT hangs before the server sees it': share(0.3, COMMIT, 'hang-before'),
  'COMMIT hangs after the server ran it': share(0.3, COMMIT, 'hang-after')
}

export const databaseFaults: Proof = {
  name: 'database-faults',
  promise: 'Whatever the database does, an act is done once or not at all, and answered as it is, or 503 within 3 s.',
  async run(run) {
    const app = run.scope.use(await openTestApp())
    const proxy = await startProxy()
    run.scope.defer(() => proxy.stop())
    const server = await app.another({ DATABASE_URL: proxy.url(app.database.name) })
    const admin = await createMember(app, { role: 'Admin' })
    const result: Result = {
      asked: 0,
      unavailable: 0,
      slowest: 0,
      wrong: [],
      slow: [],
      half: [],
      away: [],
      recovery: 0
    }
    const faults = Object.entries(FAULTS)
    for (const [at, [name, fault]] of faults.entries()) {
      await endure(run, { app, proxy, server, admin }, [name, fault], result)
      run.progress(at + 1, faults.length)
    }
    const { asked, unavailable, slowest, wrong, slow, half, away, recovery } = result
    return [
      none('answers that are neither right nor 503 with Retry-After', 'none', asked, wrong, ` (${unavailable} 503s)`),
      none('answers later than 3 s', 'none', asked, slow, ` (slowest ${Math.round(slowest)} ms)`),
      none('acts done twice, by half, or not as answered', 'none', asked, half),
      none(
        'faults after which it took longer than 5 s',
        'none',
        faults.length,
        away,
        ` (slowest ${Math.round(recovery)} ms)`
      )
    ]
  }
}

interface Result {
  asked: number
  unavailable: number
  slowest: number
  wrong: string[]
  slow: string[]
  half: string[]
  away: string[]
  recovery: number
}

interface Place {
  app: TestApp
  proxy: DatabaseProxy
  server: Door
  admin: Client
}

async function endure(
  run: Run,
  { app, proxy, server, admin }: Place,
  [name, fault]: [string, Fault],
  result: Result
): Promise<void> {
  const acts: { what: string; act: Act; status: number }[] = []
  const kinds = Object.entries(ACTS).flatMap(kind => Array<typeof kind>(run.rounds(2, 40)).fill(kind))
  await inLanes(kinds, 8, async ([kind, prepare]) => {
    const mark = `act-${result.asked++}`
    acts.push({ what: `${kind} while ${name}`, act: await prepare({ app, admin, mark }), status: 0 })
  })
  await fault(proxy, run)
  await inLanes(run.random.shuffle(acts), 24, async entry => {
    const { what, act } = entry
    const started = performance.now()
    const { status, body, headers, cookie } = await act.ask(server)
    const ms = performance.now() - started
    entry.status = status
    result.slowest = Math.max(result.slowest, ms)
    if (ms > ANSWER_MS) result.slow.push(`${what}: ${Math.round(ms)} ms`)
    if (status === 503) result.unavailable++
    const isUnavailable = status === 503 && /^[1-9]\d*$/.test(String(headers['retry-after'])) && cookie === undefined
    if (status !== act.right && !isUnavailable) result.wrong.push(`${what}: ${status} ${body.code}`)
  })
  await recover(proxy, server, admin, name, result)
  await sleep(LATE_MS)
  await inLanes(acts, 8, async ({ what, act, status }) => {
    const traces = await act.traces()
    const counts = [...new Set(Object.values(traces))]
    const isWhole = counts.length <= 1 && counts.every(count => count === 0 || count === 1)
    const isAsAnswered = status !== act.right || 'lost sessions' in traces || counts.every(count => count === 1)
    if (!isWhole || !isAsAnswered) result.half.push(`${what}: answered ${status}, left ${JSON.stringify(traces)}`)
  })
}

async function recover(proxy: DatabaseProxy, server: Door, admin: Client, name: string, result: Result): Promise<void> {
  const healed = performance.now()
  await proxy.heal()
  const client = Object.assign(createClient(server), { token: admin.token })
  for (let good = 0; good < 10; await sleep(5)) {
    const { status } = await client.get(`/${admin.id}`)
    good = status === 200 ? good + 1 : 0
    if (performance.now() - healed > 2 * RECOVER_MS) break
  }
  const ms = performance.now() - healed
  result.recovery = Math.max(result.recovery, ms)
  if (ms > RECOVER_MS) result.away.push(`${name}: ${Math.round(ms)} ms`)
}
