import { Socket } from 'node:net'
import { type Driver, MysqlDialect, type MysqlDialectConfig, MysqlDriver } from 'kysely'
import { createPool, type PoolConnection } from 'mysql2'
import { DeadlineError, isDuplicate, isFatal, isOutage } from './faults.ts'
import { connectionOptions } from './url.ts'
import { beginWait, inTime, offBudget, timeFor } from './wait-budget.ts'

// A database that hangs or crawls costs an attempt 3 s: whichever deadline passes first ends it, the budget of the
// request (wait-budget.ts) among them, and nothing is tried again after one.
const ACQUIRE_MS = 700 // for a connection, a new one's handshake included
const QUERY_MS = 2000 // for the answer to one statement
const TRANSACTION_MS = 2300 // from BEGIN to the answer to COMMIT
const CONNECTIONS = 10 // enough to keep a database busy; more would only queue there
const QUEUE = 1000 // waiting requests; beyond this they are refused at once

const BEGIN = /^(begin|start transaction)/i

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
      const end = limit(connection, queryDeadline)
      const setUp = (statement: string) =>
        connection.query(statement, error => {
          // Nothing may run under other settings.
          if (error) end(new DeadlineError('the session could not be set up', { cause: error }))
        })
      // The request that made the pool open a connection may have given up: it is for another one then.
      offBudget(() => SESSION_SETTINGS.forEach(setUp))
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
    try {
      return await inTime(acquiring, ACQUIRE_MS, 'no connection to the database in time')
    } catch (error) {
      acquiring.then(
        // MysqlDriver's own type names a class that Kysely does not export.
        connection => (this as Driver).releaseConnection(connection),
        () => {}
      )
      // Whatever kept us from a connection (a full queue, a refused login or host), the request is not to blame.
      throw isOutage(error) ? error : new DeadlineError('no connection to the database', { cause: error })
    }
  }

  override async destroy() {
    await super.destroy().catch(() => {}) // a database that is away has nothing left to close
  }
}

/**
 * The way Kysely asks: text, values and a callback. Gives every statement of `connection` the deadline. After a fatal
 * error the connection is ended, and every statement on it fails: mysql2 never answers what is queued on a connection
 * that was destroyed, and refuses what comes later with an error that has no code.
 *
 * @returns ends the connection with an error
 */
function limit(connection: PoolConnection, timeout: number): (error: unknown) => void {
  const query = connection.query.bind(connection)
  const waiting = new Set<(error: unknown) => void>()
  let fault: unknown
  let transactionUntil = Number.POSITIVE_INFINITY
  /** How long this statement may take, ms; a transaction that is out of time gets none. */
  const allowance = (sql: string) => {
    if (BEGIN.test(sql)) transactionUntil = Date.now() + Math.max(timeout, TRANSACTION_MS)
    const allowed = Math.min(timeFor(timeout), transactionUntil - Date.now())
    if (/^(commit|rollback)$/i.test(sql)) transactionUntil = Number.POSITIVE_INFINITY
    return allowed
  }
  const end = (error: unknown) => {
    fault ??= error
    connection.destroy()
    const socket: unknown = Reflect.get(connection, 'stream') // in no type
    if (socket instanceof Socket) socket.destroy() // a server that hangs never answers the FIN
    for (const settle of waiting) settle(error)
  }
  connection.query = (sql: unknown, ...rest: unknown[]) => {
    const text = String(sql)
    const callback = rest.pop()
    const values = Array.isArray(rest[0]) ? rest[0] : []
    const allowed = allowance(text)
    // Ours, for mysql2's own `timeout` does not run while a statement waits for the settings of a new session.
    const timer = setTimeout(() => settle(new DeadlineError('no answer in time')), Math.max(allowed, 0))
    const endWait = beginWait()
    const settle = (error: unknown, ...answer: unknown[]) => {
      if (!waiting.delete(settle)) return
      clearTimeout(timer)
      endWait()
      if (error && BEGIN.test(text)) transactionUntil = Number.POSITIVE_INFINITY // there is none
      // mysql2 puts the statement with its values into the error: hashes, secrets and addresses must not reach a log.
      if (error instanceof Error && 'sql' in error) error.sql = text
      if (isDuplicate(error)) hideValue(error)
      // The next BEGIN on a connection that was not rolled back would commit what it holds.
      if (isFatal(error) || (error && /^rollback$/i.test(text))) end(error)
      if (typeof callback === 'function') callback(error, ...answer)
    }
    waiting.add(settle)
    if (fault) process.nextTick(settle, fault)
    else if (allowed <= 0) end(new DeadlineError('the transaction takes too long'))
    return query({ sql: text, values }, settle)
  }
  return end
}

/** The server's own words on a duplicate key repeat the value, such as a member's address. */
function hideValue(error: unknown): void {
  if (!(error instanceof Error)) return
  const words = 'Duplicate entry for a unique key'
  error.stack = error.stack?.replace(error.message, words)
  error.message = words
  if ('sqlMessage' in error) error.sqlMessage = words
}
