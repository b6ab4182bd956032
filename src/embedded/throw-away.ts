import { spawn } from 'node:child_process'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createDataFolder } from './data-folder.ts'
import type { Server } from './database.ts'
import { access, filesOf, serverPid } from './files.ts'
import { serverOptions, THROW_AWAY } from './options.ts'
import { identity, isAlive } from './processes.ts'
import type { Programs } from './programs.ts'
import { ready } from './ready.ts'

/**
 * A server for one test run. A shell stands between: it waits at the end of a pipe that closes when we are gone,
 * by kill -9 too, then ends the server and removes its folder.
 */
export async function startThrowAwayServer(programs: Programs, cacheDir: string): Promise<Server> {
  await sweepThrowAways()
  const home = await mkdtemp(join(tmpdir(), `${THROW_AWAY}${identity()}-`))
  const files = { ...filesOf(home), socket: join(home, 'socket') }
  await createDataFolder(programs, cacheDir, files.data).catch(async (error: unknown) => {
    await rm(home, { recursive: true, force: true })
    throw error
  })
  const child = spawn(
    '/bin/sh',
    [
      '-c',
      '"$@" >/dev/null 2>&1 & echo $! >"$0/pid"; cat >/dev/null; kill -9 $!; rm -rf "$0"',
      home,
      programs.program,
      ...serverOptions(programs, files, true)
    ],
    { env: programs.env, detached: true, stdio: ['pipe', 'ignore', 'ignore'] }
  )
  const gone = new Promise(resolve => child.once('exit', resolve))
  if (child.stdin instanceof Socket) child.stdin.unref()
  const stop = async () => {
    child.stdin.end()
    child.ref()
    await gone
    await rm(home, { recursive: true, force: true })
  }
  try {
    await ready(child, programs, files)
    return { ...access(files), pid: await serverPid(home), stop }
  } catch (error) {
    await stop()
    throw error
  }
}

/** Removes what the shells of earlier runs could not, having been killed themselves. */
async function sweepThrowAways(): Promise<void> {
  for (const name of await readdir(tmpdir())) {
    if (!name.startsWith(THROW_AWAY) || isAlive(name.slice(THROW_AWAY.length))) continue
    const home = join(tmpdir(), name)
    const pid = await serverPid(home)
    if (pid !== undefined) process.kill(pid, 'SIGKILL')
    await rm(home, { recursive: true, force: true }).catch(() => {}) // another user's
  }
}
