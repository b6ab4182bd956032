import type { Kysely } from 'kysely'
import type { AccountEvent } from './audit/audit.ts'
import type { Clock } from './clock.ts'
import type { Config } from './config.ts'
import type { Database } from './database.ts'
import { LOCALES } from './locales.ts'
import { createHasher, type HashCost, type Hasher } from './passwords/hasher.ts'
import { createKeyring, type Keyring, readSecrets } from './tokens/keyring.ts'

/**
 * What the verbs of one instance work with (docs/decisions/0003). Assembled once in
 * plugins/context.ts;
 * tests make several in one process, each with a clock and a configuration of its own.
 */
export interface Context {
  db: Kysely<Database>
  clock: Clock
  config: Config
  /** Languages that mail is written in: ours and the host's. */
  languages: readonly string[]
  /** Keys derived from SECRET. */
  keys: Keyring
  hasher: Hasher
  /**
   * Tells the outbox worker that a transaction with mail in it was committed. The one member that changes: the worker
   * needs the context, so plugins/outbox.ts connects it once it has started.
   */
  wakeOutbox: () => void
  /** Tells the host application of an account event, after its commit. */
  emit: (event: AccountEvent) => void
}

export interface ContextOptions {
  config: Config
  clock: Clock
  db: Kysely<Database>
  secret: string
  hashCost?: HashCost | undefined
  /** Languages that the host brings wording for. */
  languages?: readonly string[]
  onEvent?: ((event: AccountEvent) => void | Promise<void>) | undefined
  /** Hears of listeners that failed. */
  onError: (error: unknown) => void
}

/** @throws TypeError when a secret is not one; the configuration was refused before */
export function createContext({
  config,
  clock,
  db,
  secret,
  hashCost,
  languages = [],
  onEvent,
  onError
}: ContextOptions): Context {
  const keys = createKeyring(readSecrets(secret))
  return {
    config,
    clock,
    db,
    languages: [...LOCALES, ...languages],
    keys,
    hasher: createHasher(keys, hashCost),
    wakeOutbox: () => {}, // until there is a worker; it looks for mail when it starts
    emit(event) {
      // After the commit: a listener that fails must not fail the request.
      Promise.try(() => onEvent?.(event)).catch(onError)
    }
  }
}
