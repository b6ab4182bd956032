import type { Answer } from '../../test/support/answer.ts'
import { openTestApp, type TestApp } from '../../test/support/app.ts'
import { createClient, createMember, type Door, PASSWORD, passwords, registration } from '../../test/support/client.ts'
import { setAccount } from '../../test/support/rows.ts'
import { type Instance, startInstances } from '../instances.ts'
import { type Finding, number, type Proof, type Run } from '../proof.ts'
import { auc, aucError, median, medianError } from '../statistics.ts'

const MEMBERS = 50 // of each kind
const WARM_UP = 100 // requests
const MOST_MS = 1 // between the medians
const LEAK_MS = 5 // the planted one

// Of samples of one distribution the AUC strays around 0.5 by its standard error. In full (2 × 5,000) the promised 0.48 to
// 0.52 is 3.46 of those, and nothing is added. A quick run has larger ones: it refuses what is beyond the promise by more
// than 3.46 of its own, which chance does once in 1,800 looks. So with the medians and their standard errors, which a busy
// machine makes large. What a quick run cannot see is a leak that hides in them; the planted one it must see.
const AUC_BAND = 0.02
const SIGMAS = AUC_BAND / aucError(5000, 5000)

/** Two kinds of address that nobody may tell apart. */
interface Pair {
  ask(door: Door, email: string): Promise<Answer>
  one: (i: number) => string
  other: (i: number) => string
}

export const enumeration: Proof = {
  name: 'enumeration',
  promise: 'Nobody learns from an answer, or from how long it took, whose address is a member’s.',
  async run(run) {
    const samples = run.rounds(400, 5000)
    const app = run.scope.use(await openTestApp())
    const pairs = await preparePairs(app)
    const [honest] = await startInstances(run, app, 1)
    const [leaking] = await startInstances(run, app, 1, { leak: LEAK_MS })
    if (!honest || !leaking) throw new Error('there are two instances')
    const findings: Finding[] = []
    const leaks = ['login: member or nobody', 'forgotten password: member or nobody']
    const steps = Object.keys(pairs).length + leaks.length
    for (const [at, [name, pair]] of Object.entries(pairs).entries()) {
      const times = await measure(run, honest, pair, samples, { done: at, steps })
      const { difference, most, area, band } = compare(run, times)
      findings.push(
        {
          what: `${name}: between the medians`,
          figure: `${difference.toFixed(3)} ms`,
          promise: `under ${most.toFixed(1)} ms`,
          kept: Math.abs(difference) < most
        },
        {
          what: `${name}: AUC`,
          figure: area.toFixed(3),
          promise: `${(0.5 - band).toFixed(3)} to ${(0.5 + band).toFixed(3)}`,
          kept: Math.abs(area - 0.5) <= band
        },
        {
          what: `${name}: answers that differ`,
          figure: number(times.answers.size - 1),
          promise: '0',
          kept: times.answers.size === 1,
          examples: [...times.answers]
        }
      )
    }
    for (const [at, name] of leaks.entries()) {
      const pair = pairs[name]
      if (!pair) throw new Error(`no pair ${name}`)
      const place = { done: steps - leaks.length + at, steps }
      findings.push(found(name, compare(run, await measure(run, leaking, pair, run.rounds(400, 1000), place))))
    }
    return findings
  }
}

async function preparePairs(app: TestApp): Promise<Record<string, Pair>> {
  const members: string[] = []
  const unverified: string[] = []
  const suspended: string[] = []
  const registered: string[] = []
  const attempt = 'the password of an attempt'
  const client = createClient(app.server)
  for (let i = 0; i < MEMBERS; i++) {
    members.push((await createMember(app, { email: `known${pad(i)}@example.com` })).email)
    suspended.push((await createMember(app, { email: `away0${pad(i)}@example.com` })).email)
    await setAccount(app, suspended[i] ?? '', { suspended_at: app.now() })
    unverified.push(`fresh${pad(i)}@example.com`)
    await client.post('/register', registration(unverified[i] ?? ''))
    registered.push(`tried${pad(i)}@example.com`)
    for (const email of [members[i] ?? '', registered[i] ?? ''])
      await client.post('/register', registration(email, passwords(attempt)))
  }
  const of = (list: string[]) => (i: number) => list[i % MEMBERS] ?? ''
  const nobody = (i: number) => `other${pad(i)}@example.com`
  const logIn = (password: string) => (door: Door, email: string) =>
    createClient(door).post('/authenticate', { email, password })
  return {
    'login: member or nobody': { ask: logIn('a wrong password'), one: of(members), other: nobody },
    'login: unverified or nobody': { ask: logIn('a wrong password'), one: of(unverified), other: nobody },
    'login: suspended or nobody': { ask: logIn(PASSWORD), one: of(suspended), other: nobody },
    'login after registering: taken or new': { ask: logIn(attempt), one: of(members), other: of(registered) },
    'forgotten password: member or nobody': {
      ask: (door, email) => createClient(door).post('/forgot-password', { email }),
      one: of(members),
      other: nobody
    },
    'registration: taken or new': {
      ask: (door, email) => createClient(door).post('/register', registration(email)),
      one: of(members),
      other: i => `new${pad(i)}@example.com`
    }
  }
}

interface Times {
  one: number[]
  other: number[]
  /** What was answered, without what is different each time. */
  answers: Set<string>
}

/** One request at a time, in an order that nothing else in the server follows. */
async function measure(
  { random, progress }: Run,
  { server }: Instance,
  pair: Pair,
  samples: number,
  { done, steps }: { done: number; steps: number }
): Promise<Times> {
  const times: Times = { one: [], other: [], answers: new Set() }
  for (let i = 0; i < WARM_UP; i++) await pair.ask(server, i % 2 ? pair.one(i) : pair.other(samples + i))
  const order = random.shuffle(Array.from({ length: 2 * samples }, (_, i) => ({ isOne: i % 2 === 0, i: i >> 1 })))
  for (const [at, { isOne, i }] of order.entries()) {
    const email = isOne ? pair.one(i) : pair.other(i)
    const started = performance.now()
    const { status, body } = await pair.ask(server, email)
    times[isOne ? 'one' : 'other'].push(performance.now() - started)
    const { requestId: _, instance: __, ...same } = body
    times.answers.add(`${status} ${JSON.stringify(same)}`)
    progress(done + at / order.length, steps)
  }
  return times
}

interface Comparison {
  /** Between the medians, ms, and how much is allowed. */
  difference: number
  most: number
  area: number
  /** How far `area` may be from 0.5. */
  band: number
}

function compare({ scale }: Run, { one, other }: Times): Comparison {
  const isQuick = scale === 'quick'
  const [strayMs, strayArea] = [Math.hypot(medianError(one), medianError(other)), aucError(one.length, other.length)]
  const most = isQuick ? MOST_MS + SIGMAS * strayMs : MOST_MS
  const band = isQuick ? AUC_BAND + SIGMAS * strayArea : Math.max(AUC_BAND, SIGMAS * strayArea)
  return { difference: median(one) - median(other), most, area: auc(one, other), band }
}

/** The same test must find a leak, or its silence means nothing. */
function found(name: string, { difference, most, area, band }: Comparison): Finding {
  const kept = Math.abs(difference) >= most && Math.abs(area - 0.5) > band
  const figure = `${difference.toFixed(1)} ms, AUC ${area.toFixed(3)}`
  return { what: `a planted leak of ${LEAK_MS} ms in ${name.split(':')[0]}`, figure, promise: 'found', kept }
}

function pad(i: number): string {
  return String(i).padStart(5, '0')
}
