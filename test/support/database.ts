import { Kysely } from 'kysely'
import { createConnection } from 'mysql2/promise'
import { systemClock } from '../../src/clock.ts'
import type { Database } from '../../src/database.ts'
import { migrate } from '../../src/mysql/migrate.ts'
import { DeadlineDialect } from '../../src/mysql/pool.ts'
import { connectionOptions } from '../../src/mysql/url.ts'

export interface TestDatabase {
  url: string
  name: string
  db: Kysely<Database>
  /** Closes the connections. */
  destroy(): Promise<void>
}

let count = 0

/** The server that scripts/test.ts started, or was given. */
export function serverUrl(): string {
  const url = process.env.TEST_DATABASE_URL
  if (!url) throw new Error('run tests through npm test: it starts the database server')
  return url
}

/** A database of its own, migrated, with a connection for looking behind the API. */
export async function createTestDatabase({ migrated = true } = {}): Promise<TestDatabase> {
  const name = `guildhall_test_${process.env.TEST_RUN_ID ?? 'x'}_${process.pid}_${++count}`
  const url = new URL(serverUrl())
  url.pathname = `/${name}`
  // A latin1 default on purpose: every table must name its own character set.
  await asAdmin([
    `create database ${name} character set latin1`,
    ...(migrated && schema ? [`use ${name}`, ...schema] : [])
  ])
  if (migrated && !schema) {
    await migrate(url.href, { direction: 'up', clock: systemClock, log: () => {} })
    schema = await schemaOf(name)
  }
  const db = new Kysely<Database>({ dialect: new DeadlineDialect(url.href) })
  return {
    url: url.href,
    name,
    db,
    // The database itself goes with the run (scripts/test.ts): dropping its files one by one takes longer than a test.
    destroy: () => db.destroy()
  }
}

// What the migrations made of the first database of this process: to repeat it takes half as long as to migrate again.
let schema: string[] | undefined

async function schemaOf(name: string): Promise<string[]> {
  const tables = await asAdmin([`use ${name}`, 'show tables'])
  const statements = []
  for (const [table] of tables) {
    const [created] = await asAdmin([`use ${name}`, `show create table ${table}`])
    statements.push(String(created?.[1]))
  }
  for (const [migration, at] of await asAdmin([`select name, timestamp from ${name}.kysely_migration`]))
    statements.push(`insert into kysely_migration values ('${migration}', '${at}')`)
  return [...statements, "insert into kysely_migration_lock (id) values ('migration_lock')"]
}

/** Runs statements on a connection of their own. @returns the rows of the last one */
export async function asAdmin(statements: string[]): Promise<unknown[][]> {
  const { connectionLimit: _, ...options } = connectionOptions(serverUrl())
  const connection = await createConnection({ ...options, rowsAsArray: true })
  try {
    let rows: unknown = []
    for (const statement of statements) [rows] = await connection.query(statement)
    return Array.isArray(rows) ? rows : []
  } finally {
    await connection.end()
  }
}
