import { randomBytes } from 'node:crypto'
import { after as afterAll } from 'node:test'
import type { FastifyInstance } from 'fastify'
import type { Kysely } from 'kysely'
import type { AccountEvent } from '../../src/audit/audit.ts'
import type { ConfigName } from '../../src/config.ts'
import type { Database } from '../../src/database.ts'
import { LEAST_HASH_COST } from '../../src/passwords/hasher.ts'
import { createServer, type ServerOptions } from '../../src/server.ts'
import { generateSigningKey } from '../../src/tokens/signing-keys.ts'
import { createTestDatabase, type TestDatabase } from './database.ts'
import { type MailServer, startMailServer } from './mail.ts'

export type TestConfig = Partial<Record<ConfigName, string>>

export interface TestApp {
  server: FastifyInstance
  database: TestDatabase
  db: Kysely<Database>
  mail: MailServer
  config: TestConfig
  events: AccountEvent[]
  /** The application's clock, moved by `ms`. */
  advance(ms: number): void
  now(): Date
  /** Another instance on the same database, clock and keys. */
  another(config?: TestConfig, options?: Partial<ServerOptions>): Promise<FastifyInstance>
}

const SIGNING_KEY = generateSigningKey()

/** `openTestApp`, which ends with the test file. */
export async function createTestApp(config: TestConfig = {}, options: Partial<ServerOptions> = {}): Promise<TestApp> {
  const app = await openTestApp(config, options)
  afterAll(async () => await app[Symbol.asyncDispose]())
  return app
}

/**
 * The production server on a database of its own and a real SMTP server, until it is disposed of.
 * FIRST_ACCOUNT_IS_ADMIN is off, so that tests say who is Admin.
 */
export async function openTestApp(
  config: TestConfig = {},
  options: Partial<ServerOptions> = {}
): Promise<TestApp & AsyncDisposable> {
  const database = await createTestDatabase()
  const mail = await startMailServer()
  let offset = 0
  const now = () => new Date(Date.now() + offset)
  const events: AccountEvent[] = []
  const all: TestConfig = {
    DATABASE_URL: database.url,
    SMTP_URL: mail.url,
    JWT_PRIVATE_KEYS: SIGNING_KEY,
    SECRET: randomBytes(48).toString('base64'),
    CLIENT_URL: 'https://app.example.com',
    PUBLIC_URL: 'http://localhost:3000',
    FIRST_ACCOUNT_IS_ADMIN: 'false',
    RATE_LIMIT: 'off', // the subject of test/src/limits and the flows; others sign in by the hundred
    ...config
  }
  const servers: FastifyInstance[] = []
  const another: TestApp['another'] = async (more = {}, others = {}) => {
    const config = { ...all, ...more }
    if (config.NODE_ENV === 'production') config.RATE_LIMIT = 'on' // it insists
    const server = await createServer({
      config,
      clock: now,
      // What a hash really costs is the subject of test/src/passwords alone; production refuses a cheap one.
      ...(config.NODE_ENV === 'production' ? {} : { hashCost: LEAST_HASH_COST }),
      onEvent: event => void events.push(event),
      ...options,
      ...others
    })
    await server.ready()
    servers.push(server)
    return server
  }
  return {
    server: await another(),
    database,
    db: database.db,
    mail,
    config: all,
    events,
    advance(ms) {
      offset += ms
    },
    now,
    another,
    async [Symbol.asyncDispose]() {
      for (const server of servers) await server.close()
      await mail.stop()
      await database.destroy()
    }
  }
}
