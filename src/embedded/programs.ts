import { existsSync, realpathSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { runProgram } from './processes.ts'

const OLDEST = { mariadb: '10.11', mysql: '8.0' } // the oldest engines that the SQL is tested on

/** A database server that can be started: where it is, what it is, and what it must be told to find its own files. */
export interface Programs {
  kind: 'mariadb' | 'mysql'
  version: string
  program: string
  /** Options about the installation's own files. */
  options: string[]
  /** The folder with MariaDB's SQL files for a new data folder; empty for MySQL, which carries them inside. */
  sqlDir: string
  env: NodeJS.ProcessEnv
}

/** What a program is; undefined, and the reason added, when it cannot serve here. */
export async function examine(
  program: string,
  options: string[],
  env: NodeJS.ProcessEnv,
  reasons: string[]
): Promise<Programs | undefined> {
  const { code, output } = await runProgram(program, ['--no-defaults', '--version'], { env }).catch(
    (error: unknown) => ({ code: 1, output: String(error) })
  )
  const version = /\bVer (\d+\.\d+\.\d+)/.exec(output)?.[1]
  if (code !== 0 || version === undefined) {
    reasons.push(`${program} does not run (${output.trim().split('\n').at(-1)})`)
    return undefined
  }
  const kind = /mariadb/i.test(output) ? 'mariadb' : 'mysql'
  if (!isAtLeast(version, OLDEST[kind])) {
    reasons.push(`${program} is version ${version}, older than ${OLDEST[kind]}`)
    return undefined
  }
  const sqlDir = kind === 'mysql' ? '' : sqlFolder(program)
  if (sqlDir === undefined) {
    reasons.push(`the SQL files that belong to ${program} are missing`)
    return undefined
  }
  return { kind, version, program, options, sqlDir, env }
}

function sqlFolder(program: string): string | undefined {
  const base = dirname(dirname(realpathSync(program)))
  return [
    join(base, 'share', 'mysql'),
    join(base, 'share', 'mariadb'),
    join(base, 'share'),
    '/usr/share/mysql',
    '/usr/share/mariadb'
  ].find(folder => ['mysql', 'mariadb'].some(prefix => existsSync(join(folder, `${prefix}_system_tables.sql`))))
}

/** Whether a version such as `10.11.6` is at least another one; numbers are compared, missing ones count as 0. */
export function isAtLeast(version: string, other: string): boolean {
  const [left, right] = [version, other].map(text => text.split('.').map(Number))
  const index = (right ?? []).findIndex((number, i) => number !== (left?.[i] ?? 0))
  return index === -1 || (left?.[index] ?? 0) > (right?.[index] ?? 0)
}
