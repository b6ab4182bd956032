import { type Kysely, sql } from 'kysely'
import type { Database } from '../database.ts'

// Asked once: the losers of a race all read again, and SHOW VARIABLES is the most expensive statement of a refresh.
const galera = new WeakMap<Kysely<Database>, boolean>()

/**
 * Reads the newest state of a cluster: a Galera node may answer from behind unless it is told to wait for what other
 * nodes have committed. Elsewhere it simply reads.
 */
export async function readFresh<T>(db: Kysely<Database>, read: (db: Kysely<Database>) => Promise<T>): Promise<T> {
  if (!(await isGalera(db))) return await read(db)
  return await db.connection().execute(async connection => {
    await sql`set session wsrep_sync_wait = 1`.execute(connection)
    try {
      return await read(connection)
    } finally {
      await sql`set session wsrep_sync_wait = default`.execute(connection)
    }
  })
}

async function isGalera(db: Kysely<Database>): Promise<boolean> {
  const known = galera.get(db)
  if (known !== undefined) return known
  const { rows } = await sql<{ Value: string }>`show variables like 'wsrep_on'`.execute(db)
  const answer = rows[0]?.Value === 'ON'
  galera.set(db, answer)
  return answer
}
