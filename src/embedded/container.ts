import { createHash, randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Server } from './database.ts'
import { docker, dockerOrThrow, engineAnswers, isRunning, publishedPort } from './docker.ts'
import { withLock } from './lock.ts'
import { FAST, SMALL, SMALL_LOG, THROW_AWAY } from './options.ts'
import { freePort } from './ports.ts'
import { isAlive, lastLines } from './processes.ts'
import { answers } from './ready.ts'
import { joinUsers, uniqueName } from './users.ts'

const IMAGE = 'mariadb:10.11'

/** Whether a container keeps its data in this folder. */
export function hasDockerData(home: string): boolean {
  return existsSync(join(home, 'container', 'initialised'))
}

/** A container on a folder of its own below `home`; undefined, and the reason added, where no engine answers. */
export async function startContainer(
  home: string,
  reasons: string[],
  log: (line: string) => void
): Promise<Server | undefined> {
  if (!(await engineAnswers(reasons))) return undefined
  const folder = join(home, 'container')
  await mkdir(join(folder, 'users'), { recursive: true, mode: 0o700 })
  const name = `guildhall-${createHash('sha256').update(folder).digest('hex').slice(0, 12)}`
  return await withLock(join(folder, 'lock'), async () => {
    const password = await passwordOf(folder)
    const port = (await publishedPort(name)) ?? (await run(name, folder, password, log))
    const leave = await joinUsers(join(folder, 'users'))
    const stop = async () =>
      await withLock(join(folder, 'lock'), async () => {
        if (await leave()) await docker('stop', '--time', '20', name)
      })
    const server = serverAt(port, password, name, stop)
    if (!(await answers(server.root, () => isRunning(name))))
      throw new Error(`the database container ${name} ended: ${lastLines((await docker('logs', name)).output)}`)
    await writeFile(join(folder, 'initialised'), '')
    return server
  })
}

/** A container without a folder, for tests; one whose owner died is removed by the next. */
export async function startThrowAwayContainer(
  reasons: string[],
  log: (line: string) => void
): Promise<Server | undefined> {
  if (!(await engineAnswers(reasons))) return undefined
  const { output } = await docker('ps', '--all', '--filter', `name=${THROW_AWAY}`, '--format', '{{.Names}}')
  for (const name of output
    .split('\n')
    .filter(name => name.startsWith(THROW_AWAY) && !isAlive(name.slice(THROW_AWAY.length))))
    await docker('rm', '--force', '--volumes', name)
  const name = `${THROW_AWAY}${uniqueName()}`
  const password = randomBytes(16).toString('hex')
  const port = await run(name, undefined, password, log)
  const server = serverAt(port, password, name, async () => {
    await docker('rm', '--force', '--volumes', name)
  })
  if (await answers(server.root, () => isRunning(name))) return server
  await server.stop()
  throw new Error(`the database container ${name} ended`)
}

async function run(
  name: string,
  folder: string | undefined,
  password: string,
  log: (line: string) => void
): Promise<number> {
  await docker('rm', '--force', name)
  if (folder !== undefined && !existsSync(join(folder, 'initialised')))
    await rm(join(folder, 'data'), { recursive: true, force: true }) // a killed first start
  if (folder !== undefined) await mkdir(join(folder, 'data'), { recursive: true, mode: 0o700 })
  if ((await docker('image', 'inspect', IMAGE)).code !== 0) {
    log(`database: fetching the Docker image ${IMAGE}, once …`)
    await dockerOrThrow('pull', '--quiet', IMAGE)
  }
  const port = await freePort()
  // The image runs as any user who owns the folder, so that the files are ours; root's it hands to its own user.
  const owner =
    process.getuid === undefined || process.getuid() === 0
      ? []
      : ['--user', `${process.getuid()}:${process.getgid?.() ?? 0}`]
  const storage = folder === undefined ? [] : [...owner, '--volume', `${join(folder, 'data')}:/var/lib/mysql`]
  await dockerOrThrow(
    'run',
    '--detach',
    '--rm',
    '--name',
    name,
    ...storage,
    '--publish',
    `127.0.0.1:${port}:3306`,
    '--env',
    `MARIADB_ROOT_PASSWORD=${password}`,
    IMAGE,
    ...SMALL,
    ...SMALL_LOG.mariadb,
    ...(folder === undefined ? FAST : [])
  )
  return port
}

function serverAt(port: number, password: string, name: string, leave: () => Promise<void>): Server {
  let stopping: Promise<void> | undefined
  return {
    root: { host: '127.0.0.1', port, user: 'root', password },
    where: `Docker container ${name} on port ${port}`,
    pid: undefined,
    stop: () => (stopping ??= leave())
  }
}

/** The port is open to every user of the machine, unlike a socket in a private folder: hence a password. */
async function passwordOf(folder: string): Promise<string> {
  const file = join(folder, 'password')
  // Kept when a first start was killed: its container may still be coming up with this password.
  if (!existsSync(file)) await writeFile(file, randomBytes(16).toString('hex'), { mode: 0o600 })
  return await readFile(file, 'utf8')
}
