import { after, HOUR, MINUTE, SECOND } from '../clock.ts'
import type { Context } from '../context.ts'
import { idToText, newId } from '../ids.ts'
import { faultKind } from '../mysql/faults.ts'
import { unseal } from '../tokens/sealed.ts'
import * as queries from './queries.ts'
import { isTemplate, type RenderOptions, renderMail } from './render.ts'
import type { OutboxMail } from './table.ts'

const POLL = 5 * SECOND // the fallback: a commit wakes the worker at once
const BATCH = 20
const PARALLEL = 5 // SMTP connections
const LEASE = 2 * MINUTE // longer than the transport's own time-outs together
const FIRST_RETRY = 5 * SECOND // doubles each time, with jitter
const LONGEST_RETRY = HOUR
const MAX_ATTEMPTS = 40 // about a day and a half; then it is parked, where an Admin sees it

export interface Message {
  messageId: string
  to: string
  subject: string
  html: string
  text: string
  locale: string
}

/** Sends one message. An error with `permanent: true` will not get better by trying again. */
export type Send = (message: Message) => Promise<void>

export interface Delivery {
  /** Looks for mail now. */
  wake(): void
  /** Ends after the messages that are under way. */
  stop(): Promise<void>
}

export interface DeliveryLog {
  warn(data: object, text: string): void
}

/**
 * The worker that delivers committed mail, at least once, any number of them beside each other: a
 * mail is claimed by a guarded UPDATE for the time of a lease and sent only after that. Its
 * Message-ID is its row's id, so that copies can be told.
 */
export function startDelivery(
  ctx: Context,
  send: Send,
  { host, log, ...rendering }: RenderOptions & { host: string; log: DeliveryLog }
): Delivery {
  const owner = newId(ctx.clock)
  let stopping = false
  let again = false
  let round: Promise<void> | undefined
  const timer = setInterval(wake, POLL)
  timer.unref()

  function wake(): void {
    again = true
    round ??= rounds().finally(() => {
      round = undefined
    })
  }

  async function rounds(): Promise<void> {
    while (again && !stopping) {
      again = false
      try {
        const due = await queries.findDue(ctx.db, ctx.clock(), BATCH)
        if (due.length === BATCH) again = true
        const lanes = Array.from({ length: PARALLEL }, async () => {
          for (let mail = due.shift(); mail && !stopping; mail = due.shift()) await deliver(mail)
        })
        // Every lane ends before the round does: stop() must not leave a message under way.
        const outcomes = await Promise.allSettled(lanes)
        for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason
      } catch (error) {
        log.warn({ err: error }, 'outbox: the database is out of reach; trying again')
        again = false
      }
    }
  }

  async function deliver(mail: OutboxMail): Promise<void> {
    if (!(await claim(mail))) return
    try {
      await send(render(mail))
    } catch (error) {
      await postpone(mail, error)
      return
    }
    await queries.setSent(ctx.db, mail.id, owner, ctx.clock())
  }

  async function claim(mail: OutboxMail): Promise<boolean> {
    if (!mail.due_at) return false
    try {
      return await queries.claim(ctx.db, mail.id, mail.due_at, owner, after(ctx.clock(), LEASE))
    } catch (error) {
      if (faultKind(error) === 'race') return false // another node's worker was first
      throw error
    }
  }

  function render(mail: OutboxMail): Message {
    if (!isTemplate(mail.template)) throw permanent(`no template ${mail.template}`)
    const secret = mail.secret ? unsealed(mail, mail.secret) : undefined
    const data = JSON.parse(mail.data)
    const message = renderMail({ template: mail.template, locale: mail.locale, data, secret }, rendering)
    return { ...message, messageId: `<${idToText(mail.id)}@${host}>`, to: mail.recipient }
  }

  function unsealed(mail: OutboxMail, secret: Buffer): string {
    try {
      return unseal(ctx.keys, 'outbox', secret, mail.id)
    } catch {
      throw permanent('its secret was sealed under a SECRET that is no longer listed')
    }
  }

  async function postpone(mail: OutboxMail, error: unknown): Promise<void> {
    const attempts = mail.attempts + 1
    const reason = (error instanceof Error ? error.message : String(error)).slice(0, 250)
    log.warn({ mail: idToText(mail.id), attempts, reason }, 'outbox: not delivered')
    if (isPermanent(error) || attempts >= MAX_ATTEMPTS)
      return await queries.setParked(ctx.db, mail.id, owner, ctx.clock(), reason)
    const pause = Math.min(FIRST_RETRY * 2 ** (attempts - 1), LONGEST_RETRY) * (0.75 + Math.random() / 2)
    await queries.setRetry(ctx.db, mail.id, owner, after(ctx.clock(), pause), reason)
  }

  wake()
  return {
    wake,
    async stop() {
      stopping = true
      clearInterval(timer)
      await round
    }
  }
}

function permanent(message: string): Error {
  return Object.assign(new Error(message), { permanent: true })
}

function isPermanent(error: unknown): boolean {
  return error instanceof Error && 'permanent' in error && error.permanent === true
}
