import { mkdir, readdir, readlink, rm, symlink } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { identity, isAlive } from './processes.ts'
import { isCode } from './system-error.ts'

/**
 * Runs `work` while no other process that names the same folder does. A queue of numbered tickets (Lamport's bakery):
 * a holder that was killed is recognised by its identity and skipped, and two processes that skip the same dead
 * holder do not take the lock from each other, as a single lock file would let them.
 */
export async function withLock<T>(folder: string, work: () => Promise<T>): Promise<T> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const ticket = await draw(folder)
  try {
    while (!(await isFirst(folder, ticket))) await sleep(20)
    return await work()
  } finally {
    await rm(join(folder, String(ticket)), { force: true })
  }
}

async function draw(folder: string): Promise<number> {
  for (;;) {
    const ticket = Math.max(0, ...(await tickets(folder))) + 1
    try {
      await symlink(identity() ?? '', join(folder, String(ticket))) // a link appears whole: there is no ticket without a name
    } catch (error) {
      if (isCode(error, 'EEXIST')) continue
      throw error
    }
    // A higher one was drawn since we looked: its owner may have looked before ours appeared, so ours is void.
    if ((await tickets(folder)).every(other => other <= ticket)) return ticket
    await rm(join(folder, String(ticket)), { force: true })
  }
}

async function isFirst(folder: string, ticket: number): Promise<boolean> {
  for (const earlier of (await tickets(folder)).filter(other => other < ticket)) {
    try {
      if (isAlive(await readlink(join(folder, String(earlier))))) return false
      await rm(join(folder, String(earlier)), { force: true })
    } catch (error) {
      if (!isCode(error, 'ENOENT')) throw error // its owner has just left
    }
  }
  return true
}

async function tickets(folder: string): Promise<number[]> {
  return (await readdir(folder)).map(Number).filter(Number.isInteger)
}
