import { randomBytes } from 'node:crypto'
import type { FastifyInstance } from 'fastify'
import { createKeyring, KEY_PURPOSES, readSecrets } from '../../src/tokens/keyring.ts'
import { generateSigningKey } from '../../src/tokens/signing-keys.ts'
import { openTestApp, type TestApp } from '../../test/support/app.ts'
import { createClient, createMember, type Door, PASSWORD, passwords, registration } from '../../test/support/client.ts'
import { eventually } from '../../test/support/eventually.ts'
import { type Fate, startProxy } from '../../test/support/proxy.ts'
import { dump } from '../../test/support/secrets.ts'
import { liveWithCanaries } from '../canaries/life.ts'
import { forgeCanaries, misplaceCanaries } from '../canaries/mistakes.ts'
import { createNest, heardIn, type Nest } from '../canaries/nest.ts'
import { none, number, type Proof, type Run } from '../proof.ts'

// What a database may say at any statement. 1064: a fault of ours, which is logged whole.
const FATES: Fate[] = [{ errno: 1064 }, { errno: 1213 }, { errno: 1290 }, { errno: 1062 }, 'cut-before', 'cut-after']

export const canaries: Proof = {
  name: 'canaries',
  promise: 'What is secret is in no table, no line of the log, no error and no URL, whatever goes wrong.',
  async run(run) {
    const nest = createNest()
    const keys = [generateSigningKey(), generateSigningKey()] as const
    const secrets = [randomBytes(48), randomBytes(48)].map(bytes => bytes.toString('base64'))
    const logger = { level: 'trace', stream: nest.stream }
    const app = run.scope.use(
      await openTestApp({ JWT_PRIVATE_KEYS: keys.join(','), SECRET: secrets.join(',') }, { logger })
    )
    watchKeys(nest, keys, secrets)
    const door = listenAt(app.server, nest)
    await liveWithCanaries(app, door, nest)
    await misplaceCanaries(door, nest)
    await forgeCanaries(door, nest, (await createMember(app)).token ?? '', keys)
    await bounceMail(app, door, nest)
    await breakDatabase(app, nest, run)
    await watchStored(app, nest)

    const secretsOnly = nest.canaries.filter(({ home }) => home === 'nowhere')
    const kinds = new Set(nest.canaries.map(({ kind }) => kind)).size
    const total = nest.canaries.length
    const places = [
      none(
        'canaries heard in the database',
        'none',
        secretsOnly.length,
        heardIn('the database', await dump(app), secretsOnly)
      ),
      none('canaries heard in the log', 'none', total, heardInLines('the log', nest.log, nest)),
      none('canaries heard in errors and headers', 'none', total, heardInLines('an answer', nest.errors, nest))
    ]
    return [
      {
        what: 'kinds of canary',
        figure: `${kinds} kinds, ${number(nest.log.length)} lines`,
        promise: '40 or more',
        kept: kinds >= 40
      },
      ...places
    ]
  }
}

function heardInLines(place: string, lines: readonly string[], { canaries }: Nest): string[] {
  const text = lines.join('')
  return heardIn(place, text, canaries).map(heard => {
    const value = canaries.find(({ kind }) => heard.startsWith(kind))?.value ?? ''
    return `${heard}: ${lines.find(line => line.includes(value))?.slice(0, 300) ?? '(in another spelling)'}`
  })
}

function watchKeys({ watch }: Nest, pems: readonly string[], secrets: string[]): void {
  for (const pem of pems) watch('signing key', pem.split('\n')[2]?.slice(0, 40))
  for (const secret of secrets) watch('SECRET', secret.replaceAll('+', '-').replaceAll('/', '_'))
  const keyring = createKeyring(readSecrets(secrets.join(',')))
  for (const purpose of KEY_PURPOSES) watch(`key for ${purpose}`, keyring.current(purpose).key.toString('base64url'))
}

/** Hears what is answered: of errors everything, of other answers the headers that are no place for a secret. */
function listenAt(server: FastifyInstance, { errors }: Nest): Door {
  return {
    async inject(options) {
      const response = await server.inject(options)
      const { 'set-cookie': _, link: __, ...headers } = response.headers
      errors.push(`${JSON.stringify(headers)}${response.statusCode >= 400 ? response.body : ''}\n`)
      return response
    }
  }
}

