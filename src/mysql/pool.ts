import { type Driver, MysqlDialect, type MysqlDialectConfig, MysqlDriver } from 'kysely'
import { createPool, type PoolConnection } from 'mysql2'
import { DeadlineError, isFatal } from './faults.ts'
import { connectionOptions } from './url.ts'

// A request waits at most 2.7 s for the database before it is answered 503 (contract: 3 s).
const ACQUIRE_MS = 700 // for a connection, a new one's handshake included
const QUERY_MS = 2000 // for the answer to one statement
const CONNECTIONS = 10 // enough to keep a database busy; more would only queue there
const QUEUE = 1000 // waiting requests; beyond this they are refused at once

// READ COMMITTED: MariaDB 11.8 answers 1020 under REPEATABLE READ. Strict mode: MySQL must never
// fill a missing column with '' by itself.
const SESSION_SETTINGS = [
  'set session transaction isolation level read committed',
  "set session time_zone = '+00:00', sql_mode = 'STRICT_ALL_TABLES,NO_ZERO_DATE,NO_ZERO_IN_DATE,NO_ENGINE_SUBSTITUTION'"
]

/**
 * A Kysely dialect in which nothing waits for ever: getting a connection and every statement have
 * a deadline, and a connection that was lost, hung, or sits on a node that no longer serves is
 * destroyed instead of returned.
 */
export class DeadlineDialect extends MysqlDialect {
  readonly #config: MysqlDialectConfig

  /** @param url see connectionOptions */
  constructor(url: string, queryDeadline = QUERY_MS) {
    const pool = createPool({
      ...connectionOptions(url),
      timezone: 'Z',
      connectionLimit: CONNECTIONS,
      maxIdle: CONNECTIONS,
      queueLimit: QUEUE,
      connectTimeout: QUERY_MS,
      resetOnRelease: false // our sessions hold no state but SESSION_SETTINGS; a reset is a round trip
    })
    pool.on('connection', connection => {
      limit(connection, queryDeadline)
      for (const statement of SESSION_SETTINGS) connection.query(statement, () => {})
    })
    const config = { pool }
    super(config)
    this.#config = config
  }

  override createDriver(): MysqlDriver {
    return new DeadlineDriver(this.#config)
  }
}

class DeadlineDriver extends MysqlDriver {
  override async acquireConnection(...options: Parameters<MysqlDriver['acquireConnection']>) {
    const acquiring = super.acquireConnection(...options)
    const { promise: tooLate, reject } = Promise.withResolvers<never>()
    const driver: Driver = this // its own releaseConnection names a class that Kysely does not export
    const timer = setTimeout(() => {
      reject(new DeadlineError('no connection to the database in time'))
      acquiring.then(
        connection => driver.releaseConnection(connection),
        () => {}
      )
    }, ACQUIRE_MS)
    try {
      return await Promise.race([acquiring, tooLate])
    } finally {
      clearTimeout(timer)
    }
  }
}

/**
 * The way Kysely asks: text, values and a callback. Gives every statement of `connection` the deadline, and ends the
 * connection after a fatal error.
 */
function limit(connection: PoolConnection, timeout: number): void {
  const query = connection.query.bind(connection)
  connection.query = (sql: unknown, ...rest: unknown[]) => {
    const callback = rest.pop()
    const values = Array.isArray(rest[0]) ? rest[0] : []
    return query({ sql: String(sql), timeout, values }, (error, ...answer: unknown[]) => {
      if (isFatal(error)) connection.destroy()
      if (typeof callback === 'function') callback(error, ...answer)
    })
  }
}
