import type { ChildProcess } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import type { ConnectionOptions } from 'mysql2/promise'
import { createConnection } from 'mysql2/promise'
import { access, type Files } from './files.ts'
import { lastLines } from './processes.ts'
import type { Programs } from './programs.ts'

const PATIENCE_MS = 120_000 // recovery after a crash takes seconds; a container's first start on a slow disk a minute

/** Waits until a server lets this account in. False when `isThere` says that it is gone, or patience ends. */
export async function answers(access: ConnectionOptions, isThere: () => boolean | Promise<boolean>): Promise<boolean> {
  const deadline = Date.now() + PATIENCE_MS
  while (Date.now() < deadline && (await isThere())) {
    try {
      const connection = await createConnection({ ...access, connectTimeout: 2000 })
      await connection.end()
      return true
    } catch {
      await sleep(15)
    }
  }
  return false
}

/** Waits until a server that was just spawned answers; throws the end of its log when it ends instead. */
export async function ready(child: ChildProcess, programs: Programs, files: Files): Promise<number> {
  let over = false
  child.on('error', () => {
    over = true
  })
  child.on('exit', () => {
    over = true
  })
  child.unref()
  if (child.pid !== undefined && (await answers(access(files).root, () => !over))) return child.pid
  if (child.pid !== undefined && !over) process.kill(child.pid, 'SIGKILL')
  throw new Error(
    `${programs.program} did not start: ${lastLines(await readFile(files.log, 'utf8').catch(() => 'no log'))}`
  )
}
