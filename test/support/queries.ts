import { AsyncLocalStorage } from 'node:async_hooks'
import { subscribe } from 'node:diagnostics_channel'

const counted = new AsyncLocalStorage<string[]>()

// mysql2 tells of every statement; what workers do in the background runs outside of `work` and is not counted.
subscribe('tracing:mysql2:query:start', message => {
  const sql = typeof message === 'object' && message !== null && 'query' in message ? String(message.query) : ''
  if (!/^set session/i.test(sql)) counted.getStore()?.push(sql) // the settings of a new connection
})

/** The statements that `work` sends to the database, with what it returned. */
export async function queriesOf<T>(work: () => Promise<T>): Promise<{ queries: string[]; result: T }> {
  const queries: string[] = []
  // Awaited inside: `inject` begins when it is awaited, and belongs to who does.
  const result = await counted.run(queries, async () => await work())
  return { queries, result }
}

/** A statement without its values: what is the same for whom nobody may tell apart. */
export function shapeOf(sql: string): string {
  return sql.replace(/x?'(?:[^'\\]|\\.)*'|\b\d+\b|\bnull\b(?=[,)])/gi, '?')
}
