import fp from 'fastify-plugin'
import { Kysely, sql } from 'kysely'
import type { Database } from '../src/database.ts'
import { DeadlineDialect } from '../src/mysql/pool.ts'

declare module 'fastify' {
  interface FastifyInstance {
    db: Kysely<Database>
    /** Rejects while the database is away. */
    probe: () => Promise<void>
  }
}

/** Kysely over mysql2 as `app.db`; closes after everything that uses it. */
export default fp<{ url: string }>(
  async (app, { url }) => {
    const db = new Kysely<Database>({ dialect: new DeadlineDialect(url) })
    app.decorate('db', db)
    app.decorate('probe', async () => {
      await sql`select 1`.execute(db)
    })
    app.addHook('onClose', async () => await db.destroy())
  },
  { name: 'guildhall-database', fastify: '5.x' }
)
