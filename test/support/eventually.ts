import { setTimeout as sleep } from 'node:timers/promises'

const PATIENCE = 10_000 // ms

/** What `look` finds, once it finds something other than undefined or false. */
export async function eventually<T>(
  look: () => Promise<T | undefined | false> | T | undefined | false,
  what = look.toString()
): Promise<T> {
  for (const deadline = Date.now() + PATIENCE; ; await sleep(10)) {
    const found = await look()
    if (found !== undefined && found !== false) return found
    if (Date.now() > deadline) throw new Error(`never: ${what}`)
  }
}
