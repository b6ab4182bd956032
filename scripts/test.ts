// npm test [-- options of node --test, files]: the whole suite, or what is named, on a real database that leaves nothing behind.
import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { globSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { availableParallelism, constants } from 'node:os'
import { join } from 'node:path'
import { openTestServer, type TestServer } from './test-server.ts'

const ALL = 'test/**/*.test.ts'
const LANES = availableParallelism() + 2 // tests wait for the database and for clocks, too
// Begun last, they would keep one lane busy and the others waiting; those that wait themselves stand beside those that
// compute.
const LONGEST = [
  'src/mysql/outage',
  'plugins/rate-limit',
  'src/mysql/commit',
  'src/sessions/model',
  'src/limits/login',
  'src/outbox/refusals',
  'src/accounts/mass-assignment',
  'src/sessions/races',
  'src/mysql/migrate',
  'src/limits/shared',
  'flows/key-rotation',
  'src/accounts/hostile-input',
  'src/outbox/crash',
  'src/sessions/acts',
  'src/passwords/flood',
  'src/limits/bursts',
  'src/outbox/delivery',
  'src/accounts/last-admin',
  'src/mysql/transact',
  'src/keys/keys',
  'src/recovery/one-winner',
  'src/registration/first-admin',
  'src/registration/one-winner',
  'src/sessions/lost-answers',
  'src/embedded/database',
  'types/host'
].map(name => `test/${name}.test.ts`)
// Costs a tenth of the time again.
const COVERAGE = [
  '--experimental-test-coverage',
  '--test-coverage-include=src/**',
  '--test-coverage-include=plugins/**'
]

const root = join(import.meta.dirname, '..')
const runId = randomBytes(4).toString('hex')
const args = process.argv.slice(2)

let server: TestServer | undefined
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
  server = await openTestServer(runId)
  const { url, version, throwAway } = server
  console.log(`tests: ${version} (${throwAway ? 'throw-away server' : 'TEST_DATABASE_URL'}), run ${runId}`)
  return interrupted === undefined ? await runTests(url) : 1
}

/** The whole suite in a few processes that share its files; what was named in a process for each file, as node --test does. */
async function runTests(url: string): Promise<number> {
  const coverage = args.includes('--coverage')
  const named = args.filter(arg => arg !== '--coverage')
  if (named.length > 0)
    return await runNode([...(coverage ? COVERAGE : []), ...named, ...(named.some(isFile) ? [] : [ALL])], {
      TEST_DATABASE_URL: url
    })
  const folder = join(root, '.cache', `lanes-${runId}`)
  const tickets = join(folder, 'tickets')
  mkdirSync(tickets, { recursive: true })
  try {
    for (const [index, file] of inOrder(globSync(ALL, { cwd: root })).entries())
      writeFileSync(join(tickets, `${String(index).padStart(4, '0')}-${encodeURIComponent(file)}`), '')
    const lanes = Array.from({ length: LANES }, (_, index) => join(folder, `lane-${index + 1}.mjs`))
    for (const lane of lanes) writeFileSync(lane, "import '../../scripts/test-lane.ts'\n")
    return await runNode([...(coverage ? COVERAGE : []), ...lanes], { TEST_DATABASE_URL: url, TEST_TICKETS: tickets })
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function isFile(arg: string): boolean {
  return !arg.startsWith('-') && /\.ts$|[/*]/.test(arg)
}

/** The longest first. */
function inOrder(files: string[]): string[] {
  const rank = (file: string) => (LONGEST.indexOf(file) + LONGEST.length + 1) % (LONGEST.length + 1)
  return files.toSorted((a, b) => rank(a) - rank(b) || a.localeCompare(b))
}

async function runNode(options: string[], env: NodeJS.ProcessEnv): Promise<number> {
  const child = spawn(
    process.execPath,
    [
      '--test',
      '--test-reporter=spec',
      '--test-timeout=120000', // ms for a test, and for what a file keeps open after its last one
      `--test-concurrency=${LANES}`,
      ...options
    ],
    { cwd: root, stdio: 'inherit', env: { ...process.env, ...env, TEST_RUN_ID: runId } }
  )
  tests = child
  return await new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('exit', (code, signal) => {
      resolve(code ?? 128 + constants.signals[signal ?? 'SIGTERM'])
    })
  })
}
