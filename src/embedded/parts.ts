import { randomBytes } from 'node:crypto'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Config } from '../config.ts'
import { describeDatabase, waitForDatabase } from '../mysql/wait.ts'
import { generateSigningKey } from '../tokens/signing-keys.ts'
import { startDatabase } from './database.ts'
import type { Mailbox } from './mailbox.ts'
import { isCode } from './system-error.ts'

const CACHE_DIR = join(import.meta.dirname, '../../.cache') // what can be fetched or made again

export interface Parts {
  /** What the configuration lacked. */
  values: { DATABASE_URL: string; SMTP_URL: string; JWT_PRIVATE_KEYS: string; SECRET: string }
  /** For people: which server it is. */
  database: string
  mailbox: Mailbox | undefined
  stop(): Promise<void>
}

/**
 * Starts what the configuration leaves to us: a private database server, a mailbox, keys that are
 * kept under DATA_DIR. For development only; readConfig has refused anything else.
 *
 * @param wanted the command line needs a database but no mailbox
 * @throws Error with a message for people when no database server can be had, or the configured one stays away
 */
export async function startParts(
  config: Config,
  wanted: { mailbox: boolean },
  log: (line: string) => void
): Promise<Parts> {
  if (config.DATABASE_URL) await waitForDatabase(config.DATABASE_URL, log)
  const database = config.DATABASE_URL
    ? undefined
    : await startDatabase({ dataDir: config.DATA_DIR, cacheDir: CACHE_DIR, log })
  const mailbox = config.SMTP_URL || !wanted.mailbox ? undefined : await openMailbox(config.DATA_DIR)
  const keep = (name: string, make: () => string) => keptValue(config.DATA_DIR, name, make)
  const values = {
    DATABASE_URL: config.DATABASE_URL ?? database?.url ?? '',
    SMTP_URL: config.SMTP_URL ?? mailbox?.smtpUrl ?? 'smtp://localhost',
    JWT_PRIVATE_KEYS: config.JWT_PRIVATE_KEYS ?? (await keep('signing-key.pem', generateSigningKey)),
    SECRET: config.SECRET ?? (await keep('secret', () => randomBytes(48).toString('base64')))
  }
  return {
    values,
    database: database?.description ?? describeDatabase(values.DATABASE_URL),
    mailbox,
    async stop() {
      await mailbox?.stop()
      await database?.stop()
    }
  }
}

/** Loaded when it is needed: what it is made of is not installed in production. */
async function openMailbox(dataDir: string): Promise<Mailbox> {
  const { startMailbox } = await import('./mailbox.ts')
  return await startMailbox({ dataDir })
}

/** A generated value that must outlive restarts: sessions and hashes depend on it. Of two first starts, one writes it. */
async function keptValue(dataDir: string, name: string, make: () => string): Promise<string> {
  await mkdir(dataDir, { recursive: true, mode: 0o700 })
  const file = join(dataDir, name)
  try {
    await writeFile(file, make(), { flag: 'wx', mode: 0o600, flush: true })
  } catch (error) {
    if (!isCode(error, 'EEXIST')) throw error
  }
  return await readFile(file, 'utf8')
}
