// npm test [-- options of node --test, files]: the whole suite, or what is named, on a real database that leaves nothing behind.
import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { availableParallelism, constants } from 'node:os'
import { join } from 'node:path'
import type { Connection } from 'mysql2/promise'
import { createConnection } from 'mysql2/promise'
import type { EmbeddedDatabase } from '../src/embedded/database.ts'
import { startDatabase, versionOf } from '../src/embedded/database.ts'

const root = join(import.meta.dirname, '..')
const compiled = join(root, '.cache/compiled') // stripped and compiled sources: a third of a file's start
const runId = randomBytes(4).toString('hex')
const args = process.argv.slice(2)

let server: EmbeddedDatabase | undefined
let tests: ReturnType<typeof spawn> | undefined
let interrupted: NodeJS.Signals | undefined

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => {
    const byTerminal = signal === 'SIGINT' && process.stdin.isTTY // then the tests have it already
    if (interrupted === undefined && !byTerminal) tests?.kill(signal)
    interrupted ??= signal
  })
}

try {
  process.exitCode = await main()
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
} finally {
  await server?.stop()
}
if (interrupted !== undefined) process.exitCode = 128 + constants.signals[interrupted]

async function main(): Promise<number> {
  const given = process.env.TEST_DATABASE_URL
  if (given === undefined || given === '') {
    server = await startDatabase({
      dataDir: join(root, '.data'),
      cacheDir: join(root, '.cache'),
      throwAway: true,
      log: console.error
    })
  }
  const url = server?.url ?? given ?? ''
  const admin = await connect(url)
  try {
    console.log(
      `tests: ${await versionOf(admin)} (${server === undefined ? 'TEST_DATABASE_URL' : 'throw-away server'}), run ${runId}`
    )
    const code = interrupted === undefined ? await runTests(url) : 1
    if (server === undefined) await dropDatabases(admin)
    return code
  } finally {
    await admin.end()
  }
}

async function connect(url: string): Promise<Connection> {
  const { hostname, port, username, password, searchParams } = new URL(url)
  const socketPath = searchParams.get('socket')
  return await createConnection({
    ...(socketPath === null ? { host: hostname, port: Number(port || 3306) } : { socketPath }),
    user: decodeURIComponent(username),
    password: decodeURIComponent(password)
  })
}

async function runTests(url: string): Promise<number> {
  const named = args.some(arg => !arg.startsWith('-') && /\.ts$|[/*]/.test(arg))
  const options = args.filter(arg => arg !== '--coverage')
  const coverage = [
    '--experimental-test-coverage',
    '--test-coverage-include=src/**',
    '--test-coverage-include=plugins/**'
  ]
  tests = spawn(
    process.execPath,
    [
      '--test',
      '--test-reporter=spec',
      '--test-timeout=120000', // ms for a test, and for what a file keeps open after its last one
      `--test-concurrency=${availableParallelism() + 2}`,
      ...(options.length < args.length ? coverage : []), // costs half as much time again
      ...options,
      ...(named ? [] : ['test/**/*.test.ts'])
    ],
    {
      cwd: root,
      stdio: 'inherit',
      env: { ...process.env, TEST_DATABASE_URL: url, TEST_RUN_ID: runId, NODE_COMPILE_CACHE: compiled }
    }
  )
  const child = tests
  return await new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('exit', (code, signal) => {
      resolve(code ?? 128 + constants.signals[signal ?? 'SIGTERM'])
    })
  })
}

/** On a server that is not ours: the databases of this run, recognised by its id, and nothing else. */
async function dropDatabases(admin: Connection): Promise<void> {
  const [rows] = await admin.query({
    sql: 'select schema_name from information_schema.schemata where schema_name like ?',
    values: [`guildhall\\_test\\_${runId}\\_%`],
    rowsAsArray: true
  })
  for (const row of Array.isArray(rows) ? rows : []) {
    if (Array.isArray(row)) await admin.query('drop database ??', [String(row[0])])
  }
}
