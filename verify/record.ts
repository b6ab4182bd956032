import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import type { Finding, Proof } from './proof.ts'
import { time } from './screen.ts'

const root = join(import.meta.dirname, '..')
const FILE = join(root, 'docs/verification.md')
const KEPT = '✔'
const BROKEN = '✖ broken'

export interface Result {
  proof: Proof
  findings: Finding[]
  ms: number
}

export interface Circumstances {
  seed: number
  database: string
}

/**
 * Writes into docs/verification.md what proofs came to in full, each with the circumstances of its run; those that were
 * not run keep what they came to before.
 *
 * @param names of all proofs, in their order
 */
export function writeRecord(results: readonly Result[], circumstances: Circumstances, names: readonly string[]): void {
  const sections = readSections()
  for (const result of results) sections.set(result.proof.name, section(result, circumstances))
  const present = names.flatMap(name => sections.get(name) ?? [])
  const count = (verdict: string) => present.join('').split(`| ${verdict} |\n`).length - 1
  const intro =
    'Written by `npm run verify`: each promise of the security model, tried at scale, and when. `npm run verify -- --quick`\n' +
    'tries the same in minutes.'
  const total = `**${count(KEPT)} of ${count(KEPT) + count(BROKEN)} promises kept.**`
  writeFileSync(FILE, `${['# Verification', intro, total, ...present].join('\n\n').trimEnd()}\n`)
}

/** By the names of their proofs. */
function readSections(): Map<string, string> {
  if (!existsSync(FILE)) return new Map()
  const [, ...texts] = readFileSync(FILE, 'utf8').split(/^(?=## )/m)
  return new Map(texts.map(text => [/^## (.*)/.exec(text)?.[1] ?? '', `${text.trimEnd()}\n`]))
}

function section({ proof, findings, ms }: Result, { seed, database }: Circumstances): string {
  const rows = findings.map(({ what, figure, promise, kept }) => [`${what}: ${promise}`, figure, kept ? KEPT : BROKEN])
  const machine = `${availableParallelism()} cores, ${process.platform} ${process.arch}`
  const run = [
    `${new Date().toISOString().slice(0, 10)}, commit ${commit()}, Node ${process.versions.node}, ${database}, ${machine}.`,
    `Seed ${seed}. Took ${time(ms)}.`
  ]
  const lines = [
    `## ${proof.name}`,
    '',
    proof.promise,
    '',
    ...run,
    '',
    ...table(['promise', 'figure', 'verdict'], rows)
  ]
  return `${lines.join('\n')}\n`
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const line = (cells: readonly string[]) => `| ${cells.map(cell => cell.replaceAll('|', '\\|')).join(' | ')} |`
  return [line(head), `|${head.map(() => '---|').join('')}`, ...rows.map(line)]
}

function commit(): string {
  const git = (...args: string[]) => execFileSync('git', args, { cwd: root, encoding: 'utf8' }).trim()
  try {
    return git('rev-parse', '--short=12', 'HEAD') + (git('status', '--porcelain') === '' ? '' : ', with changes')
  } catch {
    return 'unknown'
  }
}
