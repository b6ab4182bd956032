import { Kysely } from 'kysely'
import { appointAdmin } from './accounts/appoint.ts'
import { systemClock } from './clock.ts'
import { type Config, readConfig, readEnvironment, requireServices } from './config.ts'
import { type Context, createContext } from './context.ts'
import type { Database } from './database.ts'
import { keepKeys } from './embedded/kept-keys.ts'
import { startParts } from './embedded/parts.ts'
import { Problem } from './errors.ts'
import { idFromText, idToText } from './ids.ts'
import { countPasswords, type Manner, recordRotation, rotateKeys } from './keys/keys.ts'
import { describeChange, describeKeys, describePasswords } from './keys/words.ts'
import { migrate } from './mysql/migrate.ts'
import { DeadlineDialect } from './mysql/pool.ts'
import * as outbox from './outbox/queries.ts'
import { retryAll as retryAllMail, retry as retryMail } from './outbox/undelivered.ts'
import { ownScope } from './scope.ts'
import { readSigningKeys } from './tokens/signing-keys.ts'

const LISTED = 200 // mails at most
const RETRIED = 10_000 // mails at most; more are for another run
const RETRY = 'cli outbox retry' // as the audit trail names it
const IS_PACKAGED = import.meta.url.endsWith('.js') // a checkout runs the sources
const USAGE = `usage: npm run cli -- VERB
  migrate [up|down]      bring the schema up to date, or one migration down
  create-admin EMAIL     make an Admin; a new one gets a mail to set the password
  outbox                 mail that is not delivered yet, oldest first
  outbox retry ID|all    try a parked mail again, or all of them
  keys                   the signing keys, and which secret the password hashes need
  keys rotate            the next signing key signs, and another one is published (docs/keys.md)
    --force              without waiting until the next key has been published for long enough
    --leaked             new keys at once; access tokens of the old ones are refused`

const MANNERS = new Map<string, Manner>([
  ['--force', 'forced'],
  ['--leaked', 'leaked']
])

const say = (line: string) => console.log(line)

try {
  await run(process.argv.slice(2))
} catch (error) {
  const faults =
    error instanceof Problem ? (error.faults ?? []).map(({ path, message }) => `${path.slice(1)} ${message}`) : []
  console.error(faults.length > 0 ? faults.join('\n') : error instanceof Error ? error.message : String(error))
  process.exitCode = 1
}

async function run([verb, ...args]: string[]): Promise<void> {
  switch (verb) {
    case 'migrate':
      return await withDatabase(async url => await runMigrations(url, args[0] ?? 'up'))
    case 'create-admin':
      return await withContext(async ctx => {
        const done = await appointAdmin(ctx, ownScope('cli create-admin'), args[0] ?? '')
        say(
          done === 'invited'
            ? `${args[0]} is Admin; a mail with a link to set the password is in the outbox; the server delivers it within seconds`
            : `${args[0]} is Admin now`
        )
      })
    case 'outbox':
      if (args.length > 0 && args[0] !== 'retry') throw new Error(USAGE)
      return await withContext(async ctx =>
        args[0] === 'retry' ? await retry(ctx, args[1] ?? '') : await listOutbox(ctx)
      )
    case 'keys':
      return await runKeys(args)
    case '--help':
    case 'help':
      return say(USAGE)
    default:
      throw new Error(USAGE)
  }
}

async function runMigrations(url: string, direction: string): Promise<void> {
  if (direction !== 'up' && direction !== 'down') throw new Error(USAGE)
  const { done } = await migrate(url, { direction, clock: systemClock, log: say })
  if (done.length === 0) say('nothing to do')
}

async function listOutbox(ctx: Context): Promise<void> {
  const mails = await outbox.findUndelivered(ctx.db, LISTED)
  for (const mail of mails) {
    const state = mail.parked_at ? 'parked ' : 'waiting'
    say(
      `${state} ${idToText(mail.id)} ${mail.created_at.toISOString()} ${mail.template} to ${mail.recipient}, attempts: ${mail.attempts}${mail.last_error ? `, ${mail.last_error}` : ''}`
    )
  }
  if (mails.length === 0) say('no undelivered mail')
}

async function retry(ctx: Context, what: string): Promise<void> {
  // After a mail server that refused everything.
  if (what === 'all') return say(`due again: ${await retryAllMail(ctx, ownScope(RETRY), RETRIED)}`)
  const id = idFromText(what)
  if (!id || !(await retryMail(ctx, ownScope(RETRY), id))) throw new Error('no parked mail has this id')
  say('it is due again; the running server delivers it')
}

async function runKeys([verb = 'list', how, ...more]: string[]): Promise<void> {
  const manner = how === undefined ? 'gently' : MANNERS.get(how)
  if (!['list', 'rotate'].includes(verb) || !manner || (verb === 'list' && how) || more.length > 0)
    throw new Error(USAGE)
  const config = readOurConfig()
  const { JWT_PRIVATE_KEYS } = await keepKeys(config)
  if (verb === 'list') {
    describeKeys(readSigningKeys(JWT_PRIVATE_KEYS)).forEach(say)
    return await unlessAway('passwords are not counted', async ctx =>
      describePasswords(await countPasswords(ctx)).forEach(say)
    )
  }
  const change = await rotateKeys(config, systemClock, JWT_PRIVATE_KEYS, manner)
  describeChange(change).forEach(say)
  await unlessAway(
    'not recorded in the audit trail',
    async ctx => await recordRotation(ctx, ownScope('cli keys rotate'), change, manner)
  )
}

/** What matters in an emergency works without a database; what needs one says so when there is none. */
async function unlessAway(otherwise: string, work: (ctx: Context) => Promise<void>): Promise<void> {
  try {
    await withContext(work)
  } catch (error) {
    say(`${otherwise}: ${error instanceof Error ? error.message : String(error)}`)
  }
}

async function withContext(work: (ctx: Context) => Promise<void>): Promise<void> {
  await withDatabase(async (url, secret, config) => {
    await migrate(url, { direction: 'up', clock: systemClock, log: say })
    const db = new Kysely<Database>({ dialect: new DeadlineDialect(url) })
    const ctx = createContext({ config, clock: systemClock, db, secret, onError: () => {} })
    try {
      await work(ctx)
    } finally {
      await db.destroy()
      ctx.hasher.close()
    }
  })
}

/**
 * The configured database, or the embedded one: shared with a server that runs, started when none does. The package
 * embeds nothing: a forgotten DATABASE_URL must not look like success.
 */
async function withDatabase(work: (url: string, secret: string, config: Config) => Promise<void>): Promise<void> {
  const config = readOurConfig()
  const parts = await startParts(config, { mailbox: false }, say)
  try {
    await work(parts.values.DATABASE_URL, parts.values.SECRET, config)
  } finally {
    await parts.stop()
  }
}

function readOurConfig(): Config {
  const config = readConfig(readEnvironment())
  if (IS_PACKAGED) requireServices(config)
  return config
}
