import { openTestApp, type TestApp } from '../../test/support/app.ts'
import { createClient, createMember, PASSWORD, registration } from '../../test/support/client.ts'
import { countAdmins } from '../../test/support/rows.ts'
import { type Instance, startInstances } from '../instances.ts'
import { Patience } from '../patience.ts'
import { type Finding, inLanes, none, type Proof, type Run } from '../proof.ts'

const PROCESSES = 3
const MEMBERS = 50

export const adminRaces: Proof = {
  name: 'admin-races',
  promise: `Of ${MEMBERS} first members one becomes Admin; of ${MEMBERS} Admins who leave at the same moment one stays.`,
  async run(run) {
    const app = run.scope.use(await openTestApp({ FIRST_ACCOUNT_IS_ADMIN: 'true' }))
    const instances = await startInstances(run, app, PROCESSES)
    const rounds = run.rounds(10, 200)
    return [await raceToBeFirst(run, app, instances, rounds), await raceToLeave(run, app, instances, rounds)]
  }
}

async function raceToBeFirst(run: Run, app: TestApp, instances: readonly Instance[], rounds: number): Promise<Finding> {
  const patience = new Patience()
  const secrets: string[] = []
  await inLanes(Array(MEMBERS).keys(), 10, async i => {
    const email = `first${i}@example.com`
    await createClient(app.server).post('/register', registration(email))
    secrets.push(await app.mail.secret(email))
  })
  const wrong: string[] = []
  for (let round = 1; round <= rounds; round++) {
    // The installation as it was before anybody verified.
    await app.db.updateTable('one_time_tokens').set({ used_at: null }).execute()
    await app.db.updateTable('accounts').set({ verified_at: null, role: 'User' }).execute()
    await app.db.deleteFrom('claims').where('name', '=', 'first-admin').execute()
    const answers = await Promise.all(
      secrets.map((token, i) => {
        const door = instances[i % instances.length]?.server ?? app.server
        return patience.ask(() => createClient(door).post('/verify-email', { token }))
      })
    )
    const verified = answers.filter(({ status }) => status === 200).length
    const admins = await countAdmins(app)
    if (verified !== MEMBERS || admins !== 1) wrong.push(`round ${round}: ${verified} verified, ${admins} Admins`)
    run.progress(round, 2 * rounds)
  }
  return none('first members: rounds without exactly one Admin', 'none', rounds, wrong, patience.note())
}

async function raceToLeave(run: Run, app: TestApp, instances: readonly Instance[], rounds: number): Promise<Finding> {
  const patience = new Patience()
  await app.db.updateTable('accounts').set({ role: 'User' }).execute()
  const admins = await Promise.all(Array.from({ length: MEMBERS }, () => createMember(app, { role: 'Admin' })))
  const accounts = await app.db.selectFrom('accounts').selectAll().execute()
  const sessions = await app.db.selectFrom('sessions').selectAll().execute()
  const wrong: string[] = []
  for (let round = 1; round <= rounds; round++) {
    const answers = await Promise.all(
      run.random.shuffle(admins).map(({ id, token }, i) => {
        const door = instances[i % instances.length]?.server ?? app.server
        const admin = Object.assign(createClient(door), { token })
        return patience.ask(() => {
          const proof = { currentPassword: PASSWORD } // this agent never entered it
          return i % 2 ? admin.request('DELETE', `/${id}`, proof) : admin.put(`/${id}`, { role: 'User', ...proof })
        })
      })
    )
    const left = answers.filter(({ status }) => status === 200).length
    const kept = answers.filter(({ body }) => body.code === 'last_admin').length
    const there = await countAdmins(app)
    if (left !== MEMBERS - 1 || kept !== 1 || there !== 1)
      wrong.push(`round ${round}: ${left} left, ${kept} were refused, ${there} Admins`)
    await app.db.deleteFrom('sessions').execute()
    await app.db.deleteFrom('accounts').execute()
    await app.db.insertInto('accounts').values(accounts).execute()
    await app.db.insertInto('sessions').values(sessions).execute()
    run.progress(rounds + round, 2 * rounds)
  }
  return none('Admins who leave: rounds without exactly one left', 'none', rounds, wrong, patience.note())
}
