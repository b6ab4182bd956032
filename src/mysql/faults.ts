// What an error of mysql2 means. Texts are never parsed: engines word them differently.
// Numbers: https://dev.mysql.com/doc/mysql-errors/8.4/en/server-error-reference.html

const DUPLICATE_KEY = 1062

// The statement lost a race; the whole transaction may be tried again.
const RACES = new Set([
  1205, // lock wait timeout
  1213, // deadlock, and on Galera a failed certification, often at COMMIT
  1020, // record changed since last read (MariaDB)
  3101 // Group Replication rolled the transaction back
])

// The node cannot serve now; another connection may reach one that can.
const NODE_FAULTS = new Set([
  1047, // Galera: node not ready
  1053, // server shutdown in progress
  1290, // read only: no longer the primary
  1836, // read only mode
  3100 // Group Replication: not able to commit
])

// The server is there but takes no more of us, or not us at all: an outage for our callers.
const REFUSALS = new Set([
  1040, // too many connections
  1044, // access to the database denied
  1045, // access denied
  1049, // unknown database
  1203, // too many connections of this user
  1226 // resource limit of this user
])

// Lost or never made connections: codes of Node's sockets and of mysql2.
const LOST = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ECONNABORTED',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ENOENT',
  'PROTOCOL_CONNECTION_LOST',
  'PROTOCOL_ENQUEUE_AFTER_FATAL_ERROR',
  'PROTOCOL_PACKETS_OUT_OF_ORDER',
  'ER_CONNECTION_KILLED',
  'ER_QUERY_INTERRUPTED'
])

export type FaultKind = 'race' | 'node' | 'lost' | 'deadline' | 'refused' | 'duplicate' | 'other'

/** Sorts an error thrown by a query or by getting a connection. */
export function faultKind(error: unknown): FaultKind {
  if (!(error instanceof Error)) return 'other'
  const code = 'code' in error ? error.code : undefined
  const errno = 'errno' in error ? error.errno : undefined
  if (error instanceof DeadlineError || code === 'PROTOCOL_SEQUENCE_TIMEOUT') return 'deadline'
  if (errno === DUPLICATE_KEY) return 'duplicate'
  if (typeof errno === 'number') {
    if (RACES.has(errno)) return 'race'
    if (NODE_FAULTS.has(errno)) return 'node'
    if (REFUSALS.has(errno)) return 'refused'
  }
  if (typeof code === 'string' && LOST.has(code)) return 'lost'
  if ('fatal' in error && error.fatal === true) return 'lost' // mysql2: the connection is over, for whatever reason
  return 'other'
}

/** No connection, or no answer, within the time a request may wait for it. */
export class DeadlineError extends Error {
  constructor(what: string, options?: ErrorOptions) {
    super(what, options)
    this.name = 'DeadlineError'
  }
}

// Refused for what waiting does not change.
const HOPELESS = new Set([1044, 1045, 1049])

/** Whether the same try may succeed later without anybody mending the configuration. */
export function isPassing(error: unknown): boolean {
  const errno = error instanceof Error && 'errno' in error ? error.errno : undefined
  return isOutage(error) && !(typeof errno === 'number' && HOPELESS.has(errno))
}

/** Whether the database, not the request, is to blame: answered as 503, never as 401. */
export function isOutage(error: unknown): boolean {
  const kind = faultKind(error)
  return kind !== 'other' && kind !== 'duplicate'
}

/** Whether the connection that gave this error must not be used again. */
export function isFatal(error: unknown): boolean {
  const kind = faultKind(error)
  return kind === 'node' || kind === 'lost' || kind === 'deadline'
}

/** Whether a unique key is taken. */
export function isDuplicate(error: unknown): boolean {
  return faultKind(error) === 'duplicate'
}
