// npm test [-- options of node --test, files]: the whole suite, or what is named, on a real database that leaves nothing behind.
import { globSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { isFile, runTests, type TestRun } from './test-run.ts'

const ALL = { files: 'test/**/*.test.ts', but: ['test/e2e/**'] } // those need a browser: npm run test:e2e
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
const args = process.argv.slice(2)

await runTests(main)

/** The whole suite in a few processes that share its files; what was named in a process for each file, as node --test does. */
async function main(run: TestRun): Promise<number> {
  const files = globSync(ALL.files, { cwd: root, exclude: ALL.but })
  const options = [...(args.includes('--coverage') ? COVERAGE : []), `--test-concurrency=${LANES}`]
  const named = args.filter(arg => arg !== '--coverage')
  if (named.length > 0) return await run.test([...options, ...named, ...(named.some(isFile) ? [] : files)])
  const folder = join(root, '.cache', `lanes-${run.id}`)
  const tickets = join(folder, 'tickets')
  mkdirSync(tickets, { recursive: true })
  try {
    for (const [index, file] of inOrder(files).entries())
      writeFileSync(join(tickets, `${String(index).padStart(4, '0')}-${encodeURIComponent(file)}`), '')
    const lanes = Array.from({ length: LANES }, (_, index) => join(folder, `lane-${index + 1}.mjs`))
    for (const lane of lanes) writeFileSync(lane, "import '../../scripts/test-lane.ts'\n")
    return await run.test([...options, ...lanes], { TEST_TICKETS: tickets })
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** The longest first. */
function inOrder(files: string[]): string[] {
  const rank = (file: string) => (LONGEST.indexOf(file) + LONGEST.length + 1) % (LONGEST.length + 1)
  return files.toSorted((a, b) => rank(a) - rank(b) || a.localeCompare(b))
}
