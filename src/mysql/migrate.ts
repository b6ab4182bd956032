import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'
import { Kysely, sql } from 'kysely'
import { type Migration, type MigrationResultSet, Migrator } from 'kysely/migration'
import { claim, release } from '../claims/claims.ts'
import { type Clock, HOUR, SECOND } from '../clock.ts'
import type { Database } from '../database.ts'
import { newId } from '../ids.ts'
import { DeadlineDialect } from './pool.ts'

const FOLDER = join(import.meta.dirname, '../../migrations')
const LEASE = 30 * SECOND // of the migration lock; prolonged while a migration runs
const STATEMENT = 6 * HOUR // an ALTER of a large table may take its time

export interface MigrationRun {
  /** Names of the migrations that were run, in order. */
  done: string[]
}

/**
 * Brings the schema up to date, or one migration down, under a lock row with a lease: Kysely's own
 * lock is GET_LOCK, which holds on one node of a cluster only and whose answer it ignores.
 *
 * @throws the error of the migration that failed; those before it stay done
 */
export async function migrate(
  url: string,
  options: { direction: 'up' | 'down'; clock: Clock; log: (line: string) => void; folder?: string }
): Promise<MigrationRun> {
  const db = new Kysely<Database>({ dialect: new UnlockedDialect(url, STATEMENT) })
  try {
    // Then no right to change the schema is needed: the server may run under an account that only reads and writes rows.
    if (options.direction === 'up' && (await isUpToDate(db, options.folder ?? FOLDER))) return { done: [] }
    await createTables(db)
    return await locked(db, options.clock, options.log, async () => {
      const migrator = new Migrator({ db, provider: { getMigrations: () => load(options.folder ?? FOLDER) } })
      const outcome = options.direction === 'up' ? await migrator.migrateToLatest() : await migrator.migrateDown()
      return report(outcome, options.log)
    })
  } finally {
    await db.destroy()
  }
}

async function isUpToDate(db: Kysely<Database>, folder: string): Promise<boolean> {
  const { rows } = await sql<{ count: number }>`select count(*) as count from information_schema.tables
    where table_schema = database() and table_name = 'kysely_migration'`.execute(db)
  if (Number(rows[0]?.count) === 0) return false
  const done = await sql<{ name: string }>`select name from kysely_migration`.execute(db)
  const names = new Set(done.rows.map(({ name }) => name))
  return (await namesIn(folder)).every(name => names.has(name))
}

/** Kysely's own two tables take the database's default character set: make them ourselves. */
async function createTables(db: Kysely<Database>): Promise<void> {
  const options = sql.raw('engine=InnoDB default character set ascii collate ascii_bin')
  await sql`create table if not exists claims (name varchar(40) not null primary key, owner binary(16) not null,
    until datetime(3) null) ${options}`.execute(db)
  await sql`create table if not exists kysely_migration (name varchar(255) not null primary key,
    timestamp varchar(255) not null) ${options}`.execute(db)
  await sql`create table if not exists kysely_migration_lock (id varchar(255) not null primary key,
    is_locked integer not null default 0) ${options}`.execute(db)
  await sql`insert ignore into kysely_migration_lock (id) values ('migration_lock')`.execute(db)
}

async function locked<T>(db: Kysely<Database>, clock: Clock, log: (line: string) => void, work: () => Promise<T>) {
  const owner = newId(clock)
  for (let wait = 0; !(await claim(db, clock, 'migrations', owner, LEASE)); wait++) {
    if (wait === 0) log('another instance is migrating; waiting for it')
    await sleep(250)
  }
  const prolong = setInterval(() => claim(db, clock, 'migrations', owner, LEASE).catch(() => {}), LEASE / 3)
  try {
    return await work()
  } finally {
    clearInterval(prolong)
    await release(db, 'migrations', owner)
  }
}

async function load(folder: string): Promise<Record<string, Migration>> {
  const entries = (await filesIn(folder)).map(async file => [
    nameOf(file),
    await import(pathToFileURL(join(folder, file)).href)
  ])
  return Object.fromEntries(await Promise.all(entries))
}

async function namesIn(folder: string): Promise<string[]> {
  return (await filesIn(folder)).map(nameOf)
}

async function filesIn(folder: string): Promise<string[]> {
  return (await readdir(folder)).filter(file => /^\d{4}-[a-z0-9-]+\.(ts|js)$/.test(file))
}

function nameOf(file: string): string {
  return file.replace(/\.\w+$/, '')
}

function report({ error, results = [] }: MigrationResultSet, log: (line: string) => void): MigrationRun {
  for (const { direction, migrationName, status } of results)
    log(`${direction.toLowerCase()} ${migrationName}: ${status.toLowerCase()}`)
  if (error) throw error
  return { done: results.filter(result => result.status === 'Success').map(result => result.migrationName) }
}

class UnlockedDialect extends DeadlineDialect {
  override createAdapter() {
    return Object.assign(super.createAdapter(), {
      acquireMigrationLock: async () => {},
      releaseMigrationLock: async () => {}
    })
  }
}
