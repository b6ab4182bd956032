import { setTimeout as sleep } from 'node:timers/promises'
import { createConnection } from 'mysql2/promise'
import type { ConnectionOptions } from 'mysql2/promise'

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
