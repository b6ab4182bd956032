import { after, HOUR, SECOND } from '../clock.ts'
import type { Context } from '../context.ts'
import { type Id, idToText } from '../ids.ts'
import { type Log, withoutSecrets } from '../log.ts'
import { faultKind } from '../mysql/faults.ts'
import { transact } from '../mysql/transact.ts'
import { composeMessage, isPermanent, type MessageOptions, type Send } from './message.ts'
import * as queries from './queries.ts'
import type { OutboxMail } from './table.ts'

/** How long a claim holds when its owner dies: somebody waits for this mail. */
export const LEASE = 20 * SECOND
const PROLONG_EVERY = LEASE / 3 // two prolongings may fail before a mail under way looks abandoned
const FIRST_RETRY = 5 * SECOND // doubles each time, with jitter
const LONGEST_RETRY = HOUR
const LONGEST_REASON = 250 // characters of outbox.last_error
const MAX_ATTEMPTS = 40 // about a day and a half; then it is parked, where an Admin sees it

// Groups of a code, and what a line's end, HTML, quoted-printable or a URL may have put between them.
const CODES = /(?<!\d)\d{4}(?:(?:&#\w{1,6};|[=%][\dA-F]{2}|\D){0,8}\d{4}(?!\d))+/gi

export interface Worker {
  ctx: Context
  /** Whose claims these are. */
  owner: Id
  send: Send
  log: Log
  options: MessageOptions
}

/** Claims a mail that is due, sends it and settles it; nothing when another worker was first. */
export async function attempt(worker: Worker, mail: OutboxMail): Promise<void> {
  const { ctx, send, options } = worker
  if (!(await claim(worker, mail))) return
  const letGo = hold(worker, mail)
  try {
    await send(composeMessage(ctx, mail, options))
  } catch (error) {
    letGo()
    return await postpone(worker, mail, error)
  }
  try {
    // Tried again after a lost race or connection: a mail that has arrived should not go out once more.
    await transact(ctx.db, trx => queries.setSent(trx, mail.id, ctx.clock()))
  } finally {
    letGo()
  }
}

async function claim({ ctx, owner }: Worker, mail: OutboxMail): Promise<boolean> {
  if (!mail.due_at) return false
  try {
    return await queries.claim(ctx.db, mail.id, mail.due_at, owner, after(ctx.clock(), LEASE))
  } catch (error) {
    if (faultKind(error) === 'race') return false // another node's worker was first
    throw error
  }
}

/**
 * Prolongs the claim for as long as its message is under way. A message cannot be called back: when the claim is lost
 * all the same (the database was away, the process hung), it goes on, whoever took the mail over sends a copy with the
 * same Message-ID, and the first that arrives settles the mail.
 *
 * @returns ends the prolonging
 */
function hold({ ctx, owner, log }: Worker, mail: OutboxMail): () => void {
  const timer = setInterval(async () => {
    try {
      if (await queries.prolong(ctx.db, mail.id, owner, after(ctx.clock(), LEASE))) return
      clearInterval(timer) // taken over, or settled a moment ago
    } catch (error) {
      log.warn({ err: error, mail: idToText(mail.id) }, 'outbox: the claim was not prolonged; trying again')
    }
  }, PROLONG_EVERY)
  timer.unref()
  return () => clearInterval(timer)
}

async function postpone({ ctx, owner, log }: Worker, mail: OutboxMail, error: unknown): Promise<void> {
  const attempts = mail.attempts + 1
  const reason = reasonOf(error)
  log.warn({ mail: idToText(mail.id), attempts, reason }, 'outbox: not delivered')
  if (isPermanent(error) || attempts >= MAX_ATTEMPTS)
    return await queries.setParked(ctx.db, mail.id, owner, ctx.clock(), reason)
  const pause = Math.min(FIRST_RETRY * 2 ** (attempts - 1), LONGEST_RETRY) * (0.75 + Math.random() / 2)
  await queries.setRetry(ctx.db, mail.id, owner, after(ctx.clock(), pause), reason)
}

/**
 * What went wrong, for the log and for Admins: without what a mail server repeats of the mail that it refuses. A code in it
 * is too short for `withoutSecrets`, and so is a token that a line of the mail has broken in two.
 */
function reasonOf(error: unknown): string {
  return withoutSecrets(error instanceof Error ? error.message : String(error))
    .replace(/\btoken=[^\s<>"]*/gi, 'token=…')
    .replace(CODES, '…') // after the long words: a token may hold such digits, and half of it would stay
    .slice(0, LONGEST_REASON)
}
