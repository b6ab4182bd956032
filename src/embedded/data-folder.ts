import { existsSync } from 'node:fs'
import { cp, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { withLock } from './lock.ts'
import { baseOptions } from './options.ts'
import { identity, lastLines, runProgram } from './processes.ts'
import type { Programs } from './programs.ts'
import { isCode } from './system-error.ts'

const ASIDE = 'guildhall.json' // in the data folder: which engine made it

// In the order in which mariadb-install-db runs them, without help texts and the sys schema. MariaDB 11 renamed the files.
const SYSTEM_SQL = ['system_tables', 'performance_tables', 'system_tables_data']

/** Which engine's files a data folder holds, undefined when it is new. */
export async function madeBy(dataDir: string): Promise<{ kind: string; version: string } | undefined> {
  try {
    const made: unknown = JSON.parse(await readFile(join(dataDir, ASIDE), 'utf8'))
    if (typeof made === 'object' && made !== null && 'kind' in made && 'version' in made)
      return { kind: String(made.kind), version: String(made.version) }
    throw new Error(`${join(dataDir, ASIDE)} is damaged`)
  } catch (error) {
    if (isCode(error, 'ENOENT')) return undefined
    throw error
  }
}

/** Notes the newest engine that has run on a data folder: an older one would not read it any more. */
export async function recordMaker({ kind, version }: Programs, dataDir: string): Promise<void> {
  await writeFile(join(dataDir, `${ASIDE}.new`), JSON.stringify({ kind, version }))
  await rename(join(dataDir, `${ASIDE}.new`), join(dataDir, ASIDE))
}

/**
 * Makes `target` a fresh data folder: a copy (20 ms) of a template that each engine initialises once per cache folder.
 * The folder appears by a rename, whole or not at all.
 */
export async function createDataFolder(programs: Programs, cacheDir: string, target: string): Promise<void> {
  const source = await template(programs, cacheDir)
  const copy = `${target}.new` // only the holder of the data folder's lock comes here: what is there was left by a killed one
  await rm(copy, { recursive: true, force: true })
  await cp(source, copy, { recursive: true, mode: 2 }) // COPYFILE_FICLONE: shares blocks where the file system can
  await rename(copy, target)
}

async function template(programs: Programs, cacheDir: string): Promise<string> {
  const target = join(cacheDir, `template-${programs.kind}-${programs.version}`)
  if (existsSync(target)) return target
  await mkdir(cacheDir, { recursive: true })
  return await withLock(join(cacheDir, 'lock'), async () => {
    if (existsSync(target)) return target
    await removeLeftovers(cacheDir, 'template-new-')
    const work = join(cacheDir, `template-new-${identity()}`)
    try {
      await initialise(programs, work)
      await recordMaker(programs, work)
      await rename(work, target)
    } finally {
      await rm(work, { recursive: true, force: true })
    }
    return target
  })
}

/**
 * Removes what killed processes left in the cache. Called under its lock, so nobody owns it; but a program that a killed
 * process had started may still write there, and then the next time is early enough.
 */
export async function removeLeftovers(cacheDir: string, prefix: string): Promise<void> {
  for (const name of await readdir(cacheDir)) {
    if (name.startsWith(prefix)) await rm(join(cacheDir, name), { recursive: true, force: true }).catch(() => {})
  }
}

async function initialise(programs: Programs, dataDir: string): Promise<void> {
  await mkdir(dataDir, { mode: 0o700 })
  const { code, output } =
    programs.kind === 'mariadb'
      ? await runProgram(programs.program, [...baseOptions(programs, dataDir), ...MARIADB_BOOTSTRAP], {
          env: programs.env,
          input: await systemSql(programs.sqlDir)
        })
      : await runProgram(
          programs.program,
          [...baseOptions(programs, dataDir), '--initialize-insecure', '--innodb-redo-log-capacity=8M'],
          { env: programs.env }
        )
  if (code !== 0) throw new Error(`${programs.program} does not initialise a data folder: ${lastLines(output)}`)
  await rm(join(dataDir, 'auto.cnf'), { force: true }) // MySQL's UUID: one per server, not one per template
}

const MARIADB_BOOTSTRAP = [
  '--bootstrap',
  '--log-warnings=0',
  '--enforce-storage-engine=',
  '--max-allowed-packet=8M',
  '--net-buffer-length=16K',
  '--innodb-log-file-size=8M',
  '--innodb-buffer-pool-size=16M',
  '--skip-log-bin',
  '--innodb-use-native-aio=0'
]

async function systemSql(folder: string): Promise<string> {
  const files = SYSTEM_SQL.map(name =>
    ['mysql', 'mariadb'].map(prefix => join(folder, `${prefix}_${name}.sql`)).find(existsSync)
  )
  const texts = await Promise.all(files.map(file => (file === undefined ? '' : readFile(file, 'utf8'))))
  return ['create database if not exists mysql;', 'use mysql;', 'set @auth_root_socket = null;', ...texts].join('\n')
}
