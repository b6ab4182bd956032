import { setTimeout as sleep } from 'node:timers/promises'
import { createConnection } from 'mysql2/promise'
import { isPassing } from './faults.ts'
import { connectionOptions } from './url.ts'

const PATIENCE_MS = 30_000 // a database that is started together with us takes seconds
const PAUSE_MS = 500

/**
 * Waits until the configured database lets us in; what will not get better by waiting (a refused login, an unknown
 * database) ends it at once.
 *
 * @throws Error for people: which server, and what it says
 */
export async function waitForDatabase(url: string, log: (line: string) => void, patience = PATIENCE_MS): Promise<void> {
  const deadline = Date.now() + patience
  for (let attempt = 1; ; attempt++) {
    try {
      const connection = await createConnection({ ...connectionOptions(url), connectTimeout: 2000 })
      return await connection.end()
    } catch (error) {
      const said = error instanceof Error ? error.message || error.name : String(error)
      if (!isPassing(error) || Date.now() >= deadline)
        throw new Error(`The database ${describeDatabase(url)} does not let us in: ${said}\nCheck DATABASE_URL.`, {
          cause: error
        })
      if (attempt === 1) log(`database: waiting for ${describeDatabase(url)} (${said}) …`)
      await sleep(PAUSE_MS)
    }
  }
}

/** Where a database is, without user and password. */
export function describeDatabase(url: string): string {
  const { hostname, port, pathname, searchParams } = new URL(url)
  const socket = searchParams.get('socket')
  return socket ? `${pathname.slice(1)} at socket ${socket}` : `${hostname}:${port || 3306}${pathname}`
}
