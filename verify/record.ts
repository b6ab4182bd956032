import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import type { Finding, Proof } from './proof.ts'
import { time } from './screen.ts'

const root = join(import.meta.dirname, '..')

export interface Result {
  proof: Proof
  findings: Finding[]
  ms: number
}

export interface Circumstances {
  seed: number
  database: string
  ms: number
}

/** Writes docs/verification.md: what a whole run in full came to. */
export function writeRecord(results: readonly Result[], { seed, database, ms }: Circumstances): void {
  const versions = [
    ['Date', new Date().toISOString().slice(0, 10)],
    ['Commit', commit()],
    ['Node', process.versions.node],
    ['Database', database],
    ['Machine', `${availableParallelism()} cores, ${process.platform} ${process.arch}`],
    ['Seed', String(seed)],
    ['Took', time(ms)]
  ]
  const kept = results.flatMap(({ findings }) => findings).filter(finding => finding.kept).length
  const all = results.flatMap(({ findings }) => findings).length
  const text = [
    '# Verification',
    '',
    'Written by `npm run verify`: each promise of the security model, tried at scale. `npm run verify -- --quick` tries the',
    'same in minutes.',
    '',
    ...table(['', ''], versions),
    '',
    `**${kept} of ${all} promises kept.**`,
    ...results.flatMap(section)
  ]
  writeFileSync(join(root, 'docs/verification.md'), `${text.join('\n')}\n`)
}

function section({ proof, findings, ms }: Result): string[] {
  const rows = findings.map(({ what, figure, promise, kept }) => [
    `${what}: ${promise}`,
    figure,
    kept ? '✔' : '✖ broken'
  ])
  const behaviours = proof.behaviours.join(', ')
  return [
    '',
    `## ${proof.name}`,
    '',
    `${proof.promise} (Behaviours: ${behaviours}. Took ${time(ms)}.)`,
    '',
    ...table(['promise', 'figure', 'verdict'], rows)
  ]
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
