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
  // A latin1 default on purpose: every table must name its own character set.
  await asAdmin(`create database ${name} character set latin1`)
  const url = new URL(serverUrl())
  url.pathname = `/${name}`
  if (migrated) await migrate(url.href, { direction: 'up', clock: systemClock, log: () => {} })
  const db = new Kysely<Database>({ dialect: new DeadlineDialect(url.href) })
  return {
    url: url.href,
    name,
    db,
    async destroy() {
      await db.destroy()
      await asAdmin(`drop database if exists ${name}`)
    }
  }
}

async function asAdmin(statement: string): Promise<void> {
  const { connectionLimit: _, ...options } = connectionOptions(serverUrl())
  const connection = await createConnection(options)
  try {
    await connection.query(statement)
  } finally {
    await connection.end()
  }
}
