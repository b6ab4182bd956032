import fc from 'fast-check'
import { openTestApp, type TestApp } from '../../test/support/app.ts'
import { type Client, createMember, PASSWORD } from '../../test/support/client.ts'
import { present, signIn, useAccess } from '../../test/support/sessions.ts'
import { type Actor, type Attack, attacks, bytesOf } from '../hostile/attack.ts'
import { createJudge } from '../hostile/judge.ts'
import type { Place } from '../hostile/values.ts'
import { sendBytes } from '../hostile/wire.ts'
import { startInstances } from '../instances.ts'
import { readOpenApi } from '../openapi.ts'
import { type Finding, number, type Proof } from '../proof.ts'

const PATIENCE = 10_000 // ms for an answer

export const hostileRequests: Proof = {
  name: 'hostile-requests',
  promise: 'Whatever is sent, the answer is one that the OpenAPI document knows, and never a 5xx.',
  async run(run) {
    const numRuns = run.rounds(5000, 100_000)
    const app = run.scope.use(await openTestApp())
    const [instance] = await startInstances(run, app, 1)
    if (!instance) throw new Error('there is one instance')
    const api = readOpenApi(app.server.swagger())
    const judge = createJudge(api)
    const cast = createCast(app)
    const statuses = new Map<number, number>()
    let tried = 0
    const property = fc.asyncProperty(attacks(api), async attack => {
      const values = await cast.valuesOf(attack.actor)
      const reply = await sendBytes(instance.port, bytesOf(attack, values), PATIENCE)
      const status = typeof reply === 'object' ? reply.status : 0
      statuses.set(status, (statuses.get(status) ?? 0) + 1)
      if (status < 300 && attack.method !== 'GET') cast.suspect()
      run.progress(++tried, numRuns)
      const fault = judge(attack, reply)
      if (fault !== undefined) throw new Error(fault)
    })
    const { seed, path } = run
    const details = await fc.check(property, {
      seed,
      numRuns,
      ...(path === undefined ? {} : { path, endOnFailure: true })
    })
    const { counterexample, counterexamplePath, errorInstance } = details
    const [worst] = counterexample ?? []
    const wrong = worst ? [describe(worst, errorInstance), `seed ${details.seed}, --path ${counterexamplePath}`] : []
    const figure = worst ? `broken by request ${number(details.numRuns)}` : `0 of ${number(details.numRuns)}`
    const findings: Finding[] = [
      {
        what: 'answers that are 5xx, undocumented or missing',
        figure,
        promise: 'none',
        kept: !details.failed,
        examples: wrong
      },
      ...(path === undefined ? [reached(statuses)] : [])
    ]
    return findings
  }
}

/** Requests that are all refused at the door would prove little. */
function reached(statuses: Map<number, number>): Finding {
  const total = [...statuses.values()].reduce((sum, count) => sum + count, 0)
  const good = (statuses.get(200) ?? 0) / total
  const figure = `${(good * 100).toFixed(0)} %, ${statuses.size} statuses`
  return { what: 'requests that reached their goal', figure, promise: '5 % or more', kept: good >= 0.05 }
}

/** Who attacks, and what each of them knows. A request may end a session or an account: then another takes the part. */
function createCast(app: TestApp) {
  const parts = new Map<Actor, { client: Client; refresh: string }>()
  let suspicious = true
  const play = async (actor: Actor) => {
    const client = await createMember(app, { role: actor === 'Admin' ? 'Admin' : 'User' })
    parts.set(actor, { client, refresh: (await signIn(app, client.email, 'body')).refreshToken })
  }
  const check = async (actor: Actor) => {
    const part = parts.get(actor)
    if (!part) return await play(actor)
    const { status, body } = await useAccess(app, part.client.token)
    const refreshed = await present(app, part.refresh, 'body')
    part.refresh = refreshed.body.refreshToken ?? part.refresh
    if (status !== 200 || refreshed.status !== 200 || body.role !== actor) return await play(actor)
    part.client.email = body.email ?? ''
  }
  return {
    suspect() {
      suspicious = true
    },
    async valuesOf(actor: Actor): Promise<Record<Place, string>> {
      if (suspicious) for (const each of ['User', 'Admin'] as const) await check(each)
      suspicious = false
      const own = parts.get(actor)
      const other = parts.get(actor === 'User' ? 'Admin' : 'User')
      return {
        'own-id': own?.client.id ?? '',
        'other-id': other?.client.id ?? '',
        'own-email': own?.client.email ?? '',
        'other-email': other?.client.email ?? '',
        password: PASSWORD,
        refresh: own?.refresh ?? '',
        bearer: own?.client.token ?? ''
      }
    }
  }
}

function describe({ actor, method, target, headers, body }: Attack, error: unknown): string {
  const short = (text: string) => (text.length > 300 ? `${text.slice(0, 300)}… (${text.length})` : text)
  const lines = headers.map(([name, value]) => short(`${name}: ${JSON.stringify(value)}`))
  const content = body === undefined ? [] : [short(JSON.stringify(body))]
  return [
    error instanceof Error ? error.message : String(error),
    `${actor}: ${method} ${short(JSON.stringify(target))}`,
    ...lines,
    ...content
  ].join('\n')
}
