import type { AuditEvent } from '../../src/audit/table.ts'
import type { Answer } from '../../test/support/answer.ts'
import { openTestApp, type TestApp } from '../../test/support/app.ts'
import {
  type Client,
  createClient,
  createMember,
  type Door,
  passwords,
  registration
} from '../../test/support/client.ts'
import { type Instance, startInstances } from '../instances.ts'
import { Patience } from '../patience.ts'
import { inLanes, none, type Proof, type Run } from '../proof.ts'

const PROCESSES = 3
const USES = 50
const MEMBERS = 10

/** A kind of secret that works once. A new kind is a new row here. */
interface Kind {
  /** Gets a secret as people do; `member` is signed in, and no other round's while this one lasts. */
  obtain(app: TestApp, member: Client, round: number): Promise<string>
  use(door: Door, secret: string, use: number): Promise<Answer>
  /** A second click is told that it is done already. */
  calm?: true
  /** What is recorded of each use that counted. */
  event: AuditEvent
}

const KINDS: Record<string, Kind> = {
  'verify-email': {
    async obtain(app, _, round) {
      const email = `attempt${round}@example.com`
      await createClient(app.server).post('/register', registration(email))
      return await app.mail.secret(email)
    },
    use: (door, token) => createClient(door).post('/verify-email', { token }),
    calm: true,
    event: 'email_verified'
  },
  'verify-email, by code': {
    async obtain(app, _, round) {
      const email = `coded${round}@example.com`
      await createClient(app.server).post('/register', registration(email))
      return `${email} ${await app.mail.code(email)}`
    },
    use(door, secret) {
      const [email, code] = secret.split(' ')
      return createClient(door).post('/verify-email', { email, code })
    },
    event: 'email_verified'
  },
  'reset-password': {
    async obtain(app, { email }) {
      await createClient(app.server).post('/forgot-password', { email })
      return await app.mail.secret(email, /reset/i)
    },
    use: (door, token, use) =>
      createClient(door).post('/reset-password', { token, ...passwords(`phrase of use ${use}`) }),
    event: 'password_reset'
  },
  'change-email': {
    async obtain(app, member, round) {
      const email = `next${round}@example.com`
      await member.put(`/${member.id}`, { email })
      return await app.mail.secret(email)
    },
    use: (door, token) => createClient(door).post('/verify-email', { token }),
    calm: true,
    event: 'email_changed'
  },
  'undo-email-change': {
    async obtain(app, _, round) {
      // Of a member of its own: the password is gone afterwards.
      const member = await createMember(app, { email: `undone${round}@example.com` })
      const email = `thief${round}@example.com`
      await member.put(`/${member.id}`, { email })
      await member.post('/verify-email', { token: await app.mail.secret(email) })
      return await app.mail.secret(member.email, /was changed/)
    },
    use: (door, token) => createClient(door).post('/undo-email-change', { token }),
    event: 'email_change_undone'
  }
}

export const singleUseRaces: Proof = {
  name: 'single-use-races',
  promise: `Of ${USES} uses of one single-use secret at the same moment, over ${PROCESSES} processes, one counts.`,
  async run(run) {
    const rounds = run.rounds(30, 1000)
    const app = run.scope.use(await openTestApp())
    const instances = await startInstances(run, app, PROCESSES)
    const kinds = Object.entries(KINDS)
    const findings = []
    for (const [at, [name, kind]] of kinds.entries()) {
      const patience = new Patience()
      const before = await countEvents(app, kind.event)
      const members = await Promise.all(Array.from({ length: MEMBERS }, () => createMember(app)))
      const madeByMembers = kind.event === 'email_verified' ? MEMBERS : 0
      const wrong = await raceAll(run, app, instances, { kind, members, patience, rounds, done: at / kinds.length })
      const recorded = (await countEvents(app, kind.event)) - before - madeByMembers
      if (recorded !== rounds && wrong.length === 0) wrong.push(`${recorded} uses recorded in ${rounds} rounds`)
      findings.push(none(`${name}: rounds without exactly one winner`, 'none', rounds, wrong, patience.note()))
    }
    return findings
  }
}

async function raceAll(
  { progress }: Run,
  app: TestApp,
  instances: readonly Instance[],
  {
    kind,
    members,
    patience,
    rounds,
    done
  }: { kind: Kind; members: Client[]; patience: Patience; rounds: number; done: number }
): Promise<string[]> {
  const wrong: string[] = []
  for (let first = 0; first < rounds; first += members.length) {
    const secrets = new Map<number, string>()
    const batch = members.slice(0, rounds - first).map((member, i) => ({ member, round: first + i }))
    await inLanes(batch, 5, async ({ member, round }) => void secrets.set(round, await kind.obtain(app, member, round)))
    for (const [round, secret] of secrets) {
      const answers = await Promise.all(
        Array.from({ length: USES }, (_, use) => {
          const door = instances[use % instances.length]?.server ?? app.server
          return patience.ask(() => kind.use(door, secret, use))
        })
      )
      const isCalm = ({ body }: Answer) => kind.calm === true && /already/.test(body.message ?? '')
      const isRefused = ({ body }: Answer) => body.code === 'token_invalid' || body.errors?.[0]?.path === '/code'
      const winners = answers.filter(answer => answer.status === 200 && !isCalm(answer)).length
      const losers = answers.filter(answer => isCalm(answer) || isRefused(answer)).length
      if (winners !== 1 || losers !== USES - 1) wrong.push(`round ${round}: ${winners} won, ${losers} lost, of ${USES}`)
    }
    progress(done * rounds + first / Object.keys(KINDS).length, rounds)
  }
  return wrong
}

async function countEvents({ db }: TestApp, event: AuditEvent): Promise<number> {
  return (await db.selectFrom('audit_events').select('id').where('event', '=', event).execute()).length
}
