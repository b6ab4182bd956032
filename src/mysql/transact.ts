import { setTimeout as sleep } from 'node:timers/promises'
import type { ControlledTransaction, Kysely, Transaction } from 'kysely'
import type { Database } from '../database.ts'
import type { Id } from '../ids.ts'
import { DeadlineError, faultKind, isDuplicate, isOutage } from './faults.ts'
import { readFresh } from './fresh.ts'
import { inTime, offBudget, timeFor } from './wait-budget.ts'

const ATTEMPTS = 6
const PATIENCE_MS = 1500 // no new attempt after this, or after the request's budget
const PAUSE_MS = 15 // before the second attempt; doubles, with jitter
const ANSWER_MS = 2700 // after the first attempt began, whether a COMMIT happened is looked up no more
const LOOK_MS = 200 // but for one look

interface Aftermath {
  receipt: Id | undefined
  effects: (() => void)[]
}

const aftermaths = new WeakMap<Transaction<Database>, Aftermath>()

/**
 * Runs `work` in a transaction and commits it. The whole transaction is tried again after lost
 * races (deadlock, lock wait, failed certification) and lost connections; `work` must therefore
 * have no effect outside of `trx` but through `onCommit`.
 *
 * A COMMIT whose answer was lost may have happened: the audit event that the work recorded (its
 * receipt, under an id made here) tells, and nothing is guessed.
 *
 * @throws what `work` throws; the driver's error when the database is out of reach (503)
 */
export async function transact<T>(db: Kysely<Database>, work: (trx: Transaction<Database>) => Promise<T>): Promise<T> {
  const started = Date.now()
  const [patience, until] = [timeFor(PATIENCE_MS), started + timeFor(ANSWER_MS)]
  for (let attempt = 1; ; attempt++) {
    try {
      return await attemptOnce(db, work, until)
    } catch (error) {
      const kind = faultKind(error)
      const again = kind === 'race' || kind === 'node' || kind === 'lost'
      if (!again || attempt === ATTEMPTS || Date.now() - started > patience) throw error
      await sleep(PAUSE_MS * 2 ** (attempt - 1) * (0.5 + Math.random()))
    }
  }
}

/**
 * The same for work that inserts what it has looked for in vain: when somebody else inserts it at the same moment, the
 * work is done once more, and finds it.
 */
export async function transactUnique<T>(
  db: Kysely<Database>,
  work: (trx: Transaction<Database>) => Promise<T>
): Promise<T> {
  try {
    return await transact(db, work)
  } catch (error) {
    if (!isDuplicate(error)) throw error
    return await transact(db, work)
  }
}

/** Runs `effect` once the transaction is committed, and never when it is not. */
export function onCommit(trx: Transaction<Database>, effect: () => void): void {
  aftermathOf(trx).effects.push(effect)
}

/** Names the audit event that proves, if found, that this transaction was committed. */
export function setReceipt(trx: Transaction<Database>, auditEvent: Id): void {
  aftermathOf(trx).receipt ??= auditEvent
}

async function attemptOnce<T>(
  db: Kysely<Database>,
  work: (trx: Transaction<Database>) => Promise<T>,
  until: number
): Promise<T> {
  const trx = await db.startTransaction().execute()
  const aftermath: Aftermath = { receipt: undefined, effects: [] }
  aftermaths.set(trx, aftermath)
  let result: T
  try {
    result = await work(trx)
  } catch (error) {
    await giveBack(trx)
    throw error
  }
  try {
    await trx.commit().execute()
  } catch (error) {
    await giveBack(trx)
    if (!isOutage(error) || faultKind(error) === 'race') throw error
    if (!(await isCommitted(db, aftermath.receipt, until, error))) throw error
  }
  for (const effect of aftermath.effects) offBudget(effect) // the worker that it wakes goes on after the request
  return result
}

/** Gives the connection back, which Kysely keeps when COMMIT fails, too. */
async function giveBack(trx: ControlledTransaction<Database>): Promise<void> {
  // A rollback that fails says nothing new: its connection is destroyed, which rolls back too.
  await trx
    .rollback()
    .execute()
    .catch(() => {})
}

/** @throws DeadlineError when it cannot be known in time: nobody may try again on a guess */
async function isCommitted(
  db: Kysely<Database>,
  receipt: Id | undefined,
  until: number,
  cause: unknown
): Promise<boolean> {
  const unknown = () => new DeadlineError('whether a COMMIT happened is not known', { cause })
  if (!receipt) throw unknown()
  for (let pause = PAUSE_MS; ; pause *= 2) {
    try {
      const left = Math.max(until - Date.now(), LOOK_MS)
      return await inTime(
        readFresh(db, fresh => find(fresh, receipt)),
        left,
        'no receipt in time'
      )
    } catch (error) {
      // After a restart of the server the other connections of the pool are lost, too.
      const again = faultKind(error) === 'lost' || faultKind(error) === 'node'
      if (!again || Date.now() + pause > until) throw unknown()
      await sleep(pause)
    }
  }
}

/** A locking read: it waits for a COMMIT that is still under way, which a plain one would not see. */
async function find(db: Kysely<Database>, receipt: Id): Promise<boolean> {
  const query = db.selectFrom('audit_events').select('id').where('id', '=', receipt).forUpdate()
  return (await query.executeTakeFirst()) !== undefined
}

function aftermathOf(trx: Transaction<Database>): Aftermath {
  const aftermath = aftermaths.get(trx)
  if (!aftermath) throw new Error('only a transaction opened by transact() has an aftermath')
  return aftermath
}
