// node scripts/run.mjs scripts/smoke.ts: what a newcomer does, with nothing but what git has or would add: npm start in an empty
// folder, a member's life over HTTP, Ctrl-C, and a second start. Linux only: it looks for leftovers in /proc.
import { execFileSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { freePort } from '../src/embedded/ports.ts'
import { loginAgain, memberLife, visitPages } from './smoke/drive.ts'
import { processesOf, start } from './smoke/start.ts'

const SECOND_START_MS = 3000 // the second start has nothing to install, to fetch or to initialise

const root = join(import.meta.dirname, '..')
const folder = mkdtempSync(join(tmpdir(), 'guildhall-smoke-'))

try {
  await main()
  console.log('smoke: passed')
} catch (error) {
  console.error(`smoke: failed: ${error instanceof Error ? error.stack : error}`)
  process.exitCode = 1
} finally {
  for (const { pid } of processesOf(folder)) process.kill(pid, 'SIGKILL')
  rmSync(folder, { recursive: true, force: true })
}

async function main(): Promise<void> {
  copyFiles()
  const port = await freePort()

  const first = await timed('npm start to "ready", packages installed', () => start(folder, port))
  const member = await timed("a member's life", () => memberLife(first.url))
  await timed('pages, health, metrics, keys', () => visitPages(first.url, member))
  await timed('Ctrl-C, until everything is gone', () => first.interrupt())

  const began = performance.now()
  const second = await timed('second start', () => start(folder, port))
  const took = performance.now() - began
  await timed('the member again', () => loginAgain(second.url, member))
  await timed('SIGTERM, until everything is gone', () => second.terminate())
  if (took > SECOND_START_MS) throw new Error(`the second start took ${Math.round(took)} ms, over ${SECOND_START_MS}`)
}

function copyFiles(): void {
  const files = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    cwd: root,
    encoding: 'utf8'
  }).split('\0')
  for (const file of files.filter(name => name !== '' && existsSync(join(root, name)))) {
    mkdirSync(dirname(join(folder, file)), { recursive: true })
    cpSync(join(root, file), join(folder, file))
  }
  // What apt-get would download again; packages come through npm, from its own cache where it has them.
  const server = join('.cache', 'mariadb')
  if (existsSync(join(root, server)))
    cpSync(join(root, server), join(folder, server), { recursive: true, verbatimSymlinks: true })
}

async function timed<T>(what: string, work: () => Promise<T>): Promise<T> {
  const began = performance.now()
  const result = await work()
  console.log(`smoke: ${`${((performance.now() - began) / 1000).toFixed(2)} s`.padStart(8)}  ${what}`)
  return result
}
