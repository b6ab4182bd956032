import { join } from 'node:path'
import type { Connection } from 'mysql2/promise'
import { createConnection } from 'mysql2/promise'
import { startDatabase, versionOf } from '../src/embedded/database.ts'

const root = join(import.meta.dirname, '..')

export interface TestServer {
  url: string
  /** The engine and its version. */
  version: string
  /** Whether it is ours: nobody else's data are on it. */
  throwAway: boolean
  /** Leaves nothing behind: the server goes, or the databases of this run on one that was given. */
  stop(): Promise<void>
}

/**
 * The database server for tests and proofs: TEST_DATABASE_URL, or a throw-away one.
 *
 * @param runId in the names of its databases
 */
export async function openTestServer(runId: string): Promise<TestServer> {
  const given = process.env.TEST_DATABASE_URL || undefined
  const server =
    given === undefined
      ? await startDatabase({
          dataDir: join(root, '.data'),
          cacheDir: join(root, '.cache'),
          throwAway: true,
          log: console.error
        })
      : undefined
  const url = server?.url ?? given ?? ''
  try {
    const admin = await connect(url)
    const version = await versionOf(admin)
    await admin.end()
    return {
      url,
      version,
      throwAway: server !== undefined,
      stop: async () => await (server ? server.stop() : dropDatabases(url, runId))
    }
  } catch (error) {
    await server?.stop()
    throw error
  }
}

async function connect(url: string): Promise<Connection> {
  const { hostname, port, username, password, searchParams } = new URL(url)
  const socketPath = searchParams.get('socket')
  return await createConnection({
    ...(socketPath === null ? { host: hostname, port: Number(port || 3306) } : { socketPath }),
    user: decodeURIComponent(username),
    password: decodeURIComponent(password)
  })
}

/** On a server that is not ours: the databases of this run, recognised by its id, and nothing else. */
async function dropDatabases(url: string, runId: string): Promise<void> {
  const admin = await connect(url)
  const [rows] = await admin.query({
    sql: 'select schema_name from information_schema.schemata where schema_name like ?',
    values: [`guildhall\\_test\\_${runId}\\_%`],
    rowsAsArray: true
  })
  for (const row of Array.isArray(rows) ? rows : []) {
    if (Array.isArray(row)) await admin.query('drop database ??', [String(row[0])])
  }
  await admin.end()
}
