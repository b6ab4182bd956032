import type { FastifyInstance } from 'fastify'
import { systemClock } from './clock.ts'
import { type Config, ConfigError, readConfig, readEnvironment } from './config.ts'
import { findDoubts } from './config-rules.ts'
import { type Parts, startParts } from './embedded/parts.ts'
import { type BuiltClient, developmentClient, findMissingClient, releasedClient } from './embedded/web-client.ts'
import { loggerOptions } from './log.ts'
import { migrate } from './mysql/migrate.ts'
import { createServer } from './server.ts'

const DRAIN_MS = 20_000 // for requests under way at shutdown; then the process ends anyway
const REPEAT_MS = 1000 // a terminal's Ctrl-C arrives through npm, too: within a moment it is the same one

const say = (line = '') => console.log(line)

try {
  await start()
} catch (error) {
  const lines =
    error instanceof ConfigError
      ? `The configuration is invalid:\n${error.message}`
      : error instanceof Error
        ? error.message
        : String(error)
  console.error(`\n${lines}\n`)
  process.exit(1)
}

async function start(): Promise<void> {
  const environment = readEnvironment()
  const config = readConfig(environment, findMissingClient)
  const client = config.webClient ? startClient(config) : undefined
  const parts = await startParts(config, { mailbox: true }, line => say(`  ${line}`))
  try {
    await migrate(parts.values.DATABASE_URL, {
      direction: 'up',
      clock: systemClock,
      log: line => say(`  migration ${line}`)
    })
    const server = await createServer({
      config: { ...environment, ...parts.values },
      logger: loggerOptions(config),
      pages: server => registerPages(server, parts, config, client)
    })
    await listen(server, config)
    stopOnSignals(server, parts)
    for (const doubt of findDoubts(config, environment)) server.log.warn(`configuration: ${doubt}`)
    const isShown = await client?.built.then(
      () => true,
      () => false
    )
    say(summary(config, parts, isShown))
  } catch (error) {
    await parts.stop()
    throw error
  }
}

/** In development it is built while the other parts start: who calls the API does not wait for a page. */
function startClient({ production }: Config): BuiltClient {
  return production ? releasedClient() : developmentClient(line => say(`  ${line}`))
}

async function registerPages(
  server: FastifyInstance,
  { mailbox }: Parts,
  { PUBLIC_URL }: Config,
  client: BuiltClient | undefined
): Promise<void> {
  if (client) {
    const { default: webClient } = await import('../plugins/web-client.ts')
    await server.register(webClient, client)
  }
  if (mailbox) {
    const { default: mailboxPage } = await import('../plugins/mailbox.ts')
    await server.register(mailboxPage, { mailbox, publicUrl: PUBLIC_URL })
  }
}

async function listen(server: FastifyInstance, { HOST, PORT }: Config): Promise<void> {
  try {
    await server.listen({ host: HOST, port: PORT, listenTextResolver: () => 'listening' })
  } catch (error) {
    await server.close()
    if (!(error instanceof Error && 'code' in error && error.code === 'EADDRINUSE')) throw error
    throw new Error(`Port ${PORT} is taken. Choose another one: PORT=${PORT + 1} npm start`)
  }
}

function stopOnSignals(server: FastifyInstance, parts: Parts): void {
  let since = 0
  const stop = async (reason: string, code: number) => {
    if (since > 0) {
      if (Date.now() - since > REPEAT_MS) process.exit(1) // asked again: do not wait any longer
      return
    }
    since = Date.now()
    setTimeout(() => process.exit(1), DRAIN_MS).unref()
    server.log.info(`stopping: ${reason}`)
    try {
      await server.close()
    } catch (error) {
      server.log.error({ err: error }, 'shutdown was not clean')
    }
    await parts.stop()
    process.exit(code)
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => stop(signal, 0))
  // The last resort (ASVS V16.5.4): say what happened, drain, and let the supervisor start afresh.
  for (const event of ['uncaughtException', 'unhandledRejection'] as const) {
    process.on(event, (error: unknown) => {
      server.log.fatal({ err: error }, event)
      void stop(event, 1)
    })
  }
}

function summary(config: Config, { database, mailbox }: Parts, isShown: boolean | undefined): string {
  const admin = config.firstAccountIsAdmin
    ? 'the first account to verify, once per installation'
    : 'npm run cli -- create-admin EMAIL'
  const rows = [
    ['API', config.PUBLIC_URL],
    ...(isShown === undefined
      ? []
      : [['Web client', isShown ? `${config.PUBLIC_URL}/` : 'could not be built, see above']]),
    ...(config.docs ? [['Documentation', `${config.PUBLIC_URL}/docs`]] : []),
    ...(mailbox ? [['Mailbox', `${config.PUBLIC_URL}/dev/mailbox`]] : []),
    ['Database', database],
    ['Admin', admin],
    ['Stop', 'Ctrl-C']
  ]
  return `\n  Guildhall is ready\n\n${rows.map(([name = '', value]) => `  ${name.padEnd(15)}${value}`).join('\n')}\n`
}
