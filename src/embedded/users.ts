import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { identity, liveNames } from './processes.ts'

let joined = 0 // one process may use the same server more than once

/** A name that no other user of a server has: whose process died is told by it. */
export function uniqueName(): string {
  return `${identity()}-${++joined}`
}

/**
 * Notes in a folder that this process uses a server. To be called, and its answer, under the server's lock.
 *
 * @returns leaves again, and tells whether nobody else was there
 */
export async function joinUsers(folder: string): Promise<() => Promise<boolean>> {
  const user = join(folder, uniqueName())
  await writeFile(user, '')
  return async () => {
    await rm(user, { force: true })
    return liveNames(folder).length === 0
  }
}
