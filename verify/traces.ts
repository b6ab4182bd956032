import type { AuditEvent } from '../src/audit/table.ts'
import { idToText, newId } from '../src/ids.ts'
import type { Template } from '../src/outbox/render.ts'
import { hashOneTimeSecret } from '../src/tokens/one-time-secret.ts'
import type { TestApp } from '../test/support/app.ts'

// What acts leave in the database, each as a number of rows.

/** An act that sends its mark as User-Agent, which the audit trail keeps. */
export interface Marked {
  app: TestApp
  mark: string
}

export async function events({ app, mark }: Marked, event: AuditEvent): Promise<number> {
  const rows = app.db.selectFrom('audit_events').select('id').where('user_agent', '=', mark).where('event', '=', event)
  return (await rows.execute()).length
}

/** Live sessions of a member. */
export async function sessions({ db }: TestApp, email: string): Promise<number> {
  const rows = db
    .selectFrom('sessions')
    .innerJoin('accounts', 'accounts.id', 'sessions.account_id')
    .select('sessions.id')
  return (await rows.where('email', '=', email).where('revoked_at', 'is', null).execute()).length
}

export async function accounts({ db }: TestApp, email: string): Promise<number> {
  return (await db.selectFrom('accounts').select('id').where('email', '=', email).execute()).length
}

export async function named({ app: { db }, mark }: Marked): Promise<number> {
  return (await db.selectFrom('accounts').select('id').where('first_name', '=', mark).execute()).length
}

export async function links({ db }: TestApp, email: string): Promise<number> {
  return (await db.selectFrom('one_time_tokens').select('hash').where('email', '=', email).execute()).length
}

export async function usedLinks({ db }: TestApp, secret: string): Promise<number> {
  const hash = hashOneTimeSecret(secret)
  const rows = db.selectFrom('one_time_tokens').select('hash').where('hash', '=', hash).where('used_at', 'is not', null)
  return (await rows.execute()).length
}

export async function mails({ db }: TestApp, recipient: string, template?: Template): Promise<number> {
  const all = db.selectFrom('outbox').select('id').where('recipient', '=', recipient)
  return (await (template ? all.where('template', '=', template) : all).execute()).length
}

/** Parks a mail, as a mail server that refuses it makes the worker do. @returns its id */
export async function parkedMail({ db, now }: TestApp, recipient: string): Promise<string> {
  const id = newId(now)
  const mail = { id, recipient, template: 'role-changed', locale: 'en', data: '{}', secret: null, attempts: 1 }
  const times = { due_at: null, created_at: now(), sent_at: null, parked_at: now() }
  await db
    .insertInto('outbox')
    .values({ ...mail, ...times, owner: null, last_error: null })
    .execute()
  return idToText(id)
}

export async function parkedMails({ db }: TestApp, recipient: string): Promise<number> {
  const all = db.selectFrom('outbox').select('id').where('recipient', '=', recipient)
  return (await all.where('parked_at', 'is not', null).execute()).length
}
