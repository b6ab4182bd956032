import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { after as afterAll } from 'node:test'
import { fetchPackages, REDIS } from '../../src/embedded/apt.ts'
import { fetchedEnvironment } from '../../src/embedded/find.ts'
import { freePort } from '../../src/embedded/ports.ts'
import { eventually } from './eventually.ts'

const CACHE_DIR = join(import.meta.dirname, '../../.cache')

const installed = (process.env.PATH ?? '')
  .split(delimiter)
  .map(folder => join(folder, 'redis-server'))
  .find(existsSync)

/** Why tests that need Redis cannot run here; undefined where they can. */
export const withoutRedis =
  installed || existsSync('/usr/bin/apt-get') ? undefined : 'no redis-server is on the PATH, and no apt-get fetches one'

export interface RedisServer {
  url: string
  /** Ends it at once, as a crash would. */
  stop(): Promise<void>
  /** The same port again, empty. */
  start(): Promise<void>
}

interface Program {
  program: string
  env: NodeJS.ProcessEnv
}

/** `openRedis`, which ends with the test file. */
export async function startRedis(): Promise<RedisServer> {
  const server = await openRedis()
  afterAll(async () => await server[Symbol.asyncDispose]())
  return server
}

/** A real Redis that keeps nothing, until it is disposed of, or this process is killed. */
export async function openRedis(): Promise<RedisServer & AsyncDisposable> {
  const { program, env } = await findRedis()
  const port = await freePort()
  const home = await mkdtemp(join(tmpdir(), 'guildhall-redis-'))
  const options = ['--port', `${port}`, '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no', '--dir', home]
  let stop = async () => {}
  const start = async () => {
    // The shell waits at the end of a pipe that closes when we are gone.
    const script = '"$@" >/dev/null 2>&1 & cat >/dev/null; kill -9 $!'
    const shell = spawn('/bin/sh', ['-c', script, 'sh', program, ...options], {
      env,
      stdio: ['pipe', 'ignore', 'ignore']
    })
    const gone = new Promise(resolve => shell.once('exit', resolve))
    if (shell.stdin instanceof Socket) shell.stdin.unref()
    shell.unref()
    stop = async () => {
      shell.ref()
      shell.stdin.end()
      await gone
    }
    await eventually(() => connects(port))
  }
  await start()
  return {
    url: `redis://127.0.0.1:${port}`,
    start,
    stop: () => stop(),
    async [Symbol.asyncDispose]() {
      await stop()
      await rm(home, { recursive: true, force: true })
    }
  }
}

/** One that is installed, or one that was fetched as the database is. */
async function findRedis(): Promise<Program> {
  if (installed) return { program: installed, env: process.env }
  const root = await fetchPackages(REDIS, CACHE_DIR, line => process.stderr.write(`${line}\n`))
  return { program: join(root, 'usr/bin/redis-server'), env: await fetchedEnvironment(root) }
}

function connects(port: number): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>()
  const socket = new Socket()
  socket
    .once('connect', () => resolve(true))
    .once('error', () => resolve(false))
    .connect(port, '127.0.0.1')
  return promise.finally(() => socket.destroy())
}
