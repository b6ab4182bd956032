import { sql } from 'kysely'
import type { TestDatabase } from './database.ts'

/** Every byte in every column of every table, as one text in which each byte is one character. */
export async function dump({ db }: Pick<TestDatabase, 'db'>): Promise<string> {
  const { rows: tables } = await sql<{ name: string }>`
    select table_name as name from information_schema.tables where table_schema = database()`.execute(db)
  let text = ''
  for (const { name } of tables) {
    const { rows } = await sql<Record<string, unknown>>`select * from ${sql.table(name)}`.execute(db)
    for (const value of rows.flatMap(row => Object.values(row)))
      text += `${Buffer.isBuffer(value) ? value.toString('latin1') : String(value)}\n`
  }
  return text
}

/** A secret in all forms in which it could be found by somebody who looks for it. */
export function formsOf(secret: string): string[] {
  const bytes = Buffer.from(secret, 'base64url')
  return [secret, bytes.toString('latin1'), bytes.toString('hex'), bytes.toString('base64')].map(form =>
    form.slice(0, 20)
  )
}
