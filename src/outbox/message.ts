import type { Context } from '../context.ts'
import { idToText } from '../ids.ts'
import { unseal } from '../tokens/sealed.ts'
import { isTemplate, type RenderOptions, renderMail } from './render.ts'
import type { OutboxMail } from './table.ts'

/** A mail as it goes out: rendered when it is sent, never before. */
export interface Message {
  messageId: string
  /** Empty: nobody. It is composed, as for somebody, and dropped. */
  to: string
  subject: string
  html: string
  text: string
  locale: string
}

/** Sends one message. An error with `permanent: true` will not get better by trying again. */
export type Send = (message: Message) => Promise<void>

export interface MessageOptions extends Omit<RenderOptions, 'languages'> {
  /** The right side of Message-IDs. */
  host: string
}

/**
 * Writes the message of an outbox row. Its Message-ID is the row's id, so that copies can be told.
 *
 * @throws a permanent error for a template or a secret that this version and configuration cannot read
 */
export function composeMessage(ctx: Context, mail: OutboxMail, { host, ...rendering }: MessageOptions): Message {
  const { template, locale } = mail
  if (!isTemplate(template)) throw permanent(`no template ${template}`)
  const secret = mail.secret ? unsealed(ctx, mail, mail.secret) : undefined
  const data = JSON.parse(mail.data) // written by enqueue() from a MailData
  const message = renderMail({ template, locale, data, secret }, { ...rendering, languages: ctx.languages })
  return { ...message, messageId: `<${idToText(mail.id)}@${host}>`, to: mail.recipient }
}

function unsealed(ctx: Context, mail: OutboxMail, secret: Buffer): string {
  try {
    return unseal(ctx.keys, 'outbox', secret, mail.id)
  } catch {
    throw permanent('its secret was sealed under a SECRET that is no longer listed')
  }
}

function permanent(message: string): Error {
  return Object.assign(new Error(message), { permanent: true })
}

/** Whether trying again is of no use. */
export function isPermanent(error: unknown): boolean {
  return error instanceof Error && 'permanent' in error && error.permanent === true
}
