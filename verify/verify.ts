// npm run verify: the long proofs. Each prints its figures and the promises beside them; the exit code is by the
// promises.
import { randomBytes } from 'node:crypto'
import { availableParallelism, constants } from 'node:os'
import { styleText } from 'node:util'
import { openTestServer, type TestServer } from '../scripts/test-server.ts'
import { createRandom } from '../test/support/random.ts'
import { type Options, readOptions, USAGE } from './options.ts'
import type { Finding, Proof, Run } from './proof.ts'
import { PROOFS } from './proofs/index.ts'
import { type Result, writeRecord } from './record.ts'
import { heading, progressBar, say, showFinding, time } from './screen.ts'

const began = performance.now()
const options = read()

if (options.list) for (const proof of options.proofs) heading(proof)
else process.exitCode = await main(options)

function read(): Options {
  try {
    return readOptions(process.argv.slice(2), PROOFS)
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : error}\n\n${USAGE}`)
    process.exit(2)
  }
}

async function main({ quick, seed, path, proofs }: Options): Promise<number> {
  const runId = randomBytes(4).toString('hex')
  const server = await openTestServer(runId)
  stopOnSignals(server)
  // Read by test/support/database.ts, which the proofs share with the tests.
  Object.assign(process.env, { TEST_DATABASE_URL: server.url, TEST_RUN_ID: runId })
  const scale = quick ? 'quick' : 'full'
  const node = `Node ${process.versions.node}`
  say(`\n  ${styleText('bold', 'Guildhall: every promise, tried')}`)
  say(`  ${[scale, `seed ${seed}`, server.version, node, `${availableParallelism()} cores`].join(' · ')}`)
  const results: Result[] = []
  try {
    for (const proof of proofs) results.push(await tryOne(proof, { scale, seed, path }))
  } finally {
    await server.stop()
  }
  return conclude(results, options, server)
}

type Given = Pick<Run, 'scale' | 'seed' | 'path'>

async function tryOne(proof: Proof, given: Given): Promise<Result> {
  const started = performance.now()
  heading(proof)
  const bar = progressBar()
  const findings = await attempt(proof, given, bar.progress)
  bar.clear()
  for (const finding of findings) showFinding(finding)
  const ms = performance.now() - started
  say(styleText('dim', `  ${time(ms)}`))
  return { proof, findings, ms }
}

async function attempt(proof: Proof, given: Given, progress: Run['progress']): Promise<Finding[]> {
  try {
    await using scope = new AsyncDisposableStack()
    const random = createRandom(
      [...proof.name].reduce((mix, letter) => Math.imul(mix, 31) + letter.charCodeAt(0), given.seed)
    )
    const rounds = (quick: number, full: number) => (given.scale === 'quick' ? quick : full)
    return await proof.run({ ...given, random, rounds, progress, scope })
  } catch (error) {
    const words = error instanceof Error ? (error.stack ?? error.message) : String(error)
    return [
      { what: 'the proof', figure: 'ended with an error', promise: 'runs to its end', kept: false, examples: [words] }
    ]
  }
}

function conclude(results: readonly Result[], { quick, seed }: Options, { version }: TestServer): number {
  const ms = performance.now() - began
  const findings = results.flatMap(result => result.findings)
  const broken = results.filter(result => result.findings.some(({ kept }) => !kept))
  const kept = findings.filter(finding => finding.kept).length
  if (!quick)
    writeRecord(
      results,
      { seed, database: version },
      PROOFS.map(({ name }) => name)
    )
  if (broken.length === 0) {
    say(`\n  ${styleText('green', `All ${kept} promises kept`)}, ${time(ms)}\n`)
    return 0
  }
  const names = broken.map(({ proof }) => proof.name).join(',')
  say(`\n  ${styleText('red', `${findings.length - kept} of ${findings.length} promises broken`)}, ${time(ms)}`)
  say(`  Again: npm run verify -- ${quick ? '--quick ' : ''}--only ${names} --seed ${seed}\n`)
  return 1
}

function stopOnSignals(server: TestServer): void {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.once(signal, () => void server.stop().finally(() => process.exit(128 + constants.signals[signal])))
}
