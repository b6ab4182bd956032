import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { stripVTControlCharacters } from 'node:util'
import type { Config } from '../config.ts'
import type { ConfigFault } from '../config-rules.ts'

const ROOT = join(import.meta.dirname, '../..')
const BUILDER = 'scripts/build-web-client.ts'
const BUILT = 'examples/react-spa/dist'
const RELEASED = 'dist/web-client' // npm run build
const STAMP = '.sources' // beside what was built: the hash of what it was built from

/** What the client is made of. Not node_modules: package-lock.json says what is in there. */
const SOURCES = ['examples/react-spa', 'client', 'docs/openapi.json', 'package-lock.json', BUILDER]
const NOT_SOURCES = /^(dist|node_modules)$|^\./

export interface BuiltClient {
  /** The folder where it is. */
  root: string
  /** When there is something to show; rejects when there is not. */
  built: Promise<void>
}

/** For readConfig: production serves what was built before. @param project the checkout that it belongs to */
export function* findMissingClient({ production, webClient }: Config, project = ROOT): Generator<ConfigFault> {
  if (production && webClient && !existsSync(join(project, RELEASED, 'index.html')))
    yield {
      name: 'WEB_CLIENT',
      wrong: 'the web client is not built',
      expected: 'off, or npm run build before the start'
    }
}

/** The client that `npm run build` has made. */
export function releasedClient(project = ROOT): BuiltClient {
  return { root: join(project, RELEASED), built: Promise.resolve() }
}

/**
 * The client for development. Built again when its sources are not those that it was built from: their contents decide,
 * for a checkout changes times. To look costs a few milliseconds, and a build a second or two in a process of its own.
 */
export function developmentClient(log: (line: string) => void, project = ROOT): BuiltClient {
  const root = join(project, BUILT)
  const sources = hashOf(project)
  const built = stampOf(root) === sources ? Promise.resolve() : build(project, sources, log)
  built.catch(() => {}) // it may fail before there is a page that waits for it
  return { root, built }
}

async function build(project: string, sources: string, log: (line: string) => void): Promise<void> {
  const began = performance.now()
  log('web client: building it, once after each change …')
  // In a folder of its own until it is whole: a build that is killed leaves what was there.
  const folder = join(project, '.cache', `web-client-${process.pid}`)
  const complaint = await runBuilder(project, folder)
  if (complaint !== undefined) {
    log(`web client: it could not be built: ${complaint}`)
    throw new Error(`the web client could not be built: ${complaint}`)
  }
  writeFileSync(join(folder, STAMP), sources)
  const root = join(project, BUILT)
  rmSync(root, { recursive: true, force: true })
  renameSync(folder, root)
  log(`web client: built in ${((performance.now() - began) / 1000).toFixed(1)} s`)
}

/** @returns what went wrong, in one line */
async function runBuilder(project: string, folder: string): Promise<string | undefined> {
  const child = spawn(process.execPath, [join(project, BUILDER), folder], {
    cwd: project,
    stdio: ['ignore', 'ignore', 'pipe']
  })
  const stop = () => child.kill()
  process.once('exit', stop)
  const ended = new Promise<number | null>((resolve, reject) => child.on('exit', resolve).on('error', reject))
  const [complaint, code] = await Promise.all([text(child.stderr), ended])
  process.off('exit', stop)
  return code === 0 ? undefined : inOneLine(stripVTControlCharacters(complaint))
}

/** What is wrong, and where: Vite draws a picture of it, after a line that only says that something is. */
function inOneLine(complaint: string): string {
  const lines = complaint.split('\n').filter(line => line.trim() !== '' && !line.startsWith('Build failed'))
  const [what = 'it ended without a word'] = lines
  const [where = ''] = /\S+:\d+:\d+/.exec(lines.slice(1).join('\n')) ?? []
  return `${what} ${where}`.trim()
}

function stampOf(root: string): string | undefined {
  try {
    return readFileSync(join(root, STAMP), 'utf8')
  } catch {
    return undefined
  }
}

function hashOf(project: string): string {
  const hash = createHash('sha256')
  for (const file of SOURCES.flatMap(path => filesOf(project, path)))
    hash.update(`${file}\0`).update(readFileSync(join(project, file)))
  return hash.digest('base64url')
}

function filesOf(project: string, path: string): string[] {
  if (!existsSync(join(project, path))) return []
  if (!statSync(join(project, path)).isDirectory()) return [path]
  const names = readdirSync(join(project, path)).filter(name => !NOT_SOURCES.test(name))
  return names.toSorted().flatMap(name => filesOf(project, `${path}/${name}`))
}
