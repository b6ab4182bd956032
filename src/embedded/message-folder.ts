import { randomBytes } from 'node:crypto'
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Static, Type } from '@sinclair/typebox'
import { Value } from '@sinclair/typebox/value'
import { MINUTE } from '../clock.ts'
import { isCode } from './system-error.ts'

const KEPT = 500 // messages; a mailbox for development forgets rather than fills the disk
const STAMP = 16 // digits of a time in ms, so that names sort by age

const Message = Type.Object({
  /** Names the message in this mailbox: letters, digits and dashes; later ones sort after earlier ones. */
  id: Type.String(),
  /** The address it was delivered to: every recipient has a copy. */
  to: Type.String(),
  subject: Type.String(),
  text: Type.String(),
  html: Type.String(),
  /** When it arrived, ISO 8601. */
  date: Type.String(),
  messageId: Type.String()
})

export type MailboxMessage = Static<typeof Message>

/** Messages in files of their own, the newest 500. */
export interface MessageFolder {
  /** Returns when they are in the folder. */
  add(messages: readonly Omit<MailboxMessage, 'id'>[]): Promise<void>
  /** The newest first. */
  list(): Promise<MailboxMessage[]>
}

/** Opens or makes the folder. A message is written whole and never changed, so that reading needs no lock. */
export async function openMessageFolder(folder: string): Promise<MessageFolder> {
  await mkdir(folder, { recursive: true, mode: 0o700 }) // links in mail are secrets
  const read = new Map<string, MailboxMessage>()
  let last = Number((await names())[0]?.slice(0, STAMP) ?? 0)
  await removeHalfWritten()

  async function names(): Promise<string[]> {
    return (await readdir(folder))
      .filter(name => name.endsWith('.json'))
      .sort()
      .reverse()
  }

  /** What a process that was killed left behind; younger ones may be another's work under way. */
  async function removeHalfWritten(): Promise<void> {
    const left = (await readdir(folder)).filter(name => name.endsWith('.tmp'))
    const stale = left.filter(name => Number(name.slice(0, STAMP)) < Date.now() - MINUTE)
    await Promise.all(stale.map(name => rm(join(folder, name), { force: true })))
  }

  async function add(messages: readonly Omit<MailboxMessage, 'id'>[]): Promise<void> {
    for (const message of messages) {
      last = Math.max(last + 1, Date.now()) // later messages sort later, whatever the clock does
      const id = `${String(last).padStart(STAMP, '0')}-${randomBytes(4).toString('hex')}`
      const path = join(folder, id)
      await writeFile(`${path}.tmp`, JSON.stringify({ id, ...message }), { mode: 0o600 })
      await rename(`${path}.tmp`, `${path}.json`)
    }
    const old = (await names()).slice(KEPT)
    await Promise.all(old.map(name => rm(join(folder, name), { force: true })))
  }

  async function list(): Promise<MailboxMessage[]> {
    const current = await names()
    const present = new Set(current)
    for (const name of read.keys()) if (!present.has(name)) read.delete(name)
    const messages = await Promise.all(current.slice(0, KEPT).map(load))
    return messages.filter(message => message !== undefined)
  }

  async function load(name: string): Promise<MailboxMessage | undefined> {
    const known = read.get(name)
    if (known) return known
    try {
      const message: unknown = JSON.parse(await readFile(join(folder, name), 'utf8'))
      if (!Value.Check(Message, message)) return undefined
      read.set(name, message)
      return message
    } catch (error) {
      if (isCode(error, 'ENOENT') || error instanceof SyntaxError) return undefined // forgotten meanwhile; a power cut
      throw error
    }
  }

  return { add, list }
}
