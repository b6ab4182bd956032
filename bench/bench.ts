// npm run bench: what the main routes cost, as ratios to the cheapest answer of the same server in the same run. The
// database is the embedded one with test settings (no flush at commit): what is compared is our own work.
import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { availableParallelism, cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { startDatabase } from '../src/embedded/database.ts'
import { freePort } from '../src/embedded/ports.ts'
import { generateSigningKey } from '../src/tokens/signing-keys.ts'
import { type Ask, connect, type Figures, measure } from './load.ts'
import { signUp } from './members.ts'

const CONNECTIONS = 32
const SECONDS = Number(process.argv[2] ?? 5) // for each row
const MEMBERS = 200 // for the list
const root = join(import.meta.dirname, '..')

const say = (line: string) => console.log(line)
const dataDir = await mkdtemp(join(tmpdir(), 'guildhall-bench-'))
const database = await startDatabase({ dataDir, cacheDir: join(root, '.cache'), throwAway: true, log: say })
const url = new URL(database.url)
const port = await freePort()
const api = spawn(process.execPath, [join(root, 'src/main.ts')], {
  cwd: dataDir,
  stdio: ['ignore', 'pipe', 'inherit'],
  env: {
    PATH: process.env.PATH,
    PORT: String(port),
    DATA_DIR: dataDir,
    DATABASE_URL: await createDatabase(),
    JWT_PRIVATE_KEYS: generateSigningKey(),
    SECRET: randomBytes(48).toString('base64'),
    WEB_CLIENT: 'off',
    RATE_LIMIT: 'off', // all of it comes from one address
    REFRESH_GRACE: '0', // every refresh moves the line: the most expensive case
    LOG_LEVEL: 'silent'
  }
})
try {
  await ready()
  await bench()
} finally {
  api.kill('SIGTERM')
  await once(api, 'exit')
  await database.stop()
  await rm(dataDir, { recursive: true, force: true })
}

async function bench(): Promise<void> {
  const clients = Array.from({ length: CONNECTIONS }, () => connect(port))
  const asks = clients.map(client => client.ask)
  const [first] = asks
  if (!first) throw new Error('there are connections')
  say(`signing up ${CONNECTIONS} members, and ${MEMBERS} more for the list …`)
  const members = await Promise.all(asks.map((ask, i) => signUp(ask, `bench${i}@example.com`)))
  const admin = members.find(member => member.role === 'Admin')
  for (let i = 0; i < MEMBERS; i++) await first('POST', '/accounts', { body: newAccount(i), token: admin?.token })

  say(
    `\n${CONNECTIONS} connections, ${SECONDS} s a row, ${availableParallelism()} cores (${cpus()[0]?.model}), Node ${process.version}, ${database.description.split(',')[0]}\n`
  )
  say(
    `${'what'.padEnd(38)}${'per second'.padStart(11)}${'p50 ms'.padStart(9)}${'p99 ms'.padStart(9)}${'of hello'.padStart(10)}`
  )
  const hello = await row(
    'hello (no database)',
    asks.map(ask => () => ask('GET', '/hello'))
  )
  const read = (ask: Ask, i: number) => () => ask('GET', `/accounts/${members[i]?.id}`, { token: members[i]?.token })
  const alone = await row('own account', asks.map(read), hello)
  await row(
    'refresh',
    asks.map((ask, i) => async () => {
      const reply = await ask('POST', '/accounts/refresh-token', { body: { refreshToken: members[i]?.refreshToken } })
      const member = members[i]
      if (member && reply.status === 200) member.refreshToken = JSON.parse(reply.body).refreshToken
      return reply
    }),
    hello
  )
  await row(
    'a page of 50 accounts',
    asks.map(ask => () => ask('GET', '/accounts?limit=50', { token: admin?.token })),
    hello
  )
  const logIn = (ask: Ask, i: number) => () =>
    ask('POST', '/accounts/authenticate', {
      body: { email: `bench${i}@example.com`, password: 'correct horse battery' }
    })
  await row('login', asks.map(logIn), hello)
  const half = CONNECTIONS / 2
  const flood = measure(
    SECONDS * 1000,
    asks.slice(half).map((ask, i) => logIn(ask, i))
  )
  const beside = await row('own account beside a flood of logins', asks.slice(0, half).map(read), hello)
  await flood
  say(`\nreads beside the flood: ${percent(beside.perSecond / alone.perSecond)} of reads alone`)
  for (const client of clients) client.close()
}

async function row(name: string, loops: Parameters<typeof measure>[1], hello?: Figures): Promise<Figures> {
  const figures = await measure(SECONDS * 1000, loops)
  const { perSecond, p50, p99, failed } = figures
  const ratio = hello ? percent(perSecond / hello.perSecond) : '100 %'
  say(
    `${name.padEnd(38)}${perSecond.toFixed(0).padStart(11)}${p50.toFixed(1).padStart(9)}${p99.toFixed(1).padStart(9)}${ratio.padStart(10)}${failed ? `  ${failed} failed` : ''}`
  )
  return figures
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`
}

function newAccount(i: number): object {
  const password = 'correct horse battery'
  return {
    title: 'Mx',
    firstName: 'Test',
    lastName: `Member${i}`,
    email: `listed${i}@example.com`,
    password,
    confirmPassword: password,
    role: 'User'
  }
}

async function createDatabase(): Promise<string> {
  const { createConnection } = await import('mysql2/promise')
  const connection = await createConnection({ socketPath: url.searchParams.get('socket') ?? undefined, user: 'root' })
  await connection.query('create database bench character set utf8mb4')
  await connection.end()
  url.pathname = '/bench'
  return url.href
}

async function ready(): Promise<void> {
  for await (const chunk of api.stdout) if (String(chunk).includes('ready')) return
  throw new Error('the server did not start')
}
