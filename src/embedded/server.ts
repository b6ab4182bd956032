import { spawn } from 'node:child_process'
import { closeSync, openSync } from 'node:fs'
import { chmod, mkdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { createDataFolder, madeBy, recordMaker } from './data-folder.ts'
import type { Server } from './database.ts'
import { access, type Files, filesOf, serverPid, socketPath } from './files.ts'
import { findPrograms } from './find.ts'
import { withLock } from './lock.ts'
import { serverOptions } from './options.ts'
import { commandLine, identity, liveNames } from './processes.ts'
import { isAtLeast, type Programs } from './programs.ts'
import { answers, ready } from './ready.ts'
import { joinUsers } from './users.ts'

const SHUTDOWN_MS = 20_000 // a clean shutdown of a small server takes 0.2 s; after this it hangs
const LOG_BYTES = 1_000_000

/**
 * The server of a data folder: one that runs already (another process's, or left behind by a killed one) or a new one.
 * Undefined, and the reasons added, when this machine has no program for it.
 */
export async function startServer(
  home: string,
  cacheDir: string,
  reasons: string[],
  log: (line: string) => void
): Promise<Server | undefined> {
  await mkdir(join(home, 'users'), { recursive: true, mode: 0o700 })
  await chmod(home, 0o700)
  const lock = join(home, 'lock')
  return await withLock(lock, async () => {
    const server = (await running(home, log)) ?? (await launchAny(home, cacheDir, reasons, log))
    if (server === undefined) return undefined
    const leave = await joinUsers(join(home, 'users'))
    let stopping: Promise<void> | undefined
    const stop = async () =>
      await withLock(lock, async () => {
        if (await leave()) await shutDown(home, server.files)
      })
    return { ...access(server.files), pid: server.pid, stop: () => (stopping ??= stop()) }
  })
}

interface Running {
  files: Files
  pid: number
}

/** The server that a process started here and that is still there, also when that process is not. */
async function running(home: string, log: (line: string) => void): Promise<Running | undefined> {
  const pid = await serverPid(home)
  if (pid === undefined) return undefined
  // Its socket stands on its command line: TMPDIR, and so the path, may differ between two shells.
  const socket = /--socket=(.*?)(?:\0| --)/.exec(commandLine(pid))?.[1]
  if (socket === undefined) return undefined
  const files = { ...filesOf(home), socket }
  if (!(await answers(access(files).root, async () => (await serverPid(home)) !== undefined))) return undefined
  if (liveNames(join(home, 'users')).length === 0) log('database: taking over the server that an interrupted run left')
  return { files, pid }
}

async function launchAny(
  home: string,
  cacheDir: string,
  reasons: string[],
  log: (line: string) => void
): Promise<Running | undefined> {
  const files = { ...filesOf(home), socket: await socketPath(home) }
  const made = await madeBy(files.data)
  for await (const programs of findPrograms(cacheDir, reasons, log)) {
    if (
      made !== undefined &&
      (programs.kind !== made.kind || !isAtLeast(programs.version, made.version.split('.', 2).join('.')))
    ) {
      reasons.push(
        `the data in ${home} are of ${made.kind} ${made.version}, which ${programs.program} (${programs.kind} ${programs.version}) does not read: bring that engine back, or move the folder away`
      )
      continue
    }
    try {
      if (made === undefined) await createDataFolder(programs, cacheDir, files.data)
      const pid = await launch(programs, files)
      if (made !== undefined && !isAtLeast(made.version, programs.version)) await recordMaker(programs, files.data)
      return { files, pid }
    } catch (error) {
      if (made !== undefined) throw error // data that people need: nothing else is tried on them
      await rm(files.data, { recursive: true, force: true })
      reasons.push(error instanceof Error ? error.message : String(error)) // for example a security profile that confines the program to its own folders
    }
  }
  return undefined
}

/** Starts the server in a session of its own: a terminal's Ctrl-C is for us, who end it after the API has drained. */
async function launch(programs: Programs, files: Files): Promise<number> {
  await rm(files.socket, { force: true })
  if (((await stat(files.log).catch(() => undefined))?.size ?? 0) > LOG_BYTES) await rm(files.log)
  const log = openSync(files.log, 'a', 0o600)
  // The shell writes the id before it becomes the server: whenever we are killed, the next start finds it.
  const child = spawn(
    '/bin/sh',
    ['-c', 'echo $$ >"$0" && exec "$@"', files.pid, programs.program, ...serverOptions(programs, files, false)],
    { env: programs.env, detached: true, stdio: ['ignore', log, log] }
  )
  closeSync(log)
  return await ready(child, programs, files)
}

async function shutDown(home: string, files: Files): Promise<void> {
  const pid = await serverPid(home)
  if (pid !== undefined) {
    const server = identity(pid)
    process.kill(pid, 'SIGTERM')
    const deadline = Date.now() + SHUTDOWN_MS
    while (server !== undefined && identity(pid) === server) {
      if (Date.now() > deadline) process.kill(pid, 'SIGKILL')
      await sleep(10)
    }
  }
  await rm(files.socket, { force: true })
  await rm(files.pid, { force: true })
}
