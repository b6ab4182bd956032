import { join, resolve } from 'node:path'
import type { Connection, ConnectionOptions } from 'mysql2/promise'
import { createConnection } from 'mysql2/promise'
import { hasDockerData, startContainer, startThrowAwayContainer } from './container.ts'
import { findPrograms, missingServer } from './find.ts'
import { startServer } from './server.ts'
import { startThrowAwayServer } from './throw-away.ts'

export interface EmbeddedDatabase {
  /** `mysql://guildhall@localhost/guildhall?socket=…`; of a throw-away server root's, without a database. */
  url: string
  /** For people: `MariaDB 10.11.11, socket …` */
  description: string
  pid: number | undefined
  /** Ends the server, unless another live process uses it; the last one to leave ends it. */
  stop: () => Promise<void>
}

export interface EmbeddedOptions {
  /** Where data are kept between runs, in its folder `mariadb`. */
  dataDir: string
  /** What can be fetched or made again: programs and data folder templates. */
  cacheDir: string
  /** For tests: fast instead of durable, data in a temporary folder, gone with this process whatever ends it. */
  throwAway?: boolean
  log: (line: string) => void
}

/** A server that answers to `root`, however it runs. */
export interface Server {
  root: ConnectionOptions
  where: string
  pid: number | undefined
  stop: () => Promise<void>
}

/**
 * Starts, or shares with other processes of this data folder, a private database server that only this user of the
 * machine can reach. Throws an error for people, with the command that mends it, when no server can be had.
 */
export async function startDatabase(options: EmbeddedOptions): Promise<EmbeddedDatabase> {
  const server = options.throwAway === true ? await anyThrowAway(options) : await anyServer(options)
  try {
    const root = await createConnection(server.root)
    try {
      const description = `${await versionOf(root)}, ${server.where}`
      const url = options.throwAway === true ? urlOf(server.root, '') : await prepare(root, server.root)
      return { url, description, pid: server.pid, stop: server.stop }
    } finally {
      await root.end()
    }
  } catch (error) {
    await server.stop()
    throw error
  }
}

async function anyServer({ dataDir, cacheDir, log }: EmbeddedOptions): Promise<Server> {
  const home = join(resolve(dataDir), 'mariadb')
  const reasons: string[] = []
  const container = async () => await startContainer(home, reasons, log)
  const program = async () => await startServer(home, resolve(cacheDir), reasons, log)
  // Data that a container made stay with it: a server of the machine has other accounts and would start empty.
  const server = hasDockerData(home)
    ? ((await container()) ?? (await program()))
    : ((await program()) ?? (await container()))
  if (server === undefined) throw missingServer(reasons)
  return server
}

async function anyThrowAway({ cacheDir, log }: EmbeddedOptions): Promise<Server> {
  const reasons: string[] = []
  for await (const programs of findPrograms(resolve(cacheDir), reasons, log)) {
    try {
      return await startThrowAwayServer(programs, resolve(cacheDir))
    } catch (error) {
      reasons.push(error instanceof Error ? error.message : String(error))
    }
  }
  const server = await startThrowAwayContainer(reasons, log)
  if (server === undefined) throw missingServer(reasons)
  return server
}

/** Makes the database and its account, both idempotent, and returns the account's URL. */
async function prepare(root: Connection, access: ConnectionOptions): Promise<string> {
  const host = access.socketPath === undefined ? '%' : 'localhost'
  await root.query('create database if not exists guildhall character set utf8mb4')
  await root.query('create user if not exists guildhall@? identified by ?', [host, access.password ?? ''])
  await root.query('grant all on guildhall.* to guildhall@?', [host])
  return urlOf({ ...access, user: 'guildhall' }, 'guildhall')
}

function urlOf(
  { user = '', password = '', host = 'localhost', port, socketPath }: ConnectionOptions,
  database: string
): string {
  const login = password === '' ? user : `${user}:${encodeURIComponent(password)}`
  return socketPath === undefined
    ? `mysql://${login}@${host}:${port}/${database}`
    : `mysql://${login}@localhost/${database}?socket=${encodeURIComponent(socketPath)}`
}

/** The engine's name and version for people: `MariaDB 10.11.11` or `MySQL 8.4.6`. */
export async function versionOf(connection: Connection): Promise<string> {
  const [rows] = await connection.query({ sql: 'select version()', rowsAsArray: true })
  const text = Array.isArray(rows) && Array.isArray(rows[0]) ? String(rows[0][0]) : ''
  return `${/mariadb/i.test(text) ? 'MariaDB' : 'MySQL'} ${/^[\d.]+/.exec(text)?.[0] ?? text}`
}
