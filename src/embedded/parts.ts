import { join } from 'node:path'
import type { Config } from '../config.ts'
import { describeDatabase, waitForDatabase } from '../mysql/wait.ts'
import { startDatabase } from './database.ts'
import { keepKeys } from './kept-keys.ts'
import type { Mailbox } from './mailbox.ts'

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
  const values = {
    DATABASE_URL: config.DATABASE_URL ?? database?.url ?? '',
    SMTP_URL: config.SMTP_URL ?? mailbox?.smtpUrl ?? 'smtp://localhost',
    ...(await keepKeys(config))
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