/** A mail server that repeats what it was sent, as many do. */
async function bounceMail(app: TestApp, door: Door, nest: Nest): Promise<void> {
  const member = await createMember(app, {
    email: nest.hatch('address that bounces', 'database', unique => `b${unique}@example.com`)
  })
  const link = nest.hatch('link in a mail that bounces', 'nowhere', unique => unique.padEnd(43, 'x'))
  for (const responseCode of [450, 550]) {
    app.mail.refuse = () =>
      Object.assign(
        new Error(`<${member.email}>: refused: "https://app.example.com/account/verify-email?token=${link}"`),
        { responseCode }
      )
    await door.inject({ method: 'POST', url: '/accounts/forgot-password', payload: { email: member.email } })
    await eventually(async () => (await refused(app, member.email)) === responseCode, 'the mail is refused')
  }
  app.mail.refuse = undefined
}

/** The code that the newest mail to an address was refused with. */
async function refused({ db }: TestApp, recipient: string): Promise<number> {
  const newest = db.selectFrom('outbox').select('last_error').where('recipient', '=', recipient).orderBy('id', 'desc')
  return Number(/\b[45]50\b/.exec((await newest.executeTakeFirst())?.last_error ?? '')?.[0])
}

/** Every act of a life again, while one of its statements after the other fails in one way after the other. */
async function breakDatabase(app: TestApp, nest: Nest, { scope, progress, rounds }: Run): Promise<void> {
  const statements = rounds(3, 10) // of an act, that fail one after the other
  const proxy = await startProxy()
  scope.defer(() => proxy.stop())
  const logger = { level: 'trace', stream: nest.stream }
  const broken = await app.another({ DATABASE_URL: proxy.url(app.database.name) }, { logger })
  const door = listenAt(broken, nest)
  for (const [at, fate] of FATES.entries()) {
    for (let failing = 0; failing < statements; failing++) {
      const faulty: Door = {
        async inject(options) {
          let seen = 0
          proxy.fate = sql => (/set session/.test(sql) || seen++ !== failing ? 'forward' : fate)
          return await door.inject(options)
        }
      }
      await misplaceCanaries(faulty, nest)
      await loginAndRefresh(app, faulty, nest)
      await proxy.heal()
      progress(at * statements + failing, FATES.length * statements)
    }
  }
}

/** The acts that write, with secrets of their own. */
async function loginAndRefresh(app: TestApp, door: Door, { hatch, watch }: Nest): Promise<void> {
  const { email, id, token } = await createMember(app)
  const client = Object.assign(createClient(door), { id, token })
  const names = { firstName: hatch('name in an outage', 'database') }
  await client.put(`/${id}`, { ...names, ...passwords(hatch('password changed in an outage')) })
  await client.post('/authenticate', { email, password: hatch('wrong password in an outage') })
  const address = hatch('address in an outage', 'database', unique => `o${unique}@example.com`)
  await client.post('/register', registration(address, passwords(hatch('password registered in an outage'))))
  await client.post('/forgot-password', { email })
  const login = await client.post('/authenticate', { email, password: PASSWORD })
  watch('access token in an outage', login.body.jwtToken)
  watch('refresh cookie in an outage', login.cookie)
  await client.refresh()
  watch('rotated refresh cookie in an outage', client.cookie)
  await client.post('/revoke-token')
}

/** What the database holds and nothing else may show. */
async function watchStored({ db }: TestApp, { watch }: Nest): Promise<void> {
  for (const { password_hash } of await db.selectFrom('accounts').select('password_hash').limit(50).execute())
    watch('hash of a password', password_hash?.slice(-30), 'database')
  for (const { secret } of await db.selectFrom('sessions').select('secret').limit(50).execute())
    watch('secret of a session', secret?.toString('base64url'), 'database')
  for (const { hash } of await db.selectFrom('one_time_tokens').select('hash').limit(50).execute())
    watch('hash of a link', hash.toString('base64url'), 'database')
}
