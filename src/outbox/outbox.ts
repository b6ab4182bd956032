import type { Transaction } from 'kysely'
import type { Context } from '../context.ts'
import type { Database } from '../database.ts'
import { newId } from '../ids.ts'
import { onCommit } from '../mysql/transact.ts'
import { seal } from '../tokens/sealed.ts'
import * as queries from './queries.ts'
import type { MailData, Template } from './render.ts'

export interface Mail {
  to: string
  template: Template
  locale: string
  data: MailData
  /** A one-time secret for the link: encrypted while it waits, wiped after delivery. */
  secret?: string
}

/** Whom a mail goes to. */
export interface Recipient {
  email: string
  locale: string
  first_name: string
}

/** A mail to an account, in its language. `secret` goes into its link. */
export function mailTo(to: Recipient, template: Template, data: MailData = {}, secret?: string): Mail {
  const mail = { to: to.email, template, locale: to.locale, data: { firstName: to.first_name, ...data } }
  return secret === undefined ? mail : { ...mail, secret }
}

/** Writes a mail into the transaction of the act; the worker delivers it after the commit. */
export async function enqueue(trx: Transaction<Database>, ctx: Context, mail: Mail): Promise<void> {
  const id = newId(ctx.clock)
  const now = ctx.clock()
  await queries.insert(trx, {
    id,
    recipient: mail.to,
    template: mail.template,
    locale: mail.locale,
    data: JSON.stringify(mail.data),
    secret: mail.secret === undefined ? null : seal(ctx.keys, 'outbox', mail.secret, id),
    attempts: 0,
    due_at: now,
    owner: null,
    created_at: now,
    sent_at: null,
    parked_at: null,
    last_error: null
  })
  onCommit(trx, ctx.wakeOutbox)
}

/**
 * Does the work of `enqueue` for a mail that nobody gets: neither the answer nor what the worker does after it may tell
 * whether an address is known. It has no recipient, is composed like any other, and goes nowhere.
 */
export async function enqueueDecoy(trx: Transaction<Database>, ctx: Context, mail: Mail): Promise<void> {
  await enqueue(trx, ctx, { ...mail, to: '' })
}

/** Mails that wait for delivery. */
export async function waiting(ctx: Context): Promise<number> {
  return await queries.countWaiting(ctx.db)
}
