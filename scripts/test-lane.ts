// One lane of the whole suite (scripts/test.ts): takes the next file that no other lane has taken, until none is left.
// A process for each file would spend half its time on starting: loading and compiling the same modules again.
import { readdirSync, unlinkSync } from 'node:fs'
import { join } from 'node:path'
import { after, suite } from 'node:test'
import { isCode } from '../src/embedded/system-error.ts'

const root = join(import.meta.dirname, '..')
const tickets = process.env.TEST_TICKETS ?? ''

for (const ticket of readdirSync(tickets).sort()) {
  if (isMine(ticket)) await runFile(decodeURIComponent(ticket.slice(ticket.indexOf('-') + 1)))
}

/** Of all lanes one removes the ticket of a file. */
function isMine(ticket: string): boolean {
  try {
    unlinkSync(join(tickets, ticket)) // not rmSync: that counts a file as removed which vanished after its look
    return true
  } catch (error) {
    if (isCode(error, 'ENOENT')) return false
    throw error
  }
}

/** The file as a suite: what it opens is closed after its last test, before the next file begins. */
async function runFile(file: string): Promise<void> {
  const { promise: over, resolve } = Promise.withResolvers<void>()
  void suite(file, async () => {
    try {
      await import(join(root, file))
    } finally {
      after(() => resolve()) // the last of its hooks
    }
  })
  await over
}
